import itertools
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests import moments

_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def _media_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def make_mentor(make_user: Callable) -> Callable:
    """``make_mentor(category="machinery", chain="aerospace", **fields)``: a listed, appointed mentor."""
    from mentors.models import Appointment, Category, IndustrialChain, Mentor

    def make(
        name: str = "周建国",
        category: str = "machinery",
        chain: str | None = None,
        appointed: bool = True,
        **fields: object,
    ) -> Mentor:
        number = next(_numbers)
        mentor = Mentor.objects.create(
            user=make_user(name),
            name=name,
            primary_category=Category.objects.get(slug=category),
            primary_chain=IndustrialChain.objects.get(slug=chain) if chain else None,
            **{"employer": "湖南某装备制造企业", **fields},
        )
        if appointed:
            today = moments.in_days(0).date()
            Appointment.objects.create(
                mentor=mentor,
                number=f"测〔2026〕{number:04}号",
                starts_on=today - timedelta(days=10),
                ends_on=today + timedelta(days=10),
            )
        return mentor

    return make


@pytest.fixture
def make_picture() -> Callable:
    """``make_picture(size, format, **save)``: an uploaded picture."""

    def make(
        size: tuple[int, int] = (800, 600), format: str = "JPEG", mode: str = "RGB", **save: object
    ) -> SimpleUploadedFile:
        content = BytesIO()
        Image.new(mode, size, "teal").save(content, format, **save)
        return SimpleUploadedFile(f"photo.{format.lower()}", content.getvalue())

    return make

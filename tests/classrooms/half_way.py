"""A process that stops half-way, says so, and waits to be killed: ``python -m … upload|read|compare PK``."""

import os
import sys
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentor_portal.settings")
django.setup()

from django.utils import timezone  # noqa: E402

from classrooms import services  # noqa: E402
from classrooms.models import ClassSession, CoursewareVersion, SimilarPair  # noqa: E402
from tests import courseware  # noqa: E402


def stop(*_: object, **__: object) -> None:
    print("half-way", flush=True)  # noqa: T201
    time.sleep(60)


def upload(pk: int) -> None:
    """The file lies on the disk, its row is not written."""
    CoursewareVersion.save = stop
    session = ClassSession.objects.get(pk=pk)
    courseware.uploaded(session.mentors.get(), session=session)


def read(pk: int) -> None:
    """The version is claimed, its text is not read."""
    services.likeness.extract_text = stop
    services.read_courseware(clock=timezone.now, until=timezone.now() + timedelta(seconds=5))


def compare(pk: int) -> None:
    """The version is noted as compared, its pairs are not written."""
    SimilarPair.objects.bulk_create = stop
    services.compare_version(version_pk=pk, at=timezone.now())


if __name__ == "__main__":
    {"upload": upload, "read": read, "compare": compare}[sys.argv[1]](int(sys.argv[2]))

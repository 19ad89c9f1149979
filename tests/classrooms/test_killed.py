"""kill -9: what was half done leaves nothing, or is done by the next that comes along."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from classrooms import services
from classrooms.models import Courseware, CoursewareVersion, SimilarPair
from classrooms.services.likeness import LEASE
from classrooms.tasks import read_courseware
from mentor_portal.files import sweep_files
from tests import courseware, offerings
from tests.races import server

pytestmark = pytest.mark.django_db(transaction=True)
Reading = CoursewareVersion.Reading


def kill_half_way(verb: str, pk: int) -> None:
    """Do it in a process of its own, and kill that when it says that it is half-way."""
    command = [sys.executable, "-m", "tests.classrooms.half_way", verb, str(pk)]
    environment = {**os.environ, "DATABASE_URL": server.database_url()}
    process = subprocess.Popen(command, cwd=server.ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout.readline() == "half-way\n"
    finally:
        process.kill()
        process.wait(10)


def files_kept() -> set[Path]:
    folder = Path(settings.MEDIA_ROOT, "courseware")
    return set(folder.iterdir()) if folder.exists() else set()


def test_upload_that_is_killed_leaves_no_row_and_its_file_is_swept():
    mentor = offerings.make_mentor()
    session, before = courseware.finished_class(mentor), files_kept()
    kill_half_way("upload", session.pk)
    assert not Courseware.objects.exists()
    [left] = files_kept() - before
    os.utime(left, (0, 0))
    sweep_files(at=timezone.now())
    assert not left.exists()
    assert courseware.uploaded(mentor, session=session).current.number == 1


def test_version_whose_reader_is_killed_is_read_by_the_next_when_its_claim_has_run_out():
    courseware.kept(offerings.make_mentor("李敏"), at=timezone.now() - timedelta(days=1))
    made = courseware.uploaded(offerings.make_mentor("周建国"), courseware.COPY)
    kill_half_way("read", made.pk)
    version = CoursewareVersion.objects.get(courseware=made)
    assert (version.reading, version.tries) == (Reading.WAITING, 1)
    read_courseware()
    assert not CoursewareVersion.objects.filter(courseware=made, reading=Reading.READ).exists()
    CoursewareVersion.objects.filter(pk=version.pk).update(claimed_until=version.claimed_until - LEASE)
    read_courseware()
    version.refresh_from_db()
    assert (version.reading, version.tries) == (Reading.READ, 2)
    assert SimilarPair.objects.get().version == version


def test_version_whose_comparer_is_killed_is_compared_by_the_next():
    courseware.kept(offerings.make_mentor("李敏"), at=timezone.now() - timedelta(days=1))
    version = courseware.kept(offerings.make_mentor("周建国"), courseware.COPY).versions.get()
    kill_half_way("compare", version.pk)
    version.refresh_from_db()
    assert (version.compared_at, SimilarPair.objects.count()) == (None, 0)
    services.read_courseware(clock=timezone.now, until=timezone.now())
    assert SimilarPair.objects.get().version == version

"""One page sent twice, two workers, two of the staff: at the same moment it happens once."""

import itertools
import time
from collections import Counter
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone

from classrooms import errors, services
from classrooms.models import Courseware, CoursewareVersion, SimilarPair
from classrooms.tasks import read_courseware
from mentor_portal.accounts.models import User
from mentor_portal.notifications.models import Message
from tests import courseware, offerings
from tests.races.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 20


def files_kept() -> int:
    folder = Path(settings.MEDIA_ROOT, "courseware")
    return len(list(folder.iterdir())) if folder.exists() else 0


def add_version(made: Courseware, number: int) -> CoursewareVersion:
    return services.add_version(
        courseware=made,
        upload=courseware.document(f"第 {number} 稿"),
        is_declared=True,
        by=made.mentor.user,
        at=timezone.now(),
    )


def decide_at_once(colleagues: list[User]) -> Counter:
    """Each decides about one pair at the same moment, one way or the other."""
    pair = courseware.answered(offerings.make_mentor(), colleagues[0])
    verbs = itertools.cycle([services.confirm_pair, services.dismiss_pair])
    results = at_once(
        [
            lambda verb=verb, person=person: verb(pair=pair, reason="看过了", by=person, at=timezone.now())
            for verb, person in zip(verbs, colleagues, strict=False)
        ]
    )
    return Counter(type(each) for each in results)


def test_one_page_sent_twenty_times_at_once_is_one_courseware():
    mentor, key = offerings.make_mentor(), uuid4()
    session, before = courseware.finished_class(mentor), files_kept()
    made = at_once([lambda: courseware.uploaded(mentor, session=session, key=key)] * MANY)
    assert {each.pk for each in made} == {Courseware.objects.get().pk}
    assert CoursewareVersion.objects.get().number == 1
    assert files_kept() == before + 1


def test_versions_sent_at_once_are_numbered_one_after_the_other():
    mentor = offerings.make_mentor()
    made = courseware.uploaded(mentor)
    before = files_kept()

    at_once([lambda number=number: add_version(made, number) for number in range(MANY)])
    numbers = sorted(made.versions.values_list("number", flat=True))
    # The portal keeps twenty versions of each, the first among them.
    assert numbers == list(range(1, MANY + 1))
    assert files_kept() == before + MANY - 1


def test_same_version_sent_twice_at_once_is_one():
    mentor = offerings.make_mentor()
    made = courseware.uploaded(mentor)
    content = courseware.document("第二稿").read()

    def add():
        upload = courseware.document("")
        upload.file.seek(0)
        upload.file.truncate()
        upload.file.write(content)
        upload.size = len(content)
        return services.add_version(
            courseware=made, upload=upload, is_declared=True, by=mentor.user, at=timezone.now()
        )

    versions = at_once([add] * 4)
    assert {each.number for each in versions} == {2}
    assert made.versions.count() == 2


def test_workers_that_read_at_once_read_each_version_once_and_find_each_copy_once():
    author, copier = offerings.make_mentor("李敏"), offerings.make_mentor("周建国")
    courseware.uploaded(author)
    courseware.uploaded(copier, courseware.COPY)
    at_once([read_courseware] * 3)
    read_courseware()
    assert set(CoursewareVersion.objects.values_list("tries", "reading")) == {(1, "read")}
    pair = SimilarPair.objects.get()
    assert (pair.version.courseware.mentor, pair.earlier.courseware.mentor) == (copier, author)


def test_staff_who_decide_at_once_make_one_decision(make_user):
    colleagues = [make_user(f"中心{number}号", is_staff=True) for number in range(6)]
    assert decide_at_once(colleagues) == {SimilarPair: 1, errors.PairDecided: 5}
    assert Message.objects.filter(kind__startswith="plagiarism_").count() == 1


def test_mentor_who_is_asked_by_many_at_once_is_asked_once(make_user):
    colleagues = [make_user(f"中心{number}号", is_staff=True) for number in range(6)]
    pair = courseware.pair(offerings.make_mentor())
    results = at_once(
        [
            lambda person=person: services.ask_mentor(
                pair=pair, question="从何而来？", by=person, at=timezone.now()
            )
            for person in colleagues
        ]
    )
    assert Counter(type(each) for each in results) == {SimilarPair: 1, errors.MentorAsked: 5}
    assert Message.objects.filter(kind="courseware_asked").count() == 1


def only_look(model):
    """Return a stand-in for a lock that only looks, and thinks for a moment before it writes."""

    def look(row):
        found = model.objects.get(pk=row.pk)
        time.sleep(0.3)
        return found

    return look


@pytest.mark.postgres
def test_without_the_lock_several_of_the_staff_decide(make_user, monkeypatch):
    """The twin: without the lock on the pair more than one decision is made."""
    monkeypatch.setattr(services.plagiarism, "_lock", only_look(SimilarPair))
    outcomes = decide_at_once([make_user(f"中心{number}号", is_staff=True) for number in range(6)])
    assert outcomes[SimilarPair] > 1


@pytest.mark.postgres
def test_without_the_lock_the_same_version_is_kept_twice_or_fails(monkeypatch):
    """The twin: without the lock on the courseware two versions want the same number."""
    monkeypatch.setattr(services.courseware, "_lock", only_look(Courseware))
    mentor = offerings.make_mentor()
    made = courseware.uploaded(mentor)
    with pytest.raises(IntegrityError, match="courseware_version_number_once"):
        at_once([lambda number=number: add_version(made, number) for number in range(6)])

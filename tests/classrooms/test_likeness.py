"""Reading courseware and finding what it resembles, also when it is done twice, late, or half-way."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from classrooms import services
from classrooms.models import CoursewareVersion, SimilarPair
from classrooms.services.likeness import LEASE, MOST_PAIRS, MOST_TRIES
from classrooms.tasks import read_courseware
from tests import courseware, decks, documents, offerings

pytestmark = pytest.mark.django_db
Reading = CoursewareVersion.Reading


@pytest.fixture
def mentor(mentor_user):
    return mentor_user.mentor


@pytest.fixture
def author(db):
    return offerings.make_mentor("李敏")


def earlier(days: int = 1):
    return timezone.now() - timedelta(days=days)


def found():
    """Return (later, earlier, is_same_file) of every pair, by the mentors' names."""
    rows = SimilarPair.objects.order_by("pk")
    columns = ("version__courseware__mentor__name", "earlier__courseware__mentor__name", "is_same_file")
    return list(rows.values_list(*columns))


def test_text_is_read_and_sketched_by_the_task(mentor):
    made = courseware.uploaded(mentor)
    read_courseware()
    version = CoursewareVersion.objects.get(courseware=made)
    assert (version.reading, version.claimed_until, version.tries) == (Reading.READ, None, 1)
    assert "自我介绍" in version.text
    assert version.sketch and version.compared_at
    assert not SimilarPair.objects.exists()


@pytest.mark.parametrize(
    ("upload", "reading"),
    [
        (documents.upload("图.png", documents.picture("PNG")), Reading.NO_TEXT),
        (documents.upload("坏.docx", documents.office("word/document.xml")), Reading.UNREADABLE),
    ],
    ids=["picture", "broken"],
)
def test_what_has_no_text_is_said_so_and_still_compared_by_its_file(mentor, author, upload, reading):
    courseware.uploaded(author, upload=upload, at=earlier())
    upload.seek(0)
    courseware.uploaded(mentor, upload=upload)
    read_courseware()
    assert set(CoursewareVersion.objects.values_list("reading", flat=True)) == {reading}
    assert found() == [("周建国", "李敏", True)]
    assert SimilarPair.objects.get().likeness == 1


def test_file_that_is_gone_is_unreadable(mentor):
    made = courseware.uploaded(mentor)
    file = made.current.file
    file.storage.delete(file.name)
    read_courseware()
    assert CoursewareVersion.objects.get().reading == Reading.UNREADABLE


def test_text_that_a_database_cannot_hold_is_cleaned():
    assert services.likeness._storable("甲\0乙\ud83d丙") == "甲乙丙"


def test_copy_with_another_title_and_order_is_found_as_the_closest(mentor, author):
    for deck in courseware.ORIGINALS[:20]:
        courseware.kept(author if deck.number == 0 else offerings.make_mentor("别人"), deck.text, earlier())
    [pair] = courseware.compared(courseware.kept(mentor, courseware.COPY))
    assert found() == [("周建国", "李敏", False)]
    assert Decimal("0.6") < pair.likeness < 1
    assert pair.state == SimilarPair.State.FOUND


def test_decks_of_different_people_on_one_subject_are_not_shown(mentor, author):
    subject = courseware.ORIGINALS[0].subject
    [mine, theirs] = [deck for deck in courseware.ORIGINALS if deck.subject == subject]
    courseware.kept(author, theirs.text, earlier())
    assert courseware.compared(courseware.kept(mentor, mine.text)) == []


def test_ones_own_earlier_work_is_not_compared(mentor):
    courseware.kept(mentor, at=earlier())
    assert courseware.compared(courseware.kept(mentor, courseware.COPY)) == []


def test_the_closest_five_are_shown_each_courseware_once(mentor):
    for number in range(MOST_PAIRS + 2):
        share = 0.05 * number
        text = decks.copy_of(courseware.ORIGINALS[0], number, share_replaced=share).text
        theirs = courseware.kept(offerings.make_mentor(f"导师{number}"), text, earlier(2))
        courseware.version(theirs, text, earlier())
    pairs = courseware.compared(courseware.kept(mentor, courseware.TEXT))
    names = [pair.earlier.courseware.mentor.name for pair in pairs]
    assert sorted(names) == [f"导师{number}" for number in range(MOST_PAIRS)]
    assert {pair.earlier.number for pair in pairs} == {1}


def test_line_is_the_one_that_staff_have_set(mentor, author, monkeypatch):
    from mentor_portal import portal_settings

    monkeypatch.setitem(portal_settings.read(), "SIMILAR_FROM_PERCENT", 95)
    courseware.kept(author, at=earlier())
    assert courseware.compared(courseware.kept(mentor, courseware.COPY)) == []


def test_comparing_twice_and_delivering_the_task_twice_is_once(mentor, author):
    courseware.uploaded(author, at=earlier())
    courseware.uploaded(mentor)
    read_courseware()
    read_courseware()
    version = CoursewareVersion.objects.get(courseware__mentor=mentor)
    services.compare_version(version_pk=version.pk, at=timezone.now())
    services.read_version(version_pk=version.pk, at=timezone.now())
    assert (SimilarPair.objects.count(), version.tries) == (1, 1)


def test_what_was_killed_before_it_was_compared_is_compared_by_the_next_run(mentor, author):
    courseware.kept(author, at=earlier())
    courseware.kept(mentor, courseware.COPY)
    read_courseware()
    assert found() == [("周建国", "李敏", False)]
    assert not CoursewareVersion.objects.filter(compared_at=None).exists()


def test_earlier_one_that_is_read_later_finds_the_copy(mentor, author):
    """The copy was read and compared before its original was."""
    original = courseware.kept(author, at=earlier())
    original.versions.update(reading=Reading.WAITING, sketch=b"")
    assert courseware.compared(courseware.kept(mentor, courseware.COPY)) == []
    sketch = services.likeness.sketch_of(courseware.TEXT).to_bytes()
    original.versions.update(reading=Reading.READ, sketch=sketch)
    services.compare_version(version_pk=original.versions.get().pk, at=timezone.now())
    assert found() == [("周建国", "李敏", False)]


def test_claimed_version_is_left_to_whoever_reads_it(mentor):
    made = courseware.uploaded(mentor)
    at = timezone.now()
    assert services.likeness._claim(made.current.pk, at)
    assert not services.read_version(version_pk=made.current.pk, at=at)
    assert services.read_courseware(clock=timezone.now, until=at + timedelta(minutes=1)) == 0
    assert services.read_version(version_pk=made.current.pk, at=at + LEASE)


def test_version_whose_worker_is_killed_again_and_again_is_given_up(mentor):
    made = courseware.uploaded(mentor)
    at = timezone.now()
    for number in range(MOST_TRIES):
        assert services.likeness._claim(made.current.pk, at + number * LEASE)
    later = at + MOST_TRIES * LEASE
    services.read_courseware(clock=lambda: later, until=later + timedelta(seconds=1))
    assert CoursewareVersion.objects.get().reading == Reading.UNREADABLE


def test_what_staff_have_seen_as_much_alike_is_not_shown_again(mentor, author, staff):
    courseware.kept(author, at=earlier(3))
    made = courseware.kept(mentor, courseware.COPY, earlier(2))
    [first] = courseware.compared(made)
    services.dismiss_pair(pair=first, reason="引用了同一份文件", by=staff, at=timezone.now())
    less = decks.copy_of(courseware.ORIGINALS[0], 7, share_replaced=0.4).text
    courseware.version(made, less, earlier(1))
    assert courseware.compared(made) == []
    courseware.version(made, courseware.TEXT)
    [more] = courseware.compared(made)
    assert more.likeness == 1


def test_new_version_of_the_original_is_not_held_against_its_author(mentor, author):
    original = courseware.kept(author, at=earlier(3))
    courseware.compared(courseware.kept(mentor, courseware.COPY, earlier(2)))
    courseware.version(original, courseware.COPY, earlier(1))
    assert courseware.compared(original) == []
    assert found() == [("周建国", "李敏", False)]


def test_withdrawn_work_of_others_is_compared_too(mentor, author):
    made = courseware.kept(author, at=earlier())
    services.withdraw_courseware(courseware=made, by=author.user, at=timezone.now())
    assert len(courseware.compared(courseware.kept(mentor, courseware.COPY))) == 1


@pytest.mark.parametrize("count", [5, 30])
def test_comparing_costs_the_same_queries_however_many_there_are(mentor, count, django_assert_num_queries):
    """The version, the same files, the sketches, what was seen; three for each that is shown; the writes."""
    for number in range(count):
        courseware.kept(offerings.make_mentor(f"导师{number}"), at=earlier())
    version = courseware.kept(mentor, courseware.COPY).versions.get()
    with django_assert_num_queries(5 + 3 * MOST_PAIRS + 4):
        services.compare_version(version_pk=version.pk, at=timezone.now())
    assert SimilarPair.objects.count() == MOST_PAIRS

"""A courseware from its upload on: versions, who may see it, withdrawing, and everything that is refused."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import timezone

from classrooms import errors, services
from classrooms.models import Courseware, CoursewareVersion, SimilarPair
from classrooms.selectors.courseware import sessions_without_courseware
from mentor_portal import portal_settings
from mentor_portal.errors import DomainError
from mentor_portal.notifications.models import Message
from mentor_portal.reservations.models import Offering, Reservation
from tests import courseware, documents, offerings, topics

pytestmark = pytest.mark.django_db
Audience = Courseware.Audience


@pytest.fixture
def mentor(mentor_user):
    return mentor_user.mentor


def files_kept() -> set[Path]:
    folder = Path(settings.MEDIA_ROOT, "courseware")
    return set(folder.iterdir()) if folder.exists() else set()


def add(made, text=courseware.OTHER_TEXT, **fields):
    values = {"upload": courseware.document(text), "is_declared": True, "by": made.mentor.user}
    return services.add_version(courseware=made, at=timezone.now(), **values | fields)


def test_upload_keeps_the_courseware_with_its_first_version(mentor):
    session = courseware.finished_class(mentor)
    at = timezone.now()
    made = courseware.uploaded(mentor, session=session, title=" 面试前的三天 ", note="讲义", at=at)
    version = made.current
    assert (made.title, made.session, made.year) == ("面试前的三天", session, session.offering.starts_at.year)
    assert (version.number, version.note, version.declared_at, version.uploaded_by) == (
        1,
        "讲义",
        at,
        mentor.user,
    )
    assert (version.content_type, version.reading) == (courseware.DOCX, CoursewareVersion.Reading.WAITING)
    assert len(version.sha256) == 64


def test_courseware_of_a_topic_counts_for_the_year_of_its_upload(mentor, staff):
    topic = topics.approved(mentor, staff)
    made = courseware.uploaded(mentor, application=topic)
    assert (made.session, made.application, made.year) == (None, topic, timezone.localtime().year)


def test_page_that_is_sent_again_is_answered_with_the_first(mentor):
    key, session = uuid4(), courseware.finished_class(mentor)
    first = courseware.uploaded(mentor, session=session, key=key)
    before = files_kept()
    again = courseware.uploaded(mentor, text=courseware.OTHER_TEXT, session=session, key=key, title="别的")
    assert (again, again.title, again.versions.count()) == (first, first.title, 1)
    assert files_kept() == before


def test_key_of_another_mentors_page_begins_a_courseware_of_ones_own(mentor):
    key = uuid4()
    theirs = courseware.uploaded(offerings.make_mentor("李敏"), key=key)
    assert courseware.uploaded(mentor, key=key) != theirs


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"title": "  "}, errors.CoursewareTitleMissing),
        ({"is_declared": False}, errors.OriginalityNotDeclared),
        ({"session": None}, errors.NotYourClass),
        ({"upload": documents.upload("课件.docx", b"")}, DomainError),
        ({"upload": documents.upload("课件.pptx", documents.EXE)}, DomainError),
    ],
    ids=["title", "statement", "class", "empty", "program"],
)
def test_refused_upload_leaves_nothing(mentor, fields, error):
    before = files_kept()
    with pytest.raises(error):
        courseware.uploaded(mentor, **fields)
    assert not Courseware.objects.exists()
    assert files_kept() == before


def test_upload_for_somebody_elses_class_or_topic_is_refused(mentor):
    other = offerings.make_mentor("李敏")
    with pytest.raises(errors.NotYourClass):
        courseware.uploaded(mentor, session=courseware.finished_class(other))
    with pytest.raises(errors.NotYourClass):
        courseware.uploaded(mentor, application=topics.draft(other))


@pytest.mark.parametrize("state", [Offering.State.DRAFT, Offering.State.CANCELLED])
def test_upload_for_a_class_that_does_not_stand_is_refused(mentor, state):
    session = courseware.finished_class(mentor)
    moment = timezone.now() if state == Offering.State.CANCELLED else None
    Offering.objects.filter(pk=session.pk).update(state=state, cancelled_at=moment)
    session.offering.refresh_from_db()
    with pytest.raises(errors.ClassLeavesNothing, match=state.label):
        courseware.uploaded(mentor, session=session)


def test_upload_for_a_topic_that_is_not_approved_is_refused(mentor):
    with pytest.raises(errors.ClassLeavesNothing, match="待审核"):
        courseware.uploaded(mentor, application=topics.submitted(mentor))


def test_interrupted_upload_leaves_nothing(mentor, monkeypatch):
    session, before = courseware.finished_class(mentor), files_kept()
    monkeypatch.setattr(CoursewareVersion, "save", lambda *_, **__: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        courseware.uploaded(mentor, session=session)
    assert not Courseware.objects.exists()
    assert files_kept() == before


def test_versions_are_numbered_and_the_newest_is_the_current(mentor):
    made = courseware.uploaded(mentor)
    second = add(made, note="改了第二页")
    assert (second.number, second.note) == (2, "改了第二页")
    assert Courseware.objects.for_lines().get().current == second
    assert [each.number for each in made.versions.all()] == [2, 1]


def test_same_file_as_the_current_one_is_answered_with_it(mentor):
    upload = courseware.document(courseware.TEXT)
    made = courseware.uploaded(mentor, upload=upload)
    before = files_kept()
    upload.seek(0)
    assert add(made, upload=upload) == made.current
    assert (made.versions.count(), files_kept()) == (1, before)


def test_version_beyond_the_most_is_refused(mentor, monkeypatch):
    monkeypatch.setitem(portal_settings.read(), "COURSEWARE_VERSIONS", 2)
    made = courseware.uploaded(mentor)
    add(made)
    with pytest.raises(errors.TooManyVersions, match="已有 2 个版本"):
        add(made, text="第三版")


def test_version_without_the_statement_or_of_a_withdrawn_courseware_is_refused(mentor):
    made = courseware.uploaded(mentor)
    with pytest.raises(errors.OriginalityNotDeclared):
        add(made, is_declared=False)
    services.withdraw_courseware(courseware=made, by=mentor.user, at=timezone.now())
    with pytest.raises(errors.CoursewareWithdrawn):
        add(made)
    assert made.versions.count() == 1


def test_title_and_audience_can_be_changed(mentor):
    made = courseware.uploaded(mentor)
    change = {"courseware": made, "audience": Audience.PUBLIC, "by": mentor.user}
    services.change_courseware(title="面试三问", **change)
    made.refresh_from_db()
    assert (made.title, made.audience) == ("面试三问", Audience.PUBLIC)
    with pytest.raises(errors.CoursewareTitleMissing):
        services.change_courseware(title=" ", **change)


def test_withdrawn_courseware_is_seen_by_its_author_alone_until_it_is_restored(mentor, judge, staff):
    made = courseware.uploaded(mentor, audience=Audience.PUBLIC)
    for _twice in range(2):
        services.withdraw_courseware(courseware=made, by=mentor.user, at=timezone.now())
    assert not Courseware.objects.visible_to(judge).exists()
    assert Courseware.objects.visible_to(mentor.user).exists()
    assert Courseware.objects.visible_to(staff).exists()
    services.restore_courseware(courseware=made, by=mentor.user)
    assert Courseware.objects.visible_to(judge).exists()


def test_courseware_that_is_examined_is_neither_withdrawn_nor_restored(mentor, staff):
    found = courseware.pair(mentor)
    made = found.version.courseware
    with pytest.raises(errors.CoursewareExamined):
        services.withdraw_courseware(courseware=made, by=mentor.user, at=timezone.now())
    services.dismiss_pair(pair=found, reason="引用了同一份文件", by=staff, at=timezone.now())
    services.withdraw_courseware(courseware=made, by=mentor.user, at=timezone.now())
    SimilarPair.objects.update(state="found")
    with pytest.raises(errors.CoursewareExamined):
        services.restore_courseware(courseware=made, by=mentor.user)


def test_courseware_that_somebody_has_copied_can_be_withdrawn(mentor):
    theirs = offerings.make_mentor("李敏")
    found = courseware.pair(theirs, author=mentor)
    made = found.earlier.courseware
    services.withdraw_courseware(courseware=made, by=mentor.user, at=timezone.now())
    assert made.withdrawn_at


@pytest.mark.parametrize(
    ("audience", "seen_by"),
    [
        (Audience.PUBLIC, {"stranger", "attendee", "judge", "staff"}),
        (Audience.ATTENDEES, {"attendee", "judge", "staff"}),
        (Audience.STAFF, {"judge", "staff"}),
    ],
)
def test_audience_says_who_may_see_it(mentor, judge, staff, stranger, job_seeker, audience, seen_by):
    session = courseware.finished_class(mentor)
    at = timezone.now() - timedelta(days=8)
    [reservation] = _attended(session, job_seeker, at)
    courseware.uploaded(mentor, session=reservation.offering.class_session, audience=audience)
    people = {"stranger": stranger, "attendee": job_seeker, "judge": judge, "staff": staff}
    seen = {name for name, person in people.items() if Courseware.objects.visible_to(person).exists()}
    assert seen == seen_by


def _attended(session, person, at):
    made = Reservation.objects.create(
        offering=session.offering,
        person=person,
        state=Reservation.State.ATTENDED,
        queued_at=at,
        checked_in_at=session.offering.starts_at,
    )
    return [made]


def test_mentors_are_asked_once_for_the_courseware_of_a_class(mentor):
    lacking = courseware.finished_class(mentor, days_ago=4)
    courseware.finished_class(mentor, days_ago=2)
    courseware.kept(mentor)
    for _twice in range(2):
        assert services.ask_for_courseware(at=timezone.now()) == 1
    message = Message.objects.get(kind="courseware_missing")
    assert (message.person, lacking.title in message.body) == (mentor.user, True)


@pytest.mark.parametrize("of_topic", [False, True], ids=["class", "topic"])
def test_class_that_left_courseware_lacks_nothing_until_it_is_withdrawn(mentor, staff, of_topic):
    topic = topics.approved(mentor, staff)
    session = courseware.finished_class(mentor)
    session.application = topic
    session.save(update_fields=["application"])
    made = courseware.uploaded(mentor, **({"application": topic} if of_topic else {"session": session}))
    assert not sessions_without_courseware(timezone.now()).exists()
    services.withdraw_courseware(courseware=made, by=mentor.user, at=timezone.now())
    assert list(sessions_without_courseware(timezone.now())) == [session]


def test_class_that_ended_long_ago_or_was_cancelled_lacks_nothing(mentor):
    courseware.finished_class(mentor, days_ago=100)
    cancelled = courseware.finished_class(mentor, days_ago=6)
    Offering.objects.filter(pk=cancelled.pk).update(
        state=Offering.State.CANCELLED, cancelled_at=timezone.now()
    )
    assert not sessions_without_courseware(timezone.now()).exists()

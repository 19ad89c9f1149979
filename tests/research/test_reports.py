"""A report's way: drafts, handing in, returned, accepted, excellent, public; and its files."""

from datetime import timedelta
from uuid import uuid4

import pytest
from constance import config
from django.utils import timezone

from mentor_portal.files import FileRefused
from mentor_portal.notifications.models import Message
from mentor_portal.reservations.services import undo_check_in
from research import errors, services
from research.models import ReportFile, ResearchReport
from research.rules import Decision
from research.services import Seen
from research.wordings import Kind
from tests import documents, offerings, trips

pytestmark = pytest.mark.django_db
State = ResearchReport.State
NOW = timezone.now
SHORT = trips.SENTENCE * 88 + "企业用工好坏。"


@pytest.fixture
def mentor(mentor_user):
    return mentor_user.mentor


@pytest.fixture
def trip(mentor, staff):
    return trips.attended(staff, [mentor])


def save(mentor, title="用工调研", body="初稿。", **how):
    content = services.ReportContent(title=title, body=body)
    return services.save_report(mentor=mentor, content=content, by=mentor.user, at=NOW(), **how)


def decide(report, decision, staff, **how):
    return services.decide_report(report=report, decision=decision, by=staff, at=NOW(), **how)


def steps(report):
    return list(report.steps.values_list("action", "comment"))


# Drafts


def test_draft_keeps_its_text_and_its_length(mentor):
    report = save(mentor, title="", body="走访企业，了解用工。")
    assert (report.state, report.kind, report.length, report.revision) == (State.DRAFT, "free", 10, 1)


def test_page_that_is_sent_again_amends_the_one_report(mentor):
    key = uuid4()
    first = save(mentor, key=key, seen=Seen(revision=0))
    second = save(mentor, body="第二稿。", key=key, seen=Seen(revision=1))
    assert (first.pk, second.revision) == (second.pk, 2)
    assert ResearchReport.objects.get().body == "第二稿。"


def test_older_window_does_not_overwrite_a_newer_text(mentor):
    report = save(mentor)
    save(mentor, body="新的。", report=report, seen=Seen(revision=1))
    with pytest.raises(errors.ReportChanged):
        save(mentor, body="旧窗口写的。", report=report, seen=Seen(revision=1))
    report.refresh_from_db()
    assert (report.body, report.revision) == ("新的。", 2)


def test_same_text_from_an_older_window_changes_nothing(mentor):
    report = save(mentor)
    save(mentor, body="新的。", report=report, seen=Seen(revision=1))
    again = save(mentor, body="新的。", report=report, seen=Seen(revision=1))
    assert again.revision == 2


@pytest.mark.parametrize(
    ("page", "is_deliberate", "is_kept"),
    [("same", True, True), ("same", False, False), ("other", True, False)],
    ids=["button", "late autosave", "other window"],
)
def test_button_pressed_before_the_page_heard_of_its_autosave_keeps_the_text(
    mentor, page, is_deliberate, is_kept
):
    pages = {"same": uuid4(), "other": uuid4()}
    report = save(mentor, seen=Seen(revision=0, page=pages["same"], is_deliberate=False))
    late = Seen(revision=0, page=pages[page], is_deliberate=is_deliberate)
    if is_kept:
        assert save(mentor, body="写完了。", report=report, seen=late).body == "写完了。"
    else:
        with pytest.raises(errors.ReportChanged):
            save(mentor, body="写完了。", report=report, seen=late)


# About a trip


def test_report_about_a_trip_is_written_once(mentor, trip):
    first = save(mentor, trip=trip)
    second = save(mentor, body="另一页写的。", trip=trip, seen=Seen(revision=first.revision))
    assert (first.kind, first.pk) == ("collective", second.pk)


def test_report_about_a_trip_is_for_those_who_were_there(mentor, staff):
    trip = trips.trip(staff)
    trips.hold(trip, [mentor])
    with pytest.raises(errors.TripNotAttended):
        save(mentor, trip=trip)
    assert not ResearchReport.objects.exists()


def test_withdrawn_report_makes_room_for_another(mentor, trip):
    first = trips.submitted(mentor, trip)
    withdrawn = services.withdraw_report(report=first, by=mentor.user, at=NOW())
    assert withdrawn.state == State.WITHDRAWN
    assert save(mentor, trip=trip).pk != first.pk
    services.withdraw_report(report=first, by=mentor.user, at=NOW())
    assert steps(first) == [("submitted", ""), ("withdrawn", "")]


def test_presence_that_was_taken_back_stands_against_the_report(mentor, trip, staff):
    report = trips.submitted(mentor, trip)
    [reservation] = trip.offering.reservations.all()
    undo_check_in(reservation=reservation, by=staff, at=NOW())
    with pytest.raises(errors.TripNotAttended):
        decide(report, Decision.ACCEPT, staff)
    assert decide(report, Decision.RETURN, staff, comment="没有到场记录").state == State.RETURNED


# Handing in


def test_report_that_is_too_short_says_how_many_are_missing(mentor):
    report = save(mentor, body=SHORT)
    assert report.length == 799
    with pytest.raises(errors.ReportIncomplete, match="现有 799 字，至少 800 字，还差 1 字") as refusal:
        services.hand_in_report(report=report, by=mentor.user, at=NOW())
    assert list(refusal.value.data["missing"]) == ["body"]


def test_report_of_exactly_enough_is_handed_in_once(mentor):
    report = save(mentor, body=SHORT.replace("好坏", "的好坏"))
    for _ in range(2):
        report = services.hand_in_report(report=report, by=mentor.user, at=NOW())
    assert (report.length, report.state) == (800, State.SUBMITTED)
    assert steps(report) == [("submitted", "")]


def test_report_without_title_is_not_handed_in(mentor):
    report = save(mentor, title=" ", body=trips.LONG)
    with pytest.raises(errors.ReportIncomplete, match="请填写标题"):
        services.hand_in_report(report=report, by=mentor.user, at=NOW())


def test_least_length_is_a_number_that_staff_change(mentor):
    config.REPORT_MIN_LENGTH = 10
    report = save(mentor, body="走访企业，了解用工。")
    assert services.hand_in_report(report=report, by=mentor.user, at=NOW()).state == State.SUBMITTED


def test_submitted_report_is_not_changed_but_may_be_sent_twice(mentor):
    report = trips.submitted(mentor)
    assert save(mentor, title=report.title, body=report.body, report=report).state == State.SUBMITTED
    with pytest.raises(errors.ReportNotEditable):
        save(mentor, body="改一改。", report=report)


# The review


def test_report_is_returned_amended_and_accepted_with_each_step_noted(mentor, staff):
    report = trips.submitted(mentor)
    decide(report, Decision.RETURN, staff, comment="请补充薪酬情况。")
    [message] = Message.objects.filter(kind=Kind.REPORT_RETURNED)
    assert message.person == mentor.user
    assert "请补充薪酬情况。改好后" in message.body
    amended = save(mentor, body=trips.LONG + "薪酬八千元。", report=report)
    assert amended.state == State.RETURNED
    services.hand_in_report(report=report, by=mentor.user, at=NOW())
    accepted = decide(report, Decision.ACCEPT, staff)
    assert accepted.state == State.ACCEPTED
    assert steps(report) == [
        ("submitted", ""),
        ("returned", "请补充薪酬情况。"),
        ("submitted", ""),
        ("accepted", ""),
    ]
    assert Message.objects.filter(kind=Kind.REPORT_ACCEPTED, person=mentor.user).count() == 1
    assert offerings.broken_invariants() == []


def test_report_is_not_returned_without_a_reason(mentor, staff):
    with pytest.raises(errors.CommentMissing):
        decide(trips.submitted(mentor), Decision.RETURN, staff, comment="  ")


def test_second_reviewer_hears_what_the_first_decided(mentor, staff):
    report = trips.accepted(mentor, staff)
    with pytest.raises(errors.ReportDecided, match="已通过"):
        decide(report, Decision.RETURN, staff, comment="再改")


def test_draft_is_not_decided(mentor, staff):
    with pytest.raises(errors.ReportNotSubmitted):
        decide(save(mentor), Decision.ACCEPT, staff)


def test_report_that_was_handed_in_anew_is_read_anew(mentor, staff):
    report = trips.submitted(mentor)
    seen_at = report.submitted_at - timedelta(minutes=1)
    with pytest.raises(errors.ReportResubmitted):
        decide(report, Decision.ACCEPT, staff, seen_at=seen_at)


def test_accepted_report_is_not_taken_back(mentor, staff):
    with pytest.raises(errors.ReportNotWithdrawable):
        services.withdraw_report(report=trips.accepted(mentor, staff), by=mentor.user, at=NOW())


def test_accepted_report_is_marked_published_and_hidden_once_each(mentor, staff):
    report = trips.accepted(mentor, staff)
    for _ in range(2):
        services.mark_excellent(report=report, is_excellent=True, by=staff, at=NOW())
        services.publish_report(report=report, by=staff, at=NOW())
    assert list(ResearchReport.objects.published()) == [report]
    for _ in range(2):
        services.hide_report(report=report, by=staff, at=NOW())
        services.mark_excellent(report=report, is_excellent=False, by=staff, at=NOW())
    assert not ResearchReport.objects.published().exists()
    assert [action for action, _ in steps(report)][2:] == ["excellent", "published", "hidden", "plain"]
    assert Message.objects.filter(kind=Kind.REPORT_PUBLISHED).count() == 1


@pytest.mark.parametrize(
    "verb",
    [
        lambda report, by: services.mark_excellent(report=report, is_excellent=True, by=by, at=NOW()),
        lambda report, by: services.publish_report(report=report, by=by, at=NOW()),
        lambda report, by: services.hide_report(report=report, by=by, at=NOW()),
    ],
    ids=["excellent", "publish", "hide"],
)
def test_report_that_is_not_accepted_is_neither_marked_nor_shown(mentor, staff, verb):
    with pytest.raises(errors.ReportNotAccepted):
        verb(trips.submitted(mentor), staff)


def test_public_reports_stand_with_the_excellent_first(mentor, staff):
    older, newer = (trips.published(mentor, staff, title=title) for title in ("早的", "晚的"))
    services.mark_excellent(report=older, is_excellent=True, by=staff, at=NOW())
    assert list(ResearchReport.objects.published().in_public_order()) == [older, newer]


# Files


def attach(report, name, content):
    upload = documents.upload(name, content)
    return services.attach_file(report=report, upload=upload, by=report.mentor.user, at=NOW())


def test_files_are_known_by_their_content(mentor):
    report = save(mentor)
    photo = attach(report, "车间.png", documents.picture("JPEG"))
    paper = attach(report, "提纲.pdf", documents.PDF)
    assert (photo.original_name, photo.is_picture, paper.is_picture) == ("车间.jpg", True, False)


def test_program_is_refused_whatever_its_name(mentor):
    with pytest.raises(FileRefused):
        attach(save(mentor), "照片.jpg", documents.EXE)
    assert not ReportFile.objects.exists()


def test_more_files_than_allowed_are_refused(mentor):
    config.REPORT_FILES = 1
    report = save(mentor)
    attach(report, "一.pdf", documents.PDF)
    with pytest.raises(errors.TooManyFiles, match="最多 1 个"):
        attach(report, "二.pdf", documents.PDF)


def test_files_of_a_submitted_report_stay_as_they_are(mentor):
    report = trips.submitted(mentor)
    photo, _paper = trips.with_files(report)
    with pytest.raises(errors.ReportNotEditable):
        attach(report, "三.pdf", documents.PDF)
    with pytest.raises(errors.ReportNotEditable):
        services.remove_file(report=report, file_pk=photo.pk, by=mentor.user)


def test_file_is_removed_from_its_own_report_alone(mentor, django_capture_on_commit_callbacks):
    first, second = save(mentor), save(mentor)
    photo = attach(first, "车间.jpg", documents.picture("JPEG"))
    services.remove_file(report=second, file_pk=photo.pk, by=mentor.user)
    assert ReportFile.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_file(report=first, file_pk=photo.pk, by=mentor.user)
    assert not ReportFile.objects.exists()
    assert not photo.file.storage.exists(photo.file.name)

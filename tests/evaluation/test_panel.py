"""The panel of a year: what takes part, who judges, who judges what, who is reminded."""

from datetime import timedelta

import pytest
from django.utils import timezone

from classrooms.models import SimilarPair
from classrooms.services import withdraw_courseware
from evaluation import errors, services
from evaluation.models import CoursewareEntry, PanelJudge, ScoreSheet
from evaluation.selectors.nominations import nominees
from evaluation.selectors.panel_plan import plan_of
from mentor_portal.notifications.models import Message
from tests import courseware, offerings, panel

pytestmark = pytest.mark.django_db
State = CoursewareEntry.State


@pytest.fixture
def year():
    return panel.this_year()


@pytest.fixture
def mentor(mentor_user):
    return mentor_user.mentor


def nominate(made, year, by) -> CoursewareEntry:
    return services.nominate(courseware=made, year=year, by=by, at=timezone.now())


def confirm(entry, by) -> CoursewareEntry:
    return services.confirm_entry(entry=entry, by=by, at=timezone.now())


def decline(entry, by, reason: str = "内容与课堂主题不符。") -> None:
    services.decline_entry(entry=entry, reason=reason, by=by, at=timezone.now())


def withdraw(entry, by) -> None:
    services.withdraw_nomination(entry=entry, by=by, at=timezone.now())


def assign(year, by):
    return services.assign_sheets(year=year, by=by, at=timezone.now())


def release(judge, by) -> None:
    services.release_judge(judge=judge, by=by, at=timezone.now())


def nudge(year, judges, by, at=None) -> int:
    return services.nudge(year=year, judges=judges, by=by, at=at or timezone.now())


# What takes part.


def test_mentor_nominates_the_newest_version_and_twice_is_once(year, mentor):
    made = panel.make_courseware(mentor)
    second = courseware.version(made, "第二版")
    entry = nominate(made, year, mentor.user)
    assert (entry.version, entry.state, entry.number) == (second, State.NOMINATED, None)
    assert nominate(made, year, mentor.user) == entry
    assert CoursewareEntry.objects.count() == 1


def test_mentor_cannot_nominate_anothers(year, mentor):
    with pytest.raises(errors.CoursewareNotOwn):
        nominate(panel.make_courseware(), year, mentor.user)


def test_staff_nominate_any(year, staff):
    assert nominate(panel.make_courseware(), year, staff).state == State.NOMINATED


def test_withdrawn_courseware_cannot_be_nominated(year, mentor):
    made = panel.make_courseware(mentor)
    withdraw_courseware(courseware=made, by=mentor.user, at=timezone.now())
    made.refresh_from_db()
    with pytest.raises(errors.CoursewareUnfit, match="已撤下"):
        nominate(made, year, mentor.user)


def test_courseware_of_another_year_cannot_be_nominated(year, staff):
    made = panel.make_courseware()
    made.year -= 1
    with pytest.raises(errors.CoursewareUnfit, match="年度内"):
        nominate(made, year, staff)


def test_courseware_without_a_version_cannot_be_nominated(year, staff):
    made = panel.make_courseware()
    made.versions.all().delete()
    with pytest.raises(errors.CoursewareUnfit, match="没有上传文件"):
        nominate(made, year, staff)


def test_plagiarised_courseware_is_neither_nominated_nor_confirmed(year, staff):
    entry = panel.nominated(staff)
    plagiarise(entry.courseware, staff)
    with pytest.raises(errors.CoursewareUnfit, match="抄袭"):
        confirm(entry, staff)
    entry.delete()
    with pytest.raises(errors.CoursewareUnfit, match="抄袭"):
        nominate(entry.courseware, year, staff)


def plagiarise(made, staff) -> None:
    pair = courseware.found(made.versions.first(), panel.make_courseware().versions.first())
    now = timezone.now()
    SimilarPair.objects.filter(pk=pair.pk).update(
        state="confirmed", asked_at=now, answer_due_at=now, decided_at=now, decided_by=staff, reason="相同"
    )


def test_mentor_takes_a_nomination_back_and_nominates_anew(year, mentor):
    made = panel.make_courseware(mentor)
    entry = nominate(made, year, mentor.user)
    withdraw(entry, mentor.user)
    withdraw(entry, mentor.user)
    entry.refresh_from_db()
    assert entry.state == State.WITHDRAWN
    assert nominate(made, year, mentor.user) == entry
    entry.refresh_from_db()
    assert entry.state == State.NOMINATED


def test_nomination_is_taken_back_by_its_mentor_alone_and_before_it_is_decided(year, mentor, staff):
    entry = panel.nominated(staff, mentor)
    with pytest.raises(errors.CoursewareNotOwn):
        withdraw(entry, staff)
    confirm(entry, staff)
    with pytest.raises(errors.NominationDecided):
        withdraw(entry, mentor.user)


def test_declined_is_nominated_anew_by_staff_alone(year, mentor, staff):
    entry = panel.nominated(mentor.user, mentor)
    decline(entry, staff)
    with pytest.raises(errors.NominationDeclined, match="内容与课堂主题不符"):
        nominate(entry.courseware, year, mentor.user)
    again = nominate(entry.courseware, year, staff)
    assert (again.pk, again.state, again.reason, again.decided_by) == (entry.pk, State.NOMINATED, "", None)


def test_confirmed_ones_are_numbered_and_keep_their_numbers(year, staff):
    first, second, third = (panel.nominated(staff) for _ in range(3))
    assert [confirm(each, staff).number for each in (second, first)] == [1, 2]
    assert confirm(second, staff).number == 1
    decline(second, staff)
    assert confirm(third, staff).number == 3
    nominate(second.courseware, year, staff)
    assert confirm(second, staff).number == 1


def test_confirming_takes_the_newest_version_and_tells_the_author(mentor, staff):
    entry = panel.nominated(mentor.user, mentor)
    newest = courseware.version(entry.courseware, "改过的")
    assert confirm(entry, staff).version == newest
    assert Message.objects.get(person=mentor.user, kind="evaluation_entry_confirmed").body.startswith(
        f"您的课件“{entry}”已确认参加"
    )


def test_declining_needs_a_reason_and_tells_the_author(mentor, staff):
    entry = panel.nominated(mentor.user, mentor)
    with pytest.raises(errors.DeclineUnexplained):
        decline(entry, staff, " ")
    decline(entry, staff)
    decline(entry, staff)
    message = Message.objects.get(person=mentor.user, kind="evaluation_entry_declined")
    assert message.body.endswith("内容与课堂主题不符。")


def test_confirmed_is_declined_with_its_sheets_until_somebody_gave_points(year, staff):
    kept, gone = panel.confirmed(staff), panel.confirmed(staff)
    for _ in range(3):
        panel.make_judge(year, staff)
    assign(year, staff)
    panel.give(kept.sheets.first(), is_submitted=False)
    decline(gone, staff)
    assert not gone.sheets.exists()
    with pytest.raises(errors.EntryJudged):
        decline(kept, staff)


@pytest.mark.parametrize("verb", ["nominate", "withdraw", "confirm", "decline"])
def test_nothing_about_entries_changes_once_judging_has_begun(year, mentor, staff, verb):
    entry = panel.nominated(mentor.user, mentor)
    panel.judging(year)
    verbs = {
        "nominate": lambda: nominate(panel.make_courseware(mentor), year, mentor.user),
        "withdraw": lambda: withdraw(entry, mentor.user),
        "confirm": lambda: confirm(entry, staff),
        "decline": lambda: decline(entry, staff),
    }
    with pytest.raises(errors.PanelClosed):
        verbs[verb]()


def test_mentor_sees_what_can_be_nominated_and_why_not(year, mentor, staff):
    free = panel.make_courseware(mentor)
    entry = panel.nominated(mentor.user, mentor)
    empty = panel.make_courseware(mentor)
    empty.versions.all().delete()
    rows = {row.courseware.pk: row for row in nominees(mentor, year)}
    assert rows[free.pk].can_nominate and not rows[free.pk].can_withdraw
    assert rows[entry.courseware_id].can_withdraw and not rows[entry.courseware_id].can_nominate
    assert rows[empty.pk].hindrance == "还没有上传文件。" and not rows[empty.pk].can_nominate
    panel.judging(year)
    assert not any(row.can_nominate or row.can_withdraw for row in nominees(mentor, year))


# Who judges.


def test_judge_is_appointed_once_and_a_mentor_brings_the_employer(year, staff, mentor):
    mentor.user.is_judge = True
    mentor.user.save(update_fields=["is_judge"])

    def appoint(employer: str) -> PanelJudge:
        return services.appoint_judge(
            year=year, person=mentor.user, employer=employer, by=staff, at=timezone.now()
        )

    assert appoint(" ").employer == mentor.employer
    assert appoint("别的单位").employer == mentor.employer
    assert PanelJudge.objects.count() == 1


def test_who_is_no_judge_or_has_no_employer_is_not_appointed(year, staff, job_seeker, judge):
    with pytest.raises(errors.NotAJudge):
        services.appoint_judge(year=year, person=job_seeker, employer="甲", by=staff, at=timezone.now())
    with pytest.raises(errors.JudgeWithoutEmployer):
        services.appoint_judge(year=year, person=judge, employer=" ", by=staff, at=timezone.now())


def test_judge_leaves_with_open_sheets_but_not_after_submitting(year, staff):
    judges = [panel.make_judge(year, staff) for _ in range(3)]
    entry = panel.confirmed(staff)
    assign(year, staff)
    panel.give(entry.sheets.get(judge=judges[0]))
    with pytest.raises(errors.JudgeHasSubmitted):
        release(judges[0], staff)
    release(judges[1], staff)
    assert not PanelJudge.objects.filter(pk=judges[1].pk).exists()
    assert entry.sheets.count() == 2


def test_nobody_comes_or_goes_once_the_judging_is_closed(year, staff, judge):
    member = panel.make_judge(year, staff)
    type(year).objects.filter(pk=year.pk).update(stage="computing")
    with pytest.raises(errors.PanelClosed):
        services.appoint_judge(year=year, person=judge, employer="甲", by=staff, at=timezone.now())
    with pytest.raises(errors.PanelClosed):
        release(member, staff)
    with pytest.raises(errors.PanelClosed):
        assign(year, staff)


# Who judges what.


def test_assigning_gives_each_entry_and_each_teaching_mentor_enough_judges(year, staff):
    for _ in range(4):
        panel.make_judge(year, staff)
    entries = [panel.confirmed(staff) for _ in range(4)]
    teaching, idle = offerings.make_mentor("李敏"), offerings.make_mentor("王强")
    panel.taught(teaching, staff)
    made = assign(year, staff)
    assert (made.of_entries, made.of_mentors, made.lacking) == (12, 3, [])
    assert [entry.sheets.count() for entry in entries] == [3, 3, 3, 3]
    assert teaching.sheets.count() == 3 and not idle.sheets.exists()
    assert [judge.sheets.of_courseware().count() for judge in year.judges.all()] == [3, 3, 3, 3]


def test_assigning_again_makes_nothing(year, staff):
    for _ in range(3):
        panel.make_judge(year, staff)
    panel.confirmed(staff)
    assert assign(year, staff).count == 3
    assert assign(year, staff).count == 0
    assert ScoreSheet.objects.count() == 3


@pytest.mark.parametrize(
    "employer", ["三一重工股份有限公司", " 三一重工 股份有限公司", "三一重工股份有限公司\u3000"]
)
def test_colleague_never_judges_and_the_shortage_says_so(year, staff, mentor, employer):
    colleague = panel.make_judge(year, staff, employer=employer, name="老王")
    panel.make_judge(year, staff)
    entry = panel.confirmed(staff, mentor)
    [lacking] = assign(year, staff).lacking
    assert not colleague.sheets.exists()
    assert (lacking.found, lacking.wanted, lacking.reasons) == (1, 3, ["老王：同单位"])
    assert lacking.what == f"课件 01（{entry}）"


def test_judge_who_is_a_mentor_judges_neither_the_own_nor_colleagues_work(year, staff, mentor):
    """Also where another employer was typed for the panel."""
    mentor.user.is_judge = True
    mentor.user.save(update_fields=["is_judge"])
    judge = services.appoint_judge(
        year=year, person=mentor.user, employer="湖南大学", by=staff, at=timezone.now()
    )
    colleague = offerings.make_mentor("李敏")
    type(colleague).objects.filter(pk=colleague.pk).update(employer=mentor.employer)
    for author in (mentor, colleague):
        panel.confirmed(staff, author)
    other = panel.confirmed(staff)
    assign(year, staff)
    assert [sheet.entry for sheet in judge.sheets.all()] == [other]


def test_unconfirmed_entries_get_no_sheets(year, staff):
    panel.make_judge(year, staff)
    panel.nominated(staff)
    assert plan_of(year).count == 0


def test_recused_judge_is_replaced_while_judging_and_the_new_one_is_told(year, staff):
    judges = [panel.make_judge(year, staff) for _ in range(4)]
    entry = panel.confirmed(staff)
    assign(year, staff)
    panel.judging(year)
    sheet = entry.sheets.first()
    sheet.state, sheet.reason, sheet.recused_at = ScoreSheet.State.RECUSED, "师生关系", timezone.now()
    sheet.save()
    assert assign(year, staff).count == 1
    assert entry.sheets.standing().count() == 3
    assert {each.judge for each in entry.sheets.all()} == set(judges)
    assert Message.objects.get(kind="evaluation_sheets_added").person == judges[3].person


def test_assigning_in_preparation_tells_nobody_yet(year, staff):
    panel.make_judge(year, staff)
    panel.confirmed(staff)
    assign(year, staff)
    assert not Message.objects.filter(kind="evaluation_sheets_added").exists()


# Who is reminded.


def test_judges_who_owe_sheets_are_reminded_once_a_day(year, staff):
    late, done, idle = (panel.make_judge(year, staff) for _ in range(3))
    entry = panel.confirmed(staff)
    type(year).objects.filter(pk=year.pk).update(min_judges=2)
    assign(year, staff)
    panel.give(entry.sheets.get(judge=done))
    panel.judging(year)
    at = timezone.localtime().replace(hour=9)
    for moment in (at, at + timedelta(hours=3), at + timedelta(days=1)):
        assert nudge(year, [late, done, idle], staff, moment) == 1
    messages = Message.objects.filter(kind="evaluation_judge_nudged")
    assert [message.person for message in messages] == [late.person] * 2
    assert "还有 1 份评分表没有提交" in messages[0].body


def test_nobody_is_reminded_outside_the_judging(year, staff):
    with pytest.raises(errors.NothingToNudge):
        nudge(year, [], staff)

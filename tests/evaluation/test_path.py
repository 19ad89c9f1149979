"""The way of a year in the admin (年度流程): from stage to stage, back with a reason, runs and the result."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluation.models import EvaluationYear, RankingRun, YearStep
from evaluation.selectors.path import path_of
from evaluation.selectors.years import current_year
from tests import judged, offerings, panel, year_end

pytestmark = pytest.mark.django_db
Stage = EvaluationYear.Stage
NOW = reverse("admin:evaluation_evaluationyear_path_now")


@pytest.fixture
def year():
    return panel.this_year()


@pytest.fixture
def office(client, staff):
    client.force_login(staff)
    return client


@pytest.fixture
def post(office, year):
    def send(act: str, **typed: object):
        return office.post(address(year), {"act": act, **typed}, follow=True)

    return send


def address(year: EvaluationYear, page: str = "path") -> str:
    return reverse(f"admin:evaluation_evaluationyear_{page}", args=[year.pk])


def text(response, status: int = 200) -> str:
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def stage_of(year: EvaluationYear) -> str:
    return EvaluationYear.objects.get(pk=year.pk).stage


def ready_to_judge(year: EvaluationYear, staff) -> None:
    """Everything that must be there before the judging; what only should be is missing."""
    year.min_judges = 1
    year.save()
    entry = panel.confirmed(staff)
    panel.given(panel.make_judge(year, staff), staff, entry=entry)


# Forward.


def test_page_shows_the_stages_and_what_blocks_first_with_links(office, year):
    shown = text(office.get(address(year)))
    assert 'class="is-here" aria-current="step"' in shown
    blocking, doubt = "还没有确认参评的课件。", "还没有定评审截止日期。"
    assert shown.index(blocking) < shown.index(doubt)
    assert f"{reverse('admin:evaluation_coursewareentry_changelist')}?year__id__exact={year.pk}" in shown
    assert address(year, "change") in shown
    assert 'value="advance"' not in shown


def test_links_of_what_is_missing_lead_to_pages(office, year, staff):
    ready_to_judge(year, staff)
    panel.nominated(staff)
    urls = {lack.url for lack in path_of(year, timezone.now()).lacks}
    for stage in (Stage.JUDGING, Stage.COMPUTING):
        EvaluationYear.objects.update(stage=stage)
        urls |= {lack.url for lack in path_of(EvaluationYear.objects.get(), timezone.now()).lacks}
    assert len(urls - {""}) >= 4
    assert {office.get(url).status_code for url in urls - {""}} == {200}


def test_step_with_doubts_wants_them_seen_and_twice_is_once(post, year, staff):
    ready_to_judge(year, staff)
    refused = text(post("advance", to="judging"), 422)
    assert "请先看过这些情况并勾选确认" in refused
    assert stage_of(year) == Stage.PREPARATION
    assert "已进入“评审”阶段" in text(post("advance", to="judging", seen="on"))
    assert "已进入“评审”阶段" in text(post("advance", to="judging", seen="on"))
    assert (stage_of(year), YearStep.objects.count()) == (Stage.JUDGING, 1)


def test_step_that_something_blocks_is_refused_in_words(post, year):
    assert "还不能进入下一阶段" in text(post("advance", to="judging", seen="on"), 422)
    assert stage_of(year) == Stage.PREPARATION


@pytest.mark.parametrize("to", ["final", "computing", "nowhere", "", "\x00"])
def test_no_stage_is_left_out(post, year, staff, to):
    ready_to_judge(year, staff)
    assert post("advance", to=to, seen="on").status_code == 422
    assert stage_of(year) == Stage.PREPARATION


def test_year_goes_its_whole_way_by_the_page(post, office, year, staff):
    ready_to_judge(year, staff)
    post("advance", to="judging", seen="on")
    for sheet in year.sheets.all():
        panel.give(sheet)
    judged.appointed(year)
    post("advance", to="computing", seen="on")
    assert stage_of(year) == Stage.COMPUTING
    run = _started(post)
    assert "排名计算正在进行" in text(office.get(address(year)))
    judged.done(run)
    post("advance", to="review", seen="on")
    assert "还没有选定哪一次计算" in text(office.get(address(year)))
    assert "已选定第 1 次计算为年度结果" in text(post("choose", run=run.pk))
    post("advance", to="objections", seen="on")
    shown = text(office.get(address(year)))
    assert "公示到" in shown
    assert "退回到前面的阶段" not in shown
    EvaluationYear.objects.update(objections_until=timezone.now() - timedelta(minutes=1))
    post("advance", to="final", seen="on")
    assert "本年度已经定稿" in text(office.get(address(year)))


def _started(post) -> RankingRun:
    shown = post("start")
    run = RankingRun.objects.get()
    assert shown.redirect_chain[-1][0] == reverse("admin:evaluation_rankingrun_change", args=[run.pk])
    return run


# Back.


def test_year_is_taken_back_with_a_reason(post, year, staff):
    judged.computing(year, staff)
    assert "已退回到“评审”阶段" in text(post("reopen", to="judging", reason="漏了一位专家"))
    assert stage_of(year) == Stage.JUDGING
    assert YearStep.objects.first().reason == "漏了一位专家"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"to": "judging", "reason": " "}, "请写明退回的理由"),
        ({"reason": "漏了一位专家"}, "请选择退回到哪个阶段。"),
        ({"to": "final", "reason": "漏了一位专家"}, "请选择退回到哪个阶段。"),
    ],
)
def test_year_is_not_taken_back_so_and_what_was_typed_stays(post, year, staff, typed, sentence):
    judged.computing(year, staff)
    shown = text(post("reopen", **typed), 422)
    assert sentence in shown
    assert typed["reason"].strip() in shown
    assert "<details open>" in shown
    assert stage_of(year) == Stage.COMPUTING


def test_shown_result_is_not_taken_back(post, year):
    year_end.shown(year)
    post("reopen", to="judging", reason="想改")
    assert stage_of(year) == Stage.OBJECTIONS


# Runs and the result.


def test_run_is_not_started_before_its_stage(post, year):
    assert "不能计算排名" in text(post("start"))
    assert not RankingRun.objects.exists()


def test_correction_wants_a_reason_and_keeps_the_choice(post, office, year, staff):
    judged.computing(year, staff)
    year_end.shown(year)
    other = year_end.done_run(year)
    refused = text(post("choose", run=other.pk, reason=""), 422)
    assert "公示期间更换结果，请写明理由" in refused
    assert f'value="{other.pk}" checked' in refused
    assert "已选定第 2 次" in text(post("choose", run=other.pk, reason="补录两次咨询"))
    assert RankingRun.objects.get(is_result=True) == other
    assert "补录两次咨询" in text(office.get(address(year)))


@pytest.mark.parametrize("run", ["", "x", "999999999"])
def test_run_that_is_not_there_is_not_chosen(post, year, staff, run):
    judged.computing(year, staff)
    judged.done(_started(post))
    EvaluationYear.objects.update(stage=Stage.REVIEW)
    assert "请选择一次" in text(post("choose", run=run), 422)
    assert not RankingRun.objects.filter(is_result=True).exists()


def test_run_of_another_year_is_not_chosen(post, year, staff):
    judged.computing(year, staff)
    judged.done(_started(post))
    EvaluationYear.objects.update(stage=Stage.REVIEW)
    other = year_end.done_run(year_end.year_of(year.year - 1))
    assert "请选择一次已完成的计算" in text(post("choose", run=other.pk), 422)


def test_unknown_act_changes_nothing(post, year):
    assert post("dance").status_code == 200
    assert stage_of(year) == Stage.PREPARATION


# Ways to it, and who may go them.


def test_menu_opens_the_year_that_is_under_way(office, year):
    year_end.year_of(year.year + 1)
    year_end.in_stage(year, Stage.JUDGING)
    assert current_year() == year
    assert f"{year.year} 年度两优评选流程" in text(office.get(NOW))
    year_end.in_stage(year, Stage.FINAL)
    assert current_year().year == year.year + 1


def test_list_and_change_page_lead_to_the_path(office, year):
    for page in (reverse("admin:evaluation_evaluationyear_changelist"), address(year, "change")):
        assert address(year) in text(office.get(page))


def test_staff_of_a_unit_are_refused(client, unit_staff, year):
    client.force_login(unit_staff)
    assert client.get(address(year)).status_code == 403
    assert client.get(NOW).status_code == 403
    assert client.post(address(year), {"act": "start"}).status_code == 403


def test_who_may_only_look_sees_no_button_and_changes_nothing(client, make_user, year, staff):
    from django.contrib.auth.models import Permission

    reader = make_user("审计员", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_evaluationyear"))
    client.force_login(reader)
    judged.computing(year, staff)
    assert 'name="act"' not in text(client.get(address(year)))
    assert client.post(address(year), {"act": "start"}).status_code == 403


def test_path_costs_the_same_with_more_steps_and_runs(
    year, staff, django_assert_num_queries, django_assert_max_num_queries
):
    def grow() -> None:
        judged.computing(year, staff)
        year_end.done_run(year, [(offerings.make_mentor(), "50")])

    grow()
    EvaluationYear.objects.update(stage=Stage.REVIEW)
    year = EvaluationYear.objects.get()
    with django_assert_max_num_queries(10) as few:
        path_of(year, timezone.now())
    for _ in range(5):
        grow()
    EvaluationYear.objects.update(stage=Stage.REVIEW)
    year.refresh_from_db()
    with django_assert_num_queries(len(few)):
        path_of(year, timezone.now())

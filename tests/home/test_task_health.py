"""任务状态: the worker records each periodic task's runs, staff of the province see how they stand."""

import logging
import pickle
from datetime import timedelta

import pytest
from celery import shared_task
from celery.schedules import crontab
from django.conf import settings as portal_settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mentor_portal.accounts.tasks import forget_old_codes
from mentor_portal.errors import DomainError
from mentor_portal.home import selectors, services, tasks
from mentor_portal.home.models import TaskRecord
from mentor_portal.home.rules import TaskState
from mentor_portal.home.tasks import HEART, beat_heart, note_schedule
from tests import moments
from tests.faults import missing

pytestmark = pytest.mark.django_db

PAGE = reverse("admin:home_taskrecord_changelist")
INDEX = reverse("admin:index")
CODES = "清理过期的登录验证码"
NOON = moments.at("2026-03-12 12:00")


@shared_task(name="tests.refuse")
def refuse() -> None:
    raise DomainError()


@shared_task(name="tests.fail_with_login")
def fail_with_login() -> None:
    raise ConnectionError(f"no login with {portal_settings.SECRET_KEY} at redis://:hunter2@cache/0")


def record_of(task) -> TaskRecord:
    return TaskRecord.objects.get(task=task.name)


def line_of(task, at=None) -> selectors.TaskLine:
    [line] = [line for line in selectors.task_lines(at or timezone.now()) if line.task == task.name]
    return line


@pytest.fixture
def schedule(settings):
    """``schedule(**{"tests.refuse": 60})``: these tasks alone are periodic."""

    def set_to(**timings: object) -> None:
        settings.CELERY_BEAT_SCHEDULE = {
            name: {"task": name, "schedule": timing} for name, timing in timings.items()
        }

    return set_to


def test_every_entry_of_the_schedule_has_a_chinese_name():
    scheduled = {entry["task"] for entry in portal_settings.CELERY_BEAT_SCHEDULE.values()}
    assert scheduled == set(portal_settings.PERIODIC_TASK_NAMES)
    assert all("一" <= name[0] <= "鿿" for name in portal_settings.PERIODIC_TASK_NAMES.values())


def test_every_entry_of_the_schedule_leads_to_a_task_of_that_name():
    from mentor_portal.celery import app

    app.loader.import_default_modules()
    assert {entry["task"] for entry in portal_settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


# --- Recording ----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_failing_task_is_recorded_and_a_success_after_it_makes_it_well_again():
    forget_old_codes.apply()
    before = record_of(forget_old_codes)

    with missing("accounts_signincode"):
        assert forget_old_codes.apply().failed()
    failed = record_of(forget_old_codes)
    assert line_of(forget_old_codes).state == TaskState.FAILED
    assert failed.last_error.startswith(("OperationalError: ", "ProgrammingError: "))
    assert "accounts_signincode" in failed.last_error
    assert failed.last_succeeded_at == before.last_succeeded_at
    assert failed.last_started_at <= failed.last_error_at == failed.last_finished_at
    assert failed.last_duration == failed.last_finished_at - failed.last_started_at

    assert forget_old_codes.apply().successful()
    again = record_of(forget_old_codes)
    assert line_of(forget_old_codes).state == TaskState.WELL
    assert (again.last_error, again.last_error_at) == (failed.last_error, failed.last_error_at)
    assert (again.runs, again.failures) == (3, 1)


def test_run_costs_one_update_more_than_the_task(django_assert_num_queries):
    beat_heart.apply()
    with CaptureQueriesContext(connection) as bare:
        beat_heart()
    with django_assert_num_queries(len(bare) + 1) as queries:
        beat_heart.apply()
    assert queries[-1]["sql"].startswith("UPDATE")


@pytest.mark.django_db(transaction=True)
def test_task_does_its_work_where_the_record_cannot_be_kept(caplog):
    with missing("home_taskrecord"), caplog.at_level(logging.ERROR):
        assert beat_heart.apply().successful()
        assert selectors.heart(timezone.now()).is_well
    assert "the run of mentor_portal.home.tasks.beat_heart could not be recorded" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_task_fails_with_its_own_error_where_the_record_cannot_be_kept(schedule, caplog):
    schedule(**{"tests.refuse": 60})
    with missing("home_taskrecord"), caplog.at_level(logging.ERROR):
        assert "DomainError" in repr(refuse.apply().result)
    assert "the failure of tests.refuse could not be recorded" in caplog.text


def test_task_that_is_not_periodic_keeps_no_record():
    refuse.apply()
    note_schedule.apply()
    assert not TaskRecord.objects.exclude(task__in=portal_settings.PERIODIC_TASK_NAMES).exists()


def test_error_names_the_class_and_sentence_of_what_celery_wraps(schedule):
    """Celery wraps what cannot be pickled, as a rule's no."""
    schedule(**{"tests.refuse": 60})
    with pytest.raises(TypeError):
        pickle.loads(pickle.dumps(DomainError()))
    refuse.apply()
    assert record_of(refuse).last_error == f"DomainError: {DomainError.sentence}"


def test_error_holds_no_secret_of_the_settings(schedule):
    schedule(**{"tests.fail_with_login": 60})
    fail_with_login.apply()
    assert (
        record_of(fail_with_login).last_error == "ConnectionError: no login with *** at redis://***@cache/0"
    )


def test_lost_process_is_a_failure_without_a_known_start():
    """Celery reports it from the worker's main process, where the run did not begin."""
    tasks.record_failure(sender=forget_old_codes, exception=RuntimeError("signal 9"))
    record = record_of(forget_old_codes)
    assert (record.last_error, record.runs, record.failures) == ("RuntimeError: signal 9", 1, 1)
    assert record.last_started_at == record.last_finished_at


def test_noting_the_schedule_again_changes_nothing():
    note_schedule.apply()
    before = list(TaskRecord.objects.values())
    note_schedule.apply()
    assert list(TaskRecord.objects.values()) == before
    assert {record["task"] for record in before} == set(portal_settings.PERIODIC_TASK_NAMES)


# --- How tasks stand ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("timing", "last", "due", "late_after"),
    [
        (30, "2026-03-12 12:00", "2026-03-12 12:00:30", 120),
        (timedelta(minutes=5), "2026-03-12 12:00", "2026-03-12 12:05", 660),
        (crontab(hour=3, minute=30), "2026-03-12 03:30:02", "2026-03-13 03:30", 2 * 86400 + 60),
        (crontab(hour=3, minute=30), "2026-03-12 02:00", "2026-03-12 03:30", 2 * 86400 + 60),
        (crontab(minute="*/15"), "2026-03-12 12:01", "2026-03-12 12:15", 2 * 900 + 60),
        (
            crontab(hour=8, minute=0, day_of_week="mon"),
            "2026-03-09 08:00",
            "2026-03-16 08:00",
            14 * 86400 + 60,
        ),
    ],
)
def test_next_run_follows_the_last_one_in_shanghai_time(schedule, timing, last, due, late_after):
    schedule(**{"tests.refuse": timing})
    started_at, due_at = moments.at(last), moments.at(due)
    services.record_task_success(task=refuse.name, started_at=started_at, at=started_at)
    last_good = due_at + timedelta(seconds=late_after)
    before, on_time = line_of(refuse, due_at - timedelta(seconds=1)), line_of(refuse, last_good)
    late = line_of(refuse, last_good + timedelta(seconds=1))
    assert {before.next_at, on_time.next_at, late.next_at} == {due_at}
    assert (before.is_due, on_time.is_due) == (False, True)
    assert (before.state, on_time.state, late.state) == (TaskState.WELL, TaskState.WELL, TaskState.OVERDUE)


def test_task_that_never_ran_is_late_counted_from_when_the_worker_saw_it(schedule):
    schedule(**{"tests.refuse": 60})
    assert (line_of(refuse).state, line_of(refuse).next_at) == (TaskState.NEVER, None)
    services.note_tasks(tasks=[refuse.name], at=NOON)
    assert line_of(refuse, NOON + timedelta(seconds=240)).state == TaskState.NEVER
    assert line_of(refuse, NOON + timedelta(seconds=241)).state == TaskState.OVERDUE


# --- What staff see -----------------------------------------------------------------------------


def text_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_page_shows_each_task_by_name_with_its_last_error(client, staff):
    client.force_login(staff)
    at = timezone.now()
    error = "OperationalError: connection refused"
    services.record_task_failure(
        task=forget_old_codes.name, started_at=moments.at("2026-03-12 08:15"), at=at, error=error
    )
    services.record_task_success(task=forget_old_codes.name, started_at=at, at=at + timedelta(seconds=2))
    page = text_of(client, PAGE)
    assert all(name in page for name in portal_settings.PERIODIC_TASK_NAMES.values())
    assert error in page and "2.0 秒" in page
    assert f"{timezone.localtime(at):%H:%M:%S}" in page
    assert "正常" in page and "未运行过" in page


@pytest.mark.parametrize(
    ("seconds", "sentence", "colour"),
    [(179, "179 秒前", "bg-green-100"), (181, "后台任务进程已停止 3 分钟，请联系管理员", "bg-red-100")],
)
def test_heartbeat_goes_red_after_three_minutes(client, staff, monkeypatch, seconds, sentence, colour):
    client.force_login(staff)
    now = timezone.now()
    services.record_heartbeat(name=HEART, at=now - timedelta(seconds=seconds))
    monkeypatch.setattr(timezone, "now", lambda: now)
    page = text_of(client, PAGE)
    before, _, _ = page.partition(sentence)
    assert before != page and colour in before.rpartition("<p")[2]
    assert ("后台任务进程已停止" in text_of(client, INDEX)) is (seconds > 180)


def all_well() -> None:
    at = timezone.now()
    services.record_heartbeat(name=HEART, at=at)
    for task in portal_settings.PERIODIC_TASK_NAMES:
        services.record_task_success(task=task, started_at=at, at=at)


def test_first_page_says_nothing_while_all_is_well(client, staff):
    client.force_login(staff)
    all_well()
    assert troubles(client) == []
    assert "查看任务状态" not in text_of(client, INDEX)


def troubles(client) -> list[str]:
    return client.get(INDEX).context["task_troubles"]


def test_first_page_warns_of_a_failing_task_and_leads_to_the_page(client, staff):
    client.force_login(staff)
    all_well()
    at = timezone.now()
    services.record_task_failure(task=forget_old_codes.name, started_at=at, at=at, error="E")
    assert troubles(client) == [f"后台任务出错：{CODES}"]
    assert "查看任务状态" in text_of(client, INDEX)


def test_first_page_warns_of_an_overdue_task_while_the_worker_runs(client, staff):
    client.force_login(staff)
    all_well()
    TaskRecord.objects.filter(task=beat_heart.name).update(
        last_started_at=timezone.now() - timedelta(seconds=160)
    )
    assert troubles(client) == ["后台任务逾期未运行：后台任务进程心跳"]


def test_first_page_tells_a_stopped_worker_once(client, staff):
    client.force_login(staff)
    all_well()
    old = timezone.now() - timedelta(minutes=10, seconds=5)
    services.record_heartbeat(name=HEART, at=old)
    TaskRecord.objects.update(last_started_at=old)
    assert troubles(client) == ["后台任务进程已停止 10 分钟，请联系管理员"]


def test_staff_of_a_unit_see_neither_page_nor_warning(client, unit_staff):
    client.force_login(unit_staff)
    assert client.get(PAGE).status_code == 403
    first = text_of(client, INDEX)
    assert troubles(client) == []
    assert "查看任务状态" not in first and PAGE not in first


def test_page_costs_the_same_for_one_task_and_thirty(client, staff, schedule):
    client.force_login(staff)
    schedule(**{"tests.refuse": 60})
    at = timezone.now()

    def cost() -> list[int]:
        costs = []
        for address in (PAGE, INDEX):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            costs.append(len(queries))
        return costs

    services.record_task_success(task="tests.refuse", started_at=at, at=at)
    one = cost()
    names = {f"tests.task_{number}": 60 for number in range(30)}
    schedule(**names)
    for name in names:
        services.record_task_failure(task=name, started_at=at, at=at, error="E: m")
    assert cost() == one
    assert text_of(client, PAGE).count("E: m") == 30

"""The revision of an offering: it grows with everything that a calendar must show anew."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from classrooms.services import plan_session
from mentor_portal.reservations.models import Offering
from mentor_portal.reservations.services import cancel_offering, change_offering, publish_offering
from tests import offerings

HOUR = timedelta(hours=1)


@pytest.fixture
def plan(db):
    return offerings.make_plan()


@pytest.fixture
def session(plan, staff):
    draft = plan_session(plan=plan, by=staff)
    publish_offering(offering=draft.offering, by=staff, at=timezone.now())
    return draft


def _changed(session, plan, staff, **values) -> Offering:
    plan = replace(plan, **values).offering_plan()
    change_offering(offering=session.offering, plan=plan, by=staff, at=timezone.now())
    return Offering.objects.get(pk=session.pk)


@pytest.mark.parametrize(
    "changed",
    [
        lambda plan: {"title": "换了题目"},
        lambda plan: {"starts_at": plan.starts_at - HOUR},
        lambda plan: {"ends_at": plan.ends_at + HOUR},
        lambda plan: {"venue": offerings.make_venue()},
        lambda plan: {"mentors": [offerings.make_mentor("李慧芳")]},
    ],
    ids=["title", "start", "end", "venue", "hosts"],
)
def test_change_of_what_a_calendar_shows_is_a_revision(session, plan, staff, changed):
    before = timezone.now()
    offering = _changed(session, plan, staff, **changed(plan))
    assert offering.revision == 1
    assert offering.revised_at >= before


def test_more_seats_or_nothing_at_all_is_no_revision(session, plan, staff):
    assert _changed(session, plan, staff).revision == 0
    assert _changed(session, plan, staff, capacity=40).revised_at is None


def test_change_of_a_draft_is_no_revision(plan, staff):
    draft = plan_session(plan=plan, by=staff)
    assert _changed(draft, plan, staff, title="换了题目").revision == 0


def test_every_change_counts_and_calling_off_counts_once(session, plan, staff):
    _changed(session, plan, staff, title="换了题目")
    _changed(session, plan, staff, title="又换了题目")
    for _ in range(2):
        cancel_offering(offering=session.offering, by=staff, at=timezone.now(), reason="停电")
    offering = Offering.objects.get(pk=session.pk)
    assert offering.revision == 3
    assert offering.revised_at == offering.cancelled_at


@pytest.fixture
def before_revisions(transactional_db):
    """Return the models as they were before revisions were counted; go forward again afterwards."""
    executor = MigrationExecutor(connection)
    yield executor.migrate([("reservations", "0004_requests_and_approval")]).apps
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_what_was_moved_or_called_off_before_has_had_one_revision(before_revisions):
    at = timezone.now()
    later = at + HOUR
    unit = before_revisions.get_model("accounts", "HostUnit").objects.first()
    moments = {
        "quiet": {},
        "moved": {"moved_at": at},
        "cancelled": {"moved_at": at, "cancelled_at": later, "state": "cancelled"},
    }
    for number, (title, values) in enumerate(moments.items()):
        before_revisions.get_model("reservations", "Offering").objects.create(
            **{"title": title, "kind": "class", "state": "published", "published_at": at, **values},
            starts_at=at,
            ends_at=later,
            host_unit=unit,
            capacity=1,
            booking_opens_at=at - HOUR,
            booking_closes_at=at,
            check_in_code=str(number),
        )
    executor = MigrationExecutor(connection)
    apps = executor.migrate([("reservations", "0005_offering_revision")]).apps
    rows = apps.get_model("reservations", "Offering").objects.values_list("title", "revision", "revised_at")
    assert set(rows) == {("quiet", 0, None), ("moved", 1, at), ("cancelled", 1, later)}

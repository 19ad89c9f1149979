"""A scaled year for measurements: as many rows as asked for, alike each time, and nothing that cannot be."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from consultations.models import ConsultationShift, Placement
from evaluation.models import BonusEvent, EvaluationYear, RankingRun
from evaluation.selectors import gather, mentors_of
from evaluation.services import start_run
from mentor_portal.accounts.models import User
from mentor_portal.home.demo.scale.plan import plan_of
from mentor_portal.reservations.models import Reservation
from mentors.models import Mentor
from research.models import ResearchReport
from tests import judged

pytestmark = pytest.mark.django_db
TODAY, MENTORS = date(2026, 11, 23), 27
State = Reservation.State


def fill(**options: object) -> str:
    out = StringIO()
    call_command("seed_demo", stdout=out, **{"scale": MENTORS, "today": TODAY, **options})
    return out.getvalue()


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """A scaled year, for every test that only looks; what the command said."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield fill()
        transaction.set_rollback(True)


def counted() -> dict[str, object]:
    """Return what each mentor's year comes to, by name."""
    year = EvaluationYear.objects.get()
    names = dict(Mentor.objects.values_list("pk", "name"))
    return {names[pk]: evidence for pk, evidence in gather(year, mentors_of(year)).items()}


def test_scale_makes_as_many_rows_as_asked(filled):
    assert Mentor.objects.count() == MENTORS
    assert Reservation.objects.count() == 100 * MENTORS
    assert Reservation.objects.filter(state=State.ATTENDED).count() == 20 * MENTORS
    plans = [plan_of(place) for place in range(MENTORS)]
    assert ConsultationShift.objects.count() == sum(each.duties for each in plans)
    assert Placement.objects.verified().count() == sum(each.placements for each in plans)
    assert BonusEvent.objects.verified().count() == sum(each.bonus_events for each in plans)
    free = ResearchReport.objects.filter(kind=ResearchReport.Kind.FREE)
    assert free.count() == sum(each.free_reports for each in plans)
    assert "27 mentors, 2,700 reservations, 540 of them attended" in filled


def test_scale_leaves_no_broken_invariant(filled):
    call_command("check_invariants", stdout=StringIO())


def test_scale_has_everybody_in_one_place_at_a_time(filled):
    spans = defaultdict(list)
    held = Reservation.objects.exclude(state=State.CANCELLED)
    for person, *span in held.values_list("person", "offering__starts_at", "offering__ends_at"):
        spans[person].append(span)
    assert all(
        one[1] <= other[0] for of_person in spans.values() for one, other in pairwise(sorted(of_person))
    )


def test_scale_has_every_kind_of_evidence_in_many_sizes(filled):
    found = list(counted().values())
    for name in ("classes", "consultations", "placements", "likes", "bookings", "survey_mean"):
        assert len({getattr(each, name) for each in found}) > 2
    for name in ("collective_reports", "free_reports", "bonus_events"):
        assert {getattr(each, name) for each in found} >= {0, 1, 2}


def test_scale_can_be_ranked_at_once(filled):
    with transaction.atomic():
        year, staff = EvaluationYear.objects.get(), User.objects.filter(is_staff=True).first()
        run = judged.done(start_run(year=year, by=staff, at=timezone.now()))
        assert (run.state, run.mentor_count) == (RankingRun.State.DONE, MENTORS)
        assert run.courseware.filter(rank__isnull=False).count() == 2
        assert run.cards.values("total").distinct().count() > MENTORS // 2
        assert all(float(each.lines["teaching_skill"]["points"]) >= 0 for each in run.cards.all())
        transaction.set_rollback(True)


def test_scale_twice_is_refused(filled):
    with pytest.raises(CommandError, match="already"):
        fill()
    assert Mentor.objects.count() == MENTORS

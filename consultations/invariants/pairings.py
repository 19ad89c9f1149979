"""What must always be true of pairings and placements, looked up in the whole database."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Q

from consultations.models import Pairing, PairingStep, Placement, PlacementProof
from consultations.rules.pairings import LIVE, State, employer_key, month_of
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Hosting

CLAIMED = (State.CLAIMED, State.CONFIRMED, State.PLACED, State.STARTED_BUSINESS)
ENDS = {Placement.Kind.JOB: State.PLACED, Placement.Kind.BUSINESS: State.STARTED_BUSINESS}
# The step without which a pairing cannot have come to a state.
STEP_OF_STATE = {
    State.PROPOSED: ["proposed"],
    State.ACTIVE: ["accepted", "disputed", "returned"],
    State.CLAIMED: ["claimed"],
    State.CONFIRMED: ["confirmed"],
    State.DECLINED: ["declined"],
    State.PLACED: ["verified"],
    State.STARTED_BUSINESS: ["verified"],
    State.UNSUCCESSFUL: ["given_up", "refused"],
    State.STOPPED: ["stopped"],
}


def broken() -> Iterator[str]:
    """Yield one sentence for each broken invariant."""
    yield from _with_oneself()
    yield from _live_twice()
    yield from _from_elsewhere()
    yield from _without_a_step()
    yield from _claims_without_a_proof()
    yield from _verified_without_an_end()
    yield from _counted_twice()
    yield from _placements_that_say_otherwise()


def _with_oneself() -> Iterator[str]:
    for row in Pairing.objects.filter(mentor__user=F("job_seeker")).order_by("pk"):
        yield f"pairing {row.pk}: mentor and job seeker are one person"


def _live_twice() -> Iterator[str]:
    live = Pairing.objects.filter(state__in=LIVE).order_by().values("mentor", "job_seeker")
    for row in live.annotate(many=Count("pk")).filter(many__gt=1):
        yield f"mentor {row['mentor']} and person {row['job_seeker']}: {row['many']} live pairings"


def _from_elsewhere() -> Iterator[str]:
    hosted = Hosting.objects.filter(
        offering=OuterRef("started_from__offering"), person=OuterRef("mentor__user")
    )
    kinds = [OfferingKind.CONSULTATION, OfferingKind.CLINIC]
    fitting = (
        Q(Exists(hosted))
        & Q(started_from__person=F("job_seeker"))
        & Q(started_from__offering__kind__in=kinds)
    )
    rows = Pairing.objects.filter(started_from__isnull=False).exclude(fitting)
    for row in rows.order_by("pk"):
        yield f"pairing {row.pk}: reservation {row.started_from_id} is no consultation of the two"


def _without_a_step() -> Iterator[str]:
    for state, actions in STEP_OF_STATE.items():
        step = PairingStep.objects.filter(
            pairing=OuterRef("pk"), action__in=actions, at=OuterRef("changed_at")
        )
        for row in Pairing.objects.filter(~Exists(step), state=state).order_by("pk"):
            yield f"pairing {row.pk}: {row.state}, but no step says who and when"


def _claims_without_a_proof() -> Iterator[str]:
    proof = PlacementProof.objects.filter(placement__pairing=OuterRef("pk"))
    rows = Pairing.objects.filter(~Exists(proof), state__in=CLAIMED)
    for row in rows.order_by("pk"):
        yield f"pairing {row.pk}: {row.state}, but there is no proof of it"


def _verified_without_an_end() -> Iterator[str]:
    ended = Q(pairing__state__in=ENDS.values())
    for row in Placement.objects.filter(ended, verified_at__isnull=True).order_by("pk"):
        yield f"placement {row.pk}: its pairing ended with it, but nobody verified it"
    fitting = Q(pk__in=[])
    for kind, state in ENDS.items():
        fitting |= Q(kind=kind, pairing__state=state)
    for row in Placement.objects.verified().exclude(fitting).select_related("pairing").order_by("pk"):
        yield f"placement {row.pk}: is verified, but its pairing is {row.pairing.state}"


def _counted_twice() -> Iterator[str]:
    jobs = Placement.objects.verified().order_by().values("person", "name_key", "started_month")
    for row in jobs.annotate(many=Count("pk")).filter(many__gt=1):
        yield f"person {row['person']}: the job at {row['name_key']} counts {row['many']} times"


def _placements_that_say_otherwise() -> Iterator[str]:
    for row in Placement.objects.select_related("pairing").order_by("pk").iterator():
        if row.person_id != row.pairing.job_seeker_id:
            yield f"placement {row.pk}: is of another person than its pairing"
        if (row.name_key, row.started_month) != (employer_key(row.name), month_of(row.started_on)):
            yield f"placement {row.pk}: its key does not follow from its name and day"

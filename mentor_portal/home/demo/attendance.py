"""Who came to the demo's classes: what has begun since is attended, and what has ended is closed."""

from datetime import datetime, timedelta

from django.db.models import Count, OuterRef, QuerySet, Subquery

from mentor_portal.home.demo.people import SEEKER
from mentor_portal.reservations.models import Hosting, Offering, Reservation, Suspension
from mentor_portal.reservations.services import finish_offering
from mentor_portal.reservations.services.places import booking_rules

# Of so many who had booked one does not come; the others come up to so many minutes before the start.
NO_SHOW_EVERY = 17
EARLY_MINUTES = 25

State = Reservation.State


def attend(at: datetime) -> None:
    """Let people come to what has begun or soon will, and close what has ended; done once it stays."""
    numbers = booking_rules()
    opens_by = at + timedelta(minutes=numbers.check_in_opens_minutes)
    over_by = at - timedelta(minutes=numbers.finish_after_minutes)
    for offering in Offering.objects.published().filter(starts_at__lte=opens_by).order_by("starts_at", "pk"):
        _come(offering, at)
        if offering.ends_at <= over_by:
            finish_offering(offering_id=offering.pk, at=offering.ends_at + (at - over_by))
    note_hosts(Offering.objects.filter(starts_at__lte=at).exclude(state=Offering.State.CANCELLED))


def note_hosts(offerings: QuerySet[Offering]) -> None:
    """Mentors come to their classes."""
    start = Offering.objects.filter(pk=OuterRef("offering")).values("starts_at")
    unnoted = Hosting.objects.filter(offering__in=offerings, presence=Hosting.Presence.UNKNOWN)
    unnoted.update(presence=Hosting.Presence.PRESENT, presence_noted_at=Subquery(start))


def pause_somebody() -> None:
    """One job seeker has missed the last three classes, so that booking is paused."""
    if Suspension.objects.exists():
        return
    past = Reservation.objects.filter(
        state__in=[State.ATTENDED, State.NO_SHOW],
        is_walk_in=False,
        person__mentor=None,
        offering__finished_at__isnull=False,
    ).exclude(person__phone=SEEKER)
    limit = booking_rules().no_show_limit
    often = past.order_by().values("person").annotate(many=Count("pk")).filter(many__gte=limit)
    person = often.order_by("-many", "person").values_list("person", flat=True).first()
    if person is None:
        return
    of_person = past.filter(person=person).select_related("offering").order_by("-offering__starts_at")
    missed = list(of_person[:limit])
    Reservation.objects.filter(pk__in=[row.pk for row in missed]).update(
        state=State.NO_SHOW, checked_in_at=None, checked_in_by=None
    )
    Suspension.objects.create(
        person_id=person,
        starts_at=missed[0].offering.finished_at,
        ends_at=missed[0].offering.finished_at + timedelta(days=booking_rules().suspension_days),
        reason=f"{booking_rules().no_show_days} 天内预约后未到场 {limit} 次",
    )


def _come(offering: Offering, at: datetime) -> None:
    """Most are there some minutes before the start; before it, only the early ones.

    The job seeker of the sign-ins comes on time and never stays away; nobody does so a third time, which
    would pause booking for them.
    """
    come = []
    missed = Reservation.objects.filter(state=State.NO_SHOW).order_by().values("person")
    often = set(missed.annotate(many=Count("pk")).filter(many__gte=2).values_list("person", flat=True))
    for row in offering.reservations.filter(state=State.CONFIRMED, excuse="").select_related("person"):
        is_seeker = row.person.phone == SEEKER
        comes_at = offering.starts_at - timedelta(minutes=0 if is_seeker else row.pk % EARLY_MINUTES)
        if comes_at <= at and (is_seeker or row.person_id in often or row.pk % NO_SHOW_EVERY):
            row.state, row.checked_in_at, row.checked_in_by_id = State.ATTENDED, comes_at, row.person_id
            come.append(row)
    Reservation.objects.bulk_update(come, ["state", "checked_in_at", "checked_in_by"])

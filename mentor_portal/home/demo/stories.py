"""What the demo's people went through, told by the engine's own services, step by step."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import F, QuerySet

from mentor_portal.accounts.models import User
from mentor_portal.errors import DomainError
from mentor_portal.home.demo.people import SEEKER
from mentor_portal.notifications.services import mark_all_read
from mentor_portal.reservations import services
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Offering, Reservation

HOURS = timedelta(hours=1)
DAY = timedelta(days=1)
EXCUSE_REASON = "临时接到企业复试通知，时间冲突"
# How many of each the job seeker of the sign-ins has.
PAST, COMING, WAITING = 2, 3, 2
OTHER_OFFERS = 2

State = Reservation.State


def tell(at: datetime) -> None:
    """Bring the sign-in's bookings and what waits for staff to where a visitor should find them.

    What is still as it should be stays as it is.
    """
    seeker = User.objects.get(phone=SEEKER)
    mine = Reservation.objects.of(seeker)
    if not mine.exists():
        _attend_in_the_past(seeker, at)
        _change_ones_mind(seeker, at)
        _book(seeker, at, COMING)
        mark_all_read(person=seeker, at=at)
    coming = mine.filter(offering__starts_at__gt=at)
    _book(seeker, at, COMING - coming.filter(state=State.CONFIRMED).count())
    _wait(seeker, at, WAITING - coming.filter(state=State.WAITLISTED).count())
    if not mine.filter(state=State.OFFERED).exists():
        _be_offered(seeker, at)
    _offer_to_others(
        at, OTHER_OFFERS - Reservation.objects.filter(state=State.OFFERED).exclude(person=seeker).count()
    )
    if not Reservation.objects.live().filter(excuse=Reservation.Excuse.ASKED).exists():
        _ask_excuse(at)


def _published() -> QuerySet[Offering]:
    return Offering.objects.published().filter(kind=OfferingKind.CLASS)


def _new_to(person: User) -> QuerySet[Offering]:
    return _published().exclude(reservations__person=person)


def _roomy(offerings: QuerySet[Offering]) -> QuerySet[Offering]:
    """Those that stay as they look when one more person comes."""
    return offerings.filter(places_taken__lt=F("capacity") - 8, waiting_count=0)


def _queued(offerings: QuerySet[Offering], at: datetime) -> QuerySet[Offering]:
    """Those with a queue, far enough ahead that an offer is held for long."""
    return offerings.filter(waiting_count__gte=2, starts_at__gt=at + 2 * DAY).order_by("starts_at")


def _attend_in_the_past(seeker: User, at: datetime) -> None:
    finished = Offering.objects.filter(state=Offering.State.FINISHED, kind=OfferingKind.CLASS)
    past = _roomy(finished.exclude(reservations__person=seeker)).filter(ends_at__lt=at).order_by("-starts_at")
    for offering in list(_spread(past, 5))[:PAST]:
        booked_at = offering.starts_at - 3 * DAY
        Reservation.objects.create(
            offering=offering,
            person=seeker,
            state=State.ATTENDED,
            queued_at=booked_at,
            confirmed_at=booked_at,
            checked_in_at=offering.starts_at - HOURS / 6,
            checked_in_by=seeker,
        )
        Offering.objects.filter(pk=offering.pk).update(places_taken=F("places_taken") + 1)


def _change_ones_mind(seeker: User, at: datetime) -> None:
    coming = _roomy(_new_to(seeker)).filter(starts_at__gt=at + 5 * DAY, booking_opens_at__lt=at - 2 * DAY)
    for offering in coming.order_by("starts_at"):
        reservation = _reserve(offering, seeker, at - 2 * DAY)
        if reservation:
            services.cancel(reservation=reservation, by=seeker, at=at - DAY)
            return


def _book(seeker: User, at: datetime, many: int) -> None:
    coming = _roomy(_new_to(seeker)).filter(starts_at__gt=at + 3 * HOURS, booking_opens_at__lt=at)
    for offering in _spread(coming.order_by("starts_at"), 5):
        if many <= 0:
            return
        many -= bool(_reserve(offering, seeker, at - 20 * HOURS))


def _wait(seeker: User, at: datetime, many: int) -> None:
    for offering in _queued(_new_to(seeker), at):
        if many <= 0:
            return
        many -= bool(_reserve(offering, seeker, at - 20 * HOURS))


def _be_offered(seeker: User, at: datetime) -> None:
    """First in line, when somebody gives a place back."""
    for offering in _queued(_new_to(seeker), at):
        first = offering.reservations.waiting_in_order().first()
        if _reserve(offering, seeker, first.queued_at - HOURS):
            _give_a_place_back(offering, at)
            return


def _offer_to_others(at: datetime, many: int) -> None:
    without_offer = _queued(_published(), at).exclude(reservations__state=State.OFFERED)
    for offering in without_offer.reverse()[: max(many, 0)]:
        _give_a_place_back(offering, at)


def _give_a_place_back(offering: Offering, at: datetime) -> None:
    holder = (
        offering.reservations.filter(state=State.CONFIRMED)
        .select_related("person")
        .earliest("queued_at", "pk")
    )
    services.cancel(reservation=holder, by=holder.person, at=at)


def _ask_excuse(at: datetime) -> None:
    """Somebody could not come to the last class, or cannot come to one that starts within the hour."""
    held = Offering.objects.filter(
        state__in=[Offering.State.PUBLISHED, Offering.State.FINISHED], kind=OfferingKind.CLASS
    )
    begun = held.filter(starts_at__lt=at + HOURS, places_taken__gt=0)
    booked = Reservation.objects.filter(
        offering__in=begun,
        state__in=[State.CONFIRMED, State.ATTENDED, State.NO_SHOW],
        is_walk_in=False,
        person__mentor=None,
        survey_receipt=None,
    ).exclude(person__phone=SEEKER)
    last = booked.order_by("offering__starts_at", "offering", "queued_at", "pk").last()
    if last is None:
        return
    Reservation.objects.filter(pk=last.pk).update(
        state=State.CONFIRMED,
        checked_in_at=None,
        checked_in_by=None,
        excuse=Reservation.Excuse.ASKED,
        excuse_reason=EXCUSE_REASON,
    )


def _reserve(offering: Offering, person: User, booked_at: datetime) -> Reservation | None:
    """Reserve as of a moment in the past, also in the queue; None where the engine says no."""
    try:
        reservation = services.reserve(offering=offering, person=person, by=person, at=booked_at).reservation
    except DomainError:
        return None
    Reservation.objects.filter(pk=reservation.pk).update(queued_at=booked_at)
    return reservation


def _spread(offerings: Iterable[Offering], step: int) -> Iterator[Offering]:
    """Yield every so manieth first, then the others."""
    found = list(offerings)
    for first in range(step):
        yield from found[first::step]

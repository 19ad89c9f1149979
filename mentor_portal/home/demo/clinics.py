"""The demo's clinics: one that was held, one of today, coming ones; told by the services."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.db.models import F
from django.utils import timezone

from consultations import services
from consultations.errors import NobodyWaits
from consultations.models import ClinicTurn, Consultation, PanelClinic
from mentor_portal.accounts.models import User
from mentor_portal.errors import DomainError
from mentor_portal.home.demo import words
from mentor_portal.home.demo.classes import Cast
from mentor_portal.home.demo.people import SEEKER, ensure_accounts, names_from, scattered
from mentor_portal.home.demo.vocabulary import Vocabulary
from mentor_portal.reservations.models import Offering, Reservation, Venue
from mentors.models import Mentor

HOME = "4301"
# Job seekers who book clinics alone, so that no class of a later day finds them elsewhere.
NAMES_FROM, SEEKERS = 700_000, 40
HOURS, MINUTES, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
OPENS_BEFORE, LAST_BOOKING_BEFORE = 14 * DAY, 3 * HOURS
# The clinic of today began so long ago or up to half an hour more, where people are about at that time.
BEGAN_BEFORE = 30 * MINUTES
FIRST_HOUR, LAST_HOUR = 8, 20
# How long a mentor takes for each, by turns.
LENGTHS = (14, 11, 17, 13, 19)
RATINGS = (5, 5, 4, 5, 3)
UNRATED_EVERY = 3
# A pairing is begun by itself, and told elsewhere.
Outcome = Consultation.Outcome
OUTCOMES = (Outcome.ADVISED, Outcome.JOB, Outcome.ADVISED, Outcome.CLASS, Outcome.ELSEWHERE)

Turn = ClinicTurn.State


def ensure_clinics(cast: Cast, today: date, at: datetime, joined_at: datetime, staff: User) -> None:
    """Plan, publish and book the clinics that are missing; what clashes is left out."""
    seekers = _ensure_seekers(joined_at)
    for said in words.read("clinics")["clinic"]:
        starts_at = _starts_at(said, today, at)
        if starts_at and not _is_there(said, at):
            clinic = _plan(cast, said, starts_at, today, staff)
            if clinic:
                _fill(clinic, said["taken"], seekers, at)


def hold(at: datetime) -> None:
    """Give numbers to who is there and let mentors call; what has ended is finished. Twice is once."""
    begun = PanelClinic.objects.visible().filter(offering__starts_at__lte=at)
    for clinic in begun.exclude(offering__state=Offering.State.CANCELLED).order_by("pk"):
        there = Reservation.objects.filter(offering=clinic.pk, state=Reservation.State.ATTENDED)
        _let_the_seeker_come_last(clinic)
        newcomer = there.filter(clinic_turn=None).first()
        if newcomer:
            services.queue_up(reservation=newcomer, at=at)
        has_begun = clinic.turns.exclude(mentor=None).exists()
        if clinic.offering.ends_at <= at or not has_begun:
            _see_people(clinic, at)


def _let_the_seeker_come_last(clinic: PanelClinic) -> None:
    """While it is on, the number of the seeker of the sign-ins is still to be called."""
    mine = Reservation.objects.filter(offering=clinic.pk, person__phone=SEEKER, clinic_turn=None)
    come = {
        "state": Reservation.State.ATTENDED,
        "checked_in_at": clinic.offering.starts_at,
        "checked_in_by": F("person"),
    }
    mine.filter(state__in=[Reservation.State.CONFIRMED, Reservation.State.ATTENDED]).update(**come)


def _ensure_seekers(joined_at: datetime) -> list[int]:
    names = names_from(NAMES_FROM, SEEKERS)
    people = [User(phone=f"19700{scattered(place)}", name=name) for place, name in enumerate(names)]
    accounts = ensure_accounts(people, joined_at)
    return [accounts[user.phone].pk for user in people]


def _starts_at(said: dict[str, Any], today: date, at: datetime) -> datetime | None:
    if said["days"]:
        day = today + timedelta(days=said["days"])
        return timezone.make_aware(datetime.combine(day, time.fromisoformat(said["clock"])))
    begun = timezone.localtime(at - BEGAN_BEFORE)
    starts_at = begun.replace(minute=begun.minute // 30 * 30, second=0, microsecond=0)
    return starts_at if FIRST_HOUR <= starts_at.hour < LAST_HOUR else None


def _is_there(said: dict[str, Any], at: datetime) -> bool:
    same = PanelClinic.objects.filter(offering__title=said["title"])
    if said["days"] > 0:
        return same.coming(at).exists()
    return same.filter(offering__starts_at__gt=at - DAY).exists() if not said["days"] else same.exists()


def _plan(
    cast: Cast, said: dict[str, Any], starts_at: datetime, today: date, staff: User
) -> PanelClinic | None:
    """Plan it in the first room that is free, with mentors who are; None where there is none."""
    ends_at = starts_at + said["hours"] * HOURS
    mentors = list(_free_mentors(cast, said, (starts_at, ends_at), today))
    vocabulary = Vocabulary()
    for venue in _free_rooms(cast, said["capacity"], (starts_at, ends_at)):
        plan = services.ClinicPlan(
            title=said["title"],
            category=vocabulary.categories[said["category"]],
            chains=[mentor.primary_chain for mentor in mentors[:2] if mentor.primary_chain],
            mentors=mentors,
            introduction=said["introduction"],
            audience=said["audience"],
            starts_at=starts_at,
            ends_at=ends_at,
            host_unit=venue.host_unit,
            venue=venue,
            capacity=said["capacity"],
            booking_opens_at=starts_at - OPENS_BEFORE,
            booking_closes_at=starts_at,
        )
        clinic = services.plan_clinic(plan=plan, by=staff)
        services.publish_clinic(clinic=clinic, by=staff, at=starts_at - OPENS_BEFORE)
        return clinic
    return None


def _free_mentors(
    cast: Cast, said: dict[str, Any], span: tuple[datetime, datetime], today: date
) -> Iterator[Mentor]:
    """Yield the mentor of the sign-ins, then those of the category, then any, as many as are asked for."""
    listed = set(Mentor.objects.listed(today).values_list("pk", flat=True))
    first, *others = [mentor for mentor in cast.mentors if mentor.pk in listed]
    others.sort(key=lambda mentor: mentor.primary_category.slug != said["category"])
    left = said["mentors"]
    for mentor in [first, *others]:
        if not left:
            return
        if not Offering.objects.occupying().overlapping(*span).involving(mentor.user).exists():
            left -= 1
            yield mentor


def _free_rooms(cast: Cast, seats: int, span: tuple[datetime, datetime]) -> Iterator[Venue]:
    taken = set(Offering.objects.occupying().overlapping(*span).values_list("venue", flat=True))
    for venue in cast.venues[HOME]:
        if venue.seats >= seats and venue.pk not in taken:
            yield venue


def _fill(clinic: PanelClinic, many: int, seekers: list[int], at: datetime) -> None:
    """Book it one after the other, the seeker of the sign-ins among the first."""
    random = Random(clinic.title)
    people = list(User.objects.filter(pk__in=random.sample(seekers, many)).order_by("pk"))
    people.insert(2, User.objects.get(phone=SEEKER))
    questions = words.read("clinics")["questions"]
    last = min(at, clinic.offering.starts_at - LAST_BOOKING_BEFORE)
    first = clinic.offering.booking_opens_at + HOURS
    moments = sorted(first + (last - first) * random.random() for _ in people)
    for number, (person, moment) in enumerate(zip(people[:many], moments, strict=False)):
        try:
            booked = services.book_clinic(
                clinic=clinic,
                person=person,
                question=questions[(number + many) % len(questions)],
                by=person,
                at=moment,
            )
        except DomainError:
            continue
        Reservation.objects.filter(pk=booked.reservation.pk).update(queued_at=moment)


def _see_people(clinic: PanelClinic, at: datetime) -> None:
    """Each mentor calls when free; at one that is over, until nobody waits."""
    is_over = clinic.offering.ends_at <= at
    if is_over:
        for turn in clinic.turns.called().for_lines().select_related("mentor__user"):
            _finish(turn, turn.mentor, turn.number, turn.called_at + LENGTHS[0] * MINUTES)
    free_at = dict.fromkeys(clinic.mentors.select_related("user"), clinic.offering.starts_at)
    for number in range(clinic.turns.count()):
        mentor = min(free_at, key=lambda each: (free_at[each], each.pk))
        called_at = free_at[mentor]
        if called_at > at:
            return
        try:
            turn = services.call_next(clinic=clinic, mentor=mentor, by=mentor.user, at=called_at)
        except NobodyWaits:
            return
        free_at[mentor] = called_at + LENGTHS[number % len(LENGTHS)] * MINUTES
        if is_over or free_at[mentor] <= at:
            _finish(turn, mentor, number, free_at[mentor])


def _finish(turn: ClinicTurn, mentor: Mentor, number: int, at: datetime) -> None:
    said = words.read("clinics")
    services.note_turn(
        turn=turn,
        mentor=mentor,
        notes=said["notes"][number % len(said["notes"])],
        outcome=OUTCOMES[number % len(OUTCOMES)],
        is_done=True,
        by=mentor.user,
        at=at,
    )
    if number % UNRATED_EVERY:
        services.rate(
            consultation=Consultation.objects.get(pk=turn.pk),
            rating=RATINGS[number % len(RATINGS)],
            words=said["rating_words"][number % len(said["rating_words"])],
            by=turn.reservation.person,
            at=at + 10 * MINUTES,
        )

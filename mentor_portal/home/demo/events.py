"""The demo's host events with their wishes for a class, and a mentor's request to move one."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from classrooms import services
from classrooms.models import ClassSession, HostEvent, MoveRequest
from classrooms.rules import DayPart, HalfDay
from classrooms.services.events import note_arranged
from mentor_portal.accounts.models import HostUnit, User
from mentor_portal.home.demo import words
from mentor_portal.home.demo.calendar import days_around
from mentor_portal.home.demo.people import UNIT_STAFF_OF
from mentor_portal.moments import midnight

EVERY_DAYS = 4
MORNING, AFTERNOON = (time(9), time(12)), (time(14), time(17, 30))
AROUND_CLASS = timedelta(minutes=30)
ASKED_BEFORE, ANSWERED_BEFORE = timedelta(days=30), timedelta(days=28)
# An event whose day staff changed by less is not made a second time.
SAME_WITHIN = timedelta(days=20)
REACH_OF_UNIT = {
    HostUnit.Kind.CAMPUS: HostEvent.Reach.CAMPUS,
    HostUnit.Kind.PARK: HostEvent.Reach.PARK,
    HostUnit.Kind.PREFECTURE: HostEvent.Reach.PREFECTURE,
}

MOVE_REASON = "单位临时安排外出审核，当天赶不回来"
MOVED_FROM = timedelta(days=5)
ASKED_TO_MOVE_BEFORE = timedelta(hours=5)

Wish = HostEvent.Wish


@dataclass(frozen=True)
class EventPlan:
    """An event of the calendar; ``number`` counts all events of the calendar."""

    number: int
    day: date
    words: dict[str, Any]

    @property
    def span(self) -> tuple[datetime, datetime]:
        starts, ends = AFTERNOON if self.number % 2 else MORNING
        return tuple(timezone.make_aware(datetime.combine(self.day, each)) for each in (starts, ends))


def ensure_events(today: date, at: datetime, staff: User) -> None:
    """Make the events of the six weeks around a day that are missing."""
    days = days_around(today)
    known = set(
        HostEvent.objects.filter(starts_at__gt=midnight(days[0]) - SAME_WITHIN).values_list(
            "title", "starts_at"
        )
    )
    for plan in _plans(days):
        if not _is_known(plan, known):
            _make(plan, at, staff)


def ensure_move_request(at: datetime) -> None:
    """Let a mentor ask for another time, unless one does already."""
    coming = ClassSession.objects.published().filter(offering__starts_at__gt=at + MOVED_FROM)
    if MoveRequest.objects.open().filter(session__offering__starts_at__gt=at).exists():
        return
    at_home = coming.filter(offering__host_unit=_home()).order_by("offering__starts_at", "pk")
    session = at_home.first() or coming.order_by("offering__starts_at", "pk").first()
    if session is None:
        return
    mentor = session.mentors.select_related("user").order_by("pk").first()
    after = timezone.localtime(session.offering.starts_at).date() + timedelta(days=7)
    services.ask_move(
        session=session,
        mentor=mentor,
        reason=MOVE_REASON,
        windows=[HalfDay(after, DayPart.MORNING), HalfDay(after + timedelta(days=1), DayPart.AFTERNOON)],
        by=mentor.user,
        at=at - ASKED_TO_MOVE_BEFORE,
    )


def _plans(days: list[date]) -> list[EventPlan]:
    entries = words.read("events")["event"]
    numbered = ((day, *divmod(day.toordinal(), EVERY_DAYS)) for day in days)
    return [
        EventPlan(number, day, entries[number % len(entries)]) for day, number, rest in numbered if not rest
    ]


def _is_known(plan: EventPlan, known: set[tuple[str, datetime]]) -> bool:
    starts_at, _ends_at = plan.span
    return any(
        title == plan.words["title"] and abs(there - starts_at) < SAME_WITHIN for title, there in known
    )


def _make(plan: EventPlan, at: datetime, staff: User) -> None:
    session = _class_of(plan.day) if plan.words["unit"] == "class" else None
    event = HostEvent.objects.create(**_fields(plan, session))
    wish = plan.words.get("wish", Wish.NONE)
    if wish == Wish.NONE or (wish == Wish.ARRANGED and session is None):
        return
    asked_at = min(at, event.starts_at - ASKED_BEFORE)
    by = event.host_unit.staff.filter(is_staff=True).order_by("pk").first() or staff
    event = services.ask_for_class(event=event, text=plan.words["text"], by=by, at=asked_at)
    answered_at = min(at, event.starts_at - ANSWERED_BEFORE)
    if wish == Wish.DECLINED:
        services.decline_wish(event=event, by=staff, at=answered_at, answer=plan.words["answer"])
    if session:
        ClassSession.objects.filter(pk=session.pk).update(host_event=event)
        note_arranged(event, staff, answered_at)


def _fields(plan: EventPlan, session: ClassSession | None) -> dict[str, Any]:
    """What the event is made of; one with a class is where and around the time of the class."""
    starts_at, ends_at = plan.span
    venue = session.offering.venue if session else None
    unit = session.offering.host_unit if session else _unit_of(plan)
    if session:
        starts_at = session.offering.starts_at - AROUND_CLASS
        ends_at = session.offering.ends_at + AROUND_CLASS
    return {
        **{name: plan.words[name] for name in ("title", "kind", "introduction")},
        "reach": plan.words.get("reach") or REACH_OF_UNIT.get(unit.kind, HostEvent.Reach.MARKET),
        "host_unit": unit,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "place": unit.address,
        "venue": venue,
    }


def _unit_of(plan: EventPlan) -> HostUnit:
    kind = plan.words["unit"]
    if kind == "home":
        return _home()
    kind = HostUnit.Kind.PROVINCE if kind == "class" else kind
    units = list(HostUnit.objects.filter(kind=kind).order_by("pk"))
    return units[plan.number % len(units)]


def _home() -> HostUnit:
    """The centre whose staff one can sign in as."""
    return HostUnit.objects.get(kind=HostUnit.Kind.PREFECTURE, prefecture=UNIT_STAFF_OF)


def _class_of(day: date) -> ClassSession | None:
    """A published class of a day, the earliest that belongs to no event."""
    sessions = ClassSession.objects.published().between(midnight(day), midnight(day + timedelta(days=1)))
    return sessions.filter(host_event=None).select_related("offering__venue", "offering__host_unit").first()

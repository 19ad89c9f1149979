"""What staff see when they place topics (排课台): topics, venues by half-days, drafts to publish."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from classrooms import rules
from classrooms.models import ClassSession, HostEvent, TopicApplication, TopicApplicationQuerySet
from classrooms.models.windows import half_day_in_words
from classrooms.rules import DayPart, HalfDay
from classrooms.selectors.schedule import WEEK_DAYS
from mentor_portal import portal_settings
from mentor_portal.accounts.models import HostUnit, Prefecture, User
from mentor_portal.moments import midnight
from mentor_portal.reservations.models import Hosting, Offering, Reservation, Venue
from mentor_portal.wording import span as span_in_words

# More of each are not shown at once: staff narrow the list down by words or by place.
TOPICS, VENUES, DRAFTS, ELSEWHERE = 50, 60, 60, 200

Span = tuple[datetime, datetime]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What staff have chosen to see; ``place`` is "all", a prefecture's code or "u" and a unit's id."""

    topic: int | None = None
    week: date | None = None
    words: str = ""
    is_again: bool = False
    place: str = ""
    half_day: HalfDay | None = None
    venue: int | None = None


@dataclass(frozen=True, kw_only=True)
class Window:
    """A span of time that the mentor has offered; an event's with the venues that are at hand there."""

    starts_at: datetime
    ends_at: datetime
    half_day: HalfDay | None = None
    event: HostEvent | None = None
    venues: frozenset[int] = frozenset()

    @property
    def day(self) -> date:
        return timezone.localtime(self.starts_at).date()

    @property
    def words(self) -> str:
        if self.half_day:
            return half_day_in_words(self.half_day)
        return f"{span_in_words(self.starts_at, self.ends_at)} “{self.event}”"

    @property
    def span(self) -> Span:
        return self.starts_at, self.ends_at

    def suits(self, venue: Venue) -> bool:
        """Tell whether the window is for this venue; one that names no venues is for all."""
        return not self.venues or venue.pk in self.venues


@dataclass(frozen=True, kw_only=True)
class Preset:
    """When a class in a half-day would take place, and whether the mentor has offered that."""

    starts_at: datetime
    ends_at: datetime
    is_offered: bool = False
    window: Window | None = None

    @property
    def event(self) -> HostEvent | None:
        return self.window.event if self.window else None

    def overlaps(self, offering: Offering) -> bool:
        return offering.starts_at < self.ends_at and offering.ends_at > self.starts_at


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A half-day in a venue: what is there, what the mentor does elsewhere, and what could be placed."""

    half_day: HalfDay
    venue: Venue
    preset: Preset
    things: Sequence[Offering]
    elsewhere: Offering | None
    is_past: bool
    is_chosen: bool

    @property
    def words(self) -> str:
        """Return 3月12日（周四）下午，长沙 · 中心二楼课堂."""
        return f"{half_day_in_words(self.half_day)}，{self.venue}"

    @property
    def is_free(self) -> bool:
        return not self.is_past and not any(self.preset.overlaps(thing) for thing in self.things)

    @property
    def is_usable(self) -> bool:
        """The mentor has offered it, is free, and so is the venue."""
        return self.is_free and self.preset.is_offered and self.elsewhere is None


@dataclass(frozen=True, kw_only=True)
class Row:
    """One part of the day in one venue, over the week."""

    part: DayPart
    cells: list[Cell]


@dataclass(frozen=True, kw_only=True)
class VenueRows:
    venue: Venue
    rows: list[Row]


@dataclass(frozen=True, kw_only=True)
class Day:
    date: date
    is_today: bool


@dataclass(frozen=True, kw_only=True)
class Place:
    """One entry of the choice of venues."""

    code: str
    word: str
    is_on: bool


@dataclass(frozen=True, kw_only=True)
class Board:
    """Everything that the board shows at a moment."""

    topics: list[TopicApplication]
    has_more_topics: bool
    topic: TopicApplication | None
    windows: list[Window]
    places: dict[str, list[Place]]
    days: list[Day]
    venues: list[VenueRows]
    has_more_venues: bool
    drafts: list[ClassSession]

    @property
    def week(self) -> date:
        return self.days[0].date

    @property
    def week_before(self) -> date:
        return self.week - timedelta(days=WEEK_DAYS)

    @property
    def week_after(self) -> date:
        return self.week + timedelta(days=WEEK_DAYS)

    @property
    def cells(self) -> Iterator[Cell]:
        for venue in self.venues:
            for row in venue.rows:
                yield from row.cells

    @property
    def cell(self) -> Cell | None:
        """The one that is chosen, where the board shows it."""
        return next((cell for cell in self.cells if cell.is_chosen), None)

    @property
    def usable_count(self) -> int:
        return sum(cell.is_usable for cell in self.cells)


def board_of(choice: Choice, user: User, at: datetime) -> Board:
    """Return the board for a choice, in a fixed number of queries."""
    topics = list(topics_to_place(choice)[: TOPICS + 1])
    topic = _chosen_topic(choice, topics)
    classrooms = list(classroom_venues())
    windows = _windows(topic, classrooms, at) if topic else []
    elsewhere = _elsewhere(topic, at) if topic else []
    minutes = int(portal_settings.read()["CLASS_MINUTES"])
    week = monday(choice.week or _first_usable(windows, elsewhere, minutes, at) or _today(at))
    shown = _shown_venues(classrooms, choice.place, windows)
    grid = _Grid(
        days=[week + timedelta(days=number) for number in range(WEEK_DAYS)],
        venues=shown[:VENUES],
        windows=windows,
        elsewhere=elsewhere,
        things=_things_by_venue(shown[:VENUES], week),
        minutes=minutes,
        choice=choice,
        at=at,
    )
    venues = grid.rows()
    return Board(
        topics=topics[:TOPICS],
        has_more_topics=len(topics) > TOPICS,
        topic=topic,
        windows=windows,
        places=_places(classrooms, choice.place),
        days=[Day(date=day, is_today=day == _today(at)) for day in grid.days],
        venues=venues,
        has_more_venues=len(shown) > VENUES,
        drafts=list(drafts_to_publish(user, at)[:DRAFTS]),
    )


def topics_to_place(choice: Choice) -> TopicApplicationQuerySet:
    """The approved topics that were never placed, or those that were and can run again."""
    approved = TopicApplication.objects.approved().matching(choice.words).with_windows()
    return approved.placed() if choice.is_again else approved.unplaced()


def next_to_place(choice: Choice, after: TopicApplication) -> TopicApplication | None:
    """Return the topic that follows in the list, the first one after the last."""
    topics = list(topics_to_place(choice)[: TOPICS + 1])
    position = (after.decided_at, after.pk)
    later = [topic for topic in topics if (topic.decided_at, topic.pk) > position]
    return next(iter(later or topics), None)


def drafts_to_publish(user: User, at: datetime):
    """The coming drafts that were placed from topics, by time."""
    drafts = ClassSession.objects.managed_by(user).filter(
        offering__state=Offering.State.DRAFT, offering__starts_at__gt=at, application__isnull=False
    )
    return drafts.for_cards().order_by("offering__starts_at", "pk")


def classroom_venues():
    """The rooms in which classes can be placed."""
    rooms = Venue.objects.filter(kind=Venue.Kind.CLASSROOM, is_active=True, host_unit__is_active=True)
    return rooms.select_related("host_unit")


def monday(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _today(at: datetime) -> date:
    return timezone.localtime(at).date()


def _chosen_topic(choice: Choice, topics: Sequence[TopicApplication]) -> TopicApplication | None:
    """Return the chosen topic, also where the list does not show it; only approved ones can be chosen."""
    if choice.topic is None:
        return None
    listed = next((topic for topic in topics if topic.pk == choice.topic), None)
    return listed or TopicApplication.objects.approved().with_windows().filter(pk=choice.topic).first()


def _windows(topic: TopicApplication, classrooms: Sequence[Venue], at: datetime) -> list[Window]:
    """Return what the mentor has offered that is still ahead, by time."""
    zone = timezone.get_current_timezone()
    spans = [(half_day, *half_day.span(zone)) for half_day in topic.half_days]
    windows = [Window(half_day=which, starts_at=begins, ends_at=ends) for which, begins, ends in spans]
    windows += [
        Window(
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            event=event,
            venues=frozenset(venue.pk for venue in classrooms if _is_at_event(venue, event)),
        )
        for event in topic.events.all()
        if not event.is_cancelled
    ]
    ahead = [window for window in windows if window.ends_at > at]
    return sorted(ahead, key=lambda window: window.span)


def _is_at_event(venue: Venue, event: HostEvent) -> bool:
    if event.venue_id:
        return event.venue_id == venue.pk
    return event.host_unit_id == venue.host_unit_id


def _elsewhere(topic: TopicApplication, at: datetime) -> list[Offering]:
    """Return what the mentor hosts, holds or waits for from now on, whatever kind it is."""
    person = topic.mentor.user_id
    hosts = Hosting.objects.filter(offering=OuterRef("pk"), person=person)
    holds = Reservation.objects.live().filter(offering=OuterRef("pk"), person=person)
    busy = Offering.objects.occupying().filter(Exists(hosts) | Exists(holds))
    return list(busy.coming(at)[:ELSEWHERE])


def _first_usable(
    windows: Sequence[Window], elsewhere: Sequence[Offering], minutes: int, at: datetime
) -> date | None:
    """Return the day of the first window in which the mentor is free, else of the first one."""
    days = []
    for window in windows:
        for half_day in _half_days_of(window):
            preset = _preset_in(window, half_day, minutes)
            if preset and preset.starts_at > at:
                days.append((any(preset.overlaps(other) for other in elsewhere), half_day.day))
    return min(days)[1] if days else None


def _half_days_of(window: Window) -> Iterator[HalfDay]:
    first = timezone.localtime(window.starts_at).date()
    last = timezone.localtime(window.ends_at).date()
    yield from rules.grid(first, (last - first).days + 1)


def _preset_in(window: Window, half_day: HalfDay, minutes: int) -> Preset | None:
    """Return when a class would take place in a half-day of a window, as near to the usual time as can be."""
    zone = timezone.get_current_timezone()
    span = rules.moved_into(half_day.usual_span(zone, minutes), window.span)
    begins, ends = half_day.span(zone)
    if span is None or span[0] < begins or span[1] > ends:
        return None
    return Preset(starts_at=span[0], ends_at=span[1], is_offered=True, window=window)


def _shown_venues(classrooms: Sequence[Venue], place: str, windows: Sequence[Window]) -> list[Venue]:
    """Return the venues of the chosen place, and before them those of the events that the mentor joins."""
    named = frozenset().union(*(window.venues for window in windows))
    of_events = [venue for venue in classrooms if venue.pk in named]
    chosen = [venue for venue in classrooms if venue not in of_events and _is_at(venue, place)]
    return of_events + chosen


def _is_at(venue: Venue, place: str) -> bool:
    unit = venue.host_unit
    if place == "all":
        return True
    if place:
        return place in (unit.prefecture, f"u{unit.pk}")
    return unit.kind == HostUnit.Kind.PROVINCE


def _places(classrooms: Sequence[Venue], place: str) -> dict[str, list[Place]]:
    """Return what venues can be narrowed down to, by heading."""
    units = {venue.host_unit_id: venue.host_unit for venue in classrooms}
    codes = {unit.prefecture for unit in units.values()}

    def entry(code: str, word: str) -> Place:
        return Place(code=code, word=word, is_on=code == place)

    return {
        "范围": [entry("", "省中心"), entry("all", "全省所有场地")],
        "市州": [entry(each.value, each.label) for each in Prefecture if each.value in codes],
        "单位": [entry(f"u{unit.pk}", unit.name) for unit in units.values()],
    }


def _things_by_venue(venues: Collection[Venue], week: date) -> dict[int, list[Offering]]:
    starts_at, ends_at = midnight(week), midnight(week + timedelta(days=WEEK_DAYS))
    things = defaultdict(list)
    taken = Offering.objects.occupying().overlapping(starts_at, ends_at).filter(venue__in=venues)
    for offering in taken.order_by("starts_at", "pk"):
        things[offering.venue_id].append(offering)
    return things


@dataclass(frozen=True, kw_only=True)
class _Grid:
    """What the cells of a week are made from."""

    days: Sequence[date]
    venues: Sequence[Venue]
    windows: Sequence[Window]
    elsewhere: Sequence[Offering]
    things: Mapping[int, Sequence[Offering]]
    minutes: int
    choice: Choice
    at: datetime

    def rows(self) -> list[VenueRows]:
        presets = {half_day: self._presets(half_day) for half_day in rules.grid(self.days[0], WEEK_DAYS)}
        return [
            VenueRows(
                venue=venue,
                rows=[
                    Row(
                        part=part,
                        cells=[self._cell(venue, half_day, presets[half_day]) for half_day in self._of(part)],
                    )
                    for part in DayPart
                ],
            )
            for venue in self.venues
        ]

    def _of(self, part: DayPart) -> Iterator[HalfDay]:
        return (HalfDay(day, part) for day in self.days)

    def _presets(self, half_day: HalfDay) -> list[Preset]:
        """Return what the mentor has offered in a half-day, and at last the usual time."""
        offered = (_preset_in(window, half_day, self.minutes) for window in self.windows)
        starts_at, ends_at = half_day.usual_span(timezone.get_current_timezone(), self.minutes)
        return [*filter(None, offered), Preset(starts_at=starts_at, ends_at=ends_at)]

    def _cell(self, venue: Venue, half_day: HalfDay, presets: Sequence[Preset]) -> Cell:
        preset = _preset_at(venue, presets)
        begins, ends = half_day.span(timezone.get_current_timezone())
        things = self.things.get(venue.pk, ())
        return Cell(
            half_day=half_day,
            venue=venue,
            preset=preset,
            things=[thing for thing in things if thing.starts_at < ends and thing.ends_at > begins],
            elsewhere=next((other for other in self.elsewhere if preset.overlaps(other)), None),
            is_past=preset.starts_at <= self.at,
            is_chosen=self.choice.half_day == half_day and self.choice.venue == venue.pk,
        )


def _preset_at(venue: Venue, presets: Sequence[Preset]) -> Preset:
    """Return the preset of an event in its own venue, else of a plain window, else the usual time."""
    suiting = [preset for preset in presets if preset.window is None or preset.window.suits(venue)]
    return next((preset for preset in suiting if preset.event), suiting[0])

"""Pure decisions of the reservation engine (notice, section 三（二）; the numbers are portal settings)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

LAST_DAY = timedelta(hours=24)


class Verdict(StrEnum):
    """What becomes of a person who asks for a place."""

    CONFIRM = "confirm"
    WAIT = "wait"


@dataclass(frozen=True, kw_only=True)
class BookingRules:
    """The numbers of the engine, in hours unless said otherwise, as staff have set them."""

    offer_hold_hours: int = 12
    offer_hold_hours_last_day: int = 2
    cancel_free_hours_group: int = 2
    cancel_free_hours_one_to_one: int = 12
    few_seats: int = 5
    most_one_to_ones: int = 2
    check_in_opens_minutes: int = 30
    finish_after_minutes: int = 30
    desk_open_days: int = 7
    no_show_limit: int = 3
    no_show_days: int = 90
    suspension_days: int = 30
    reminder_day_hour: int = 18
    reminder_soon_hours: int = 2


def overlaps(start: datetime, end: datetime, other_start: datetime, other_end: datetime) -> bool:
    """Tell whether two spans share time; spans that only touch do not."""
    return start < other_end and other_start < end


def verdict(*, capacity: int, taken: int, waiting: int) -> Verdict:
    """Decide on one more request: a place only where one is free and nobody waits for it."""
    return Verdict.CONFIRM if taken < capacity and not waiting else Verdict.WAIT


def offer_deadline(*, at: datetime, starts_at: datetime, rules: BookingRules) -> datetime | None:
    """Return until when an offered place is held, or None where it is confirmed at once.

    An offer never outlives the start of the activity.
    """
    is_last_day = starts_at - at <= LAST_DAY
    hours = rules.offer_hold_hours_last_day if is_last_day else rules.offer_hold_hours
    return min(at + timedelta(hours=hours), starts_at) if hours else None


def free_cancel_until(*, starts_at: datetime, one_to_one: bool, rules: BookingRules) -> datetime:
    """Return the last moment at which a person may cancel without giving a reason."""
    hours = rules.cancel_free_hours_one_to_one if one_to_one else rules.cancel_free_hours_group
    return starts_at - timedelta(hours=hours)


class CheckInWindow(StrEnum):
    """How a moment lies to the time in which people check in."""

    EARLY = "early"
    OPEN = "open"
    OVER = "over"


def check_in_opens_at(*, starts_at: datetime, rules: BookingRules) -> datetime:
    """Return from when on people check in."""
    return starts_at - timedelta(minutes=rules.check_in_opens_minutes)


def check_in_window(
    *, starts_at: datetime, ends_at: datetime, at: datetime, rules: BookingRules
) -> CheckInWindow:
    """Tell whether people can check in: from some minutes before the start to the end."""
    if at < check_in_opens_at(starts_at=starts_at, rules=rules):
        return CheckInWindow.EARLY
    return CheckInWindow.OPEN if at <= ends_at else CheckInWindow.OVER


def is_desk_open(*, starts_at: datetime, ends_at: datetime, at: datetime, rules: BookingRules) -> bool:
    """Tell whether staff can check people in: from the same moment to some days after, for corrections."""
    opens_at = check_in_opens_at(starts_at=starts_at, rules=rules)
    return opens_at <= at <= ends_at + timedelta(days=rules.desk_open_days)


def suspended_until(*, no_shows: int, at: datetime, rules: BookingRules) -> datetime | None:
    """Return until when so many no-shows pause booking, None for not at all."""
    return at + timedelta(days=rules.suspension_days) if no_shows >= rules.no_show_limit else None


def day_reminder_at(*, starts_at: datetime, rules: BookingRules) -> datetime:
    """Return the moment of the day before at which people are reminded; ``starts_at`` is in local time."""
    day = starts_at.date() - timedelta(days=1)
    return datetime.combine(day, time(rules.reminder_day_hour), starts_at.tzinfo)


def soon_reminder_at(*, starts_at: datetime, rules: BookingRules) -> datetime:
    """Return the moment shortly before the start at which people are reminded."""
    return starts_at - timedelta(hours=rules.reminder_soon_hours)


@dataclass(frozen=True, kw_only=True)
class SeatsLine:
    """How the seats of an offering stand, in words, for anybody who might book."""

    word: str
    tone: str  # ok, few, full, off
    action: str = ""  # book, wait or nothing
    action_word: str = ""


@dataclass(frozen=True, kw_only=True)
class SeatsState:
    """What the seats line depends on."""

    is_draft: bool
    is_cancelled: bool
    is_finished: bool
    starts_at: datetime
    ends_at: datetime
    booking_opens_at: datetime
    booking_closes_at: datetime
    capacity: int
    taken: int
    waiting: int


def seats_line(state: SeatsState, *, at: datetime, few_seats: int, opens_word: str) -> SeatsLine:
    """Tell in words how many places are left and what one can do about it.

    ``opens_word`` is the moment of opening as people write it.
    """
    if state.is_draft:
        return SeatsLine(word="草稿，尚未发布", tone="off")
    if state.is_cancelled:
        return SeatsLine(word="已取消", tone="off")
    if state.is_finished or at >= state.ends_at:
        return SeatsLine(word="已结束", tone="off")
    if at < state.booking_opens_at:
        return SeatsLine(word=f"{opens_word} 开始预约", tone="off")
    if at >= state.booking_closes_at:
        return SeatsLine(word="预约已截止，可直接到场", tone="off")
    free = state.capacity - state.taken
    if free > 0 and not state.waiting:
        is_few = state.capacity > 1 and free <= few_seats
        return SeatsLine(
            word=f"仅余 {free} 席" if is_few else f"余 {free} 席" if state.capacity > 1 else "可预约",
            tone="few" if is_few else "ok",
            action="book",
            action_word="预约",
        )
    queue = f"候补 {state.waiting} 人" if state.waiting else "可候补"
    return SeatsLine(word=f"已满 · {queue}", tone="full", action="wait", action_word="候补")

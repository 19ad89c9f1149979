"""Pure decisions about pairings: whose step it is, and when two claims speak of the same job."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# How far ahead of the claim a job may begin: the contract is signed, the first day is still to come.
DAYS_AHEAD = timedelta(days=60)
# Some characters become several when their width is taken off.
KEY_LENGTH = 200
# What companies are called beside their name, the longer before the shorter.
COMPANY_WORDS = ("有限责任公司", "股份有限公司", "有限公司", "集团公司", "总公司", "公司", "集团", "股份")


class State(StrEnum):
    """How a pairing stands; the last five are ends."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    CLAIMED = "claimed"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    PLACED = "placed"
    STARTED_BUSINESS = "started_business"
    UNSUCCESSFUL = "unsuccessful"
    STOPPED = "stopped"


LIVE = (State.PROPOSED, State.ACTIVE, State.CLAIMED, State.CONFIRMED)
VERIFIED = (State.PLACED, State.STARTED_BUSINESS)


class Side(StrEnum):
    """As what somebody takes a step."""

    MENTOR = "mentor"
    SEEKER = "seeker"
    STAFF = "staff"


class Act(StrEnum):
    """What can be done with a pairing once it is proposed."""

    ACCEPT = "accept"
    DECLINE = "decline"
    LOG_CONTACT = "log_contact"
    CLAIM = "claim"
    GIVE_UP = "give_up"
    CONFIRM = "confirm"
    DISPUTE = "dispute"
    VERIFY = "verify"
    RETURN = "return"
    REFUSE = "refuse"
    STOP = "stop"


_WHEN: dict[tuple[Act, Side], tuple[State, ...]] = {
    (Act.ACCEPT, Side.SEEKER): (State.PROPOSED,),
    (Act.DECLINE, Side.SEEKER): (State.PROPOSED,),
    (Act.LOG_CONTACT, Side.MENTOR): (State.ACTIVE, State.CLAIMED, State.CONFIRMED),
    (Act.CLAIM, Side.MENTOR): (State.ACTIVE,),
    (Act.GIVE_UP, Side.MENTOR): (State.ACTIVE,),
    (Act.CONFIRM, Side.SEEKER): (State.CLAIMED,),
    (Act.DISPUTE, Side.SEEKER): (State.CLAIMED,),
    (Act.VERIFY, Side.STAFF): (State.CONFIRMED,),
    (Act.RETURN, Side.STAFF): (State.CONFIRMED,),
    (Act.REFUSE, Side.STAFF): (State.CONFIRMED,),
    # What both have confirmed is for staff to decide; nobody can take it back half-way.
    (Act.STOP, Side.MENTOR): (State.PROPOSED, State.ACTIVE, State.CLAIMED),
    (Act.STOP, Side.SEEKER): (State.ACTIVE, State.CLAIMED),
    (Act.STOP, Side.STAFF): LIVE,
}


def is_theirs(act: Act, sides: Collection[Side]) -> bool:
    """Tell whether a step is ever for one of these sides to take."""
    return any((act, side) in _WHEN for side in sides)


def may(act: Act, sides: Collection[Side], state: str) -> bool:
    """Tell whether one of these sides may take a step in this state."""
    return any(state in _WHEN.get((act, side), ()) for side in sides)


def employer_key(name: str) -> str:
    """Return what stays of an employer's name when writing habits are taken off; "" where nothing does.

    Width, case, spaces, marks and the words for "company" at the end do not tell two employers apart:
    三一重工股份有限公司, 三一重工 and 三 一 重工（集团） are one.
    """
    plain = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name)).casefold()
    short = plain
    while word := next((each for each in COMPANY_WORDS if short.endswith(each)), None):
        short = short.removesuffix(word)
    return (short or plain)[:KEY_LENGTH]


def month_of(day: date) -> date:
    """Return the first day of the month."""
    return day.replace(day=1)


class Start(StrEnum):
    """Why a first working day cannot be right."""

    FINE = "fine"
    TOO_EARLY = "too early"
    TOO_LATE = "too late"


def check_start(started_on: date, *, paired_on: date, today: date) -> Start:
    """Tell whether a job that began on this day can come of a pairing begun on ``paired_on``."""
    if started_on < paired_on:
        return Start.TOO_EARLY
    return Start.TOO_LATE if started_on > today + DAYS_AHEAD else Start.FINE


@dataclass(frozen=True)
class Job:
    """What is said of where somebody works: the employer's key and the first working day."""

    key: str
    started_on: date


class Likeness(StrEnum):
    """How two claims for one person go together."""

    APART = ""
    SIMILAR = "similar"
    SAME_JOB = "same job"


def likeness(one: Job, other: Job) -> Likeness:
    """Tell how two claims for one person go together.

    The same employer and month is the same job; the same employer, or the same year, is worth a look.
    """
    is_same_employer = one.key == other.key
    if is_same_employer and month_of(one.started_on) == month_of(other.started_on):
        return Likeness.SAME_JOB
    is_alike = is_same_employer or one.started_on.year == other.started_on.year
    return Likeness.SIMILAR if is_alike else Likeness.APART

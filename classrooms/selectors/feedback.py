"""What people still have to say about classes, and what classes were told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count, QuerySet
from django.urls import reverse

from classrooms.models import (
    ClassRating,
    ClassSession,
    QuestionnaireItem,
    RatingTag,
    SurveyReceipt,
    SurveyResult,
)
from classrooms.models.surveys import ITEM_POINTS
from classrooms.rules import surveys as rules
from mentor_portal import portal_settings
from mentor_portal.accounts.models import User
from mentor_portal.reservations.kinds import Afterwards, OfferingKind
from mentor_portal.reservations.models import Offering, Reservation
from mentor_portal.satisfaction import Satisfaction
from mentors.models import Mentor

TO_RATE = 3
CLASSES_ON_DESK = 5


@dataclass(frozen=True, kw_only=True)
class ToRate:
    """A class that a person attended and has not rated yet."""

    title: str
    url: str
    starts_at: datetime
    ends_at: datetime

    @property
    def levels(self) -> list[tuple[str, str]]:
        """Each level's address, where it is chosen already, and its word."""
        return [(f"{self.url}?level={level.value}", level.label) for level in Satisfaction]


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A part of a whole: its name, how much, in words, and how many of twenty parts it fills."""

    name: str
    words: str
    twentieths: int


@dataclass(frozen=True, kw_only=True)
class SurveyShown:
    """The answers to a class that are told; ``waiting`` more are told with those that come."""

    answers: int
    mean: Decimal
    bars: list[Bar]
    words: list[str]
    waiting: int


@dataclass(frozen=True, kw_only=True)
class RatingsShown:
    """The ratings of a class without names."""

    count: int
    levels: list[Bar]
    tags: list[tuple[RatingTag, int]]
    words: list[str]


@dataclass(frozen=True, kw_only=True)
class ClassResults:
    """What a mentor reads of a class; None where too few have answered."""

    survey: SurveyShown | None
    ratings: RatingsShown | None
    answers: int
    fewest: int


@dataclass(frozen=True, kw_only=True)
class ResultLine:
    """A class that is over and what it was told, in short."""

    title: str
    url: str
    starts_at: datetime
    ends_at: datetime
    answers: int
    mean: Decimal | None
    pleased: str


def feedback_closes_at(offering: Offering) -> datetime:
    """Return until when a class can be rated and its survey answered."""
    return offering.ends_at + _open_for()


def to_rate(person: User, at: datetime, most: int = TO_RATE) -> list[ToRate]:
    """Return the classes that a person can rate now, the newest first, in one query."""
    opened = at - _open_for()
    rows = Reservation.objects.of(person).filter(
        state=Reservation.State.ATTENDED,
        offering__kind=OfferingKind.CLASS,
        offering__ends_at__lte=at,
        offering__ends_at__gte=opened,
        survey_receipt=None,
    )
    return [
        ToRate(
            title=row.offering.title,
            url=reverse("classrooms:session-feedback", args=[row.offering_id]),
            starts_at=row.offering.starts_at,
            ends_at=row.offering.ends_at,
        )
        for row in rows.select_related("offering").order_by("-offering__ends_at", "-pk")[:most]
    ]


def afterwards(reservations: Sequence[Reservation], at: datetime) -> dict[int, Afterwards]:
    """Return, by reservation, that its class is still to be rated, or that there is a rating to look at."""
    opened = at - _open_for()
    attended = [row for row in reservations if row.state == Reservation.State.ATTENDED]
    rated = set(
        SurveyReceipt.objects.filter(pk__in=[row.pk for row in attended]).values_list("pk", flat=True)
    )
    found = {}
    for row in attended:
        url = reverse("classrooms:session-feedback", args=[row.offering_id])
        if row.pk in rated:
            found[row.pk] = Afterwards(word="查看评价", url=url, is_awaited=False)
        elif opened <= row.offering.ends_at <= at:
            found[row.pk] = Afterwards(word="去评价", url=url, is_awaited=True)
    return found


def own_rating(reservation: Reservation) -> ClassRating | None:
    """Return what a person rated, with its tags and what staff made of it."""
    rows = ClassRating.objects.select_related("case", "reservation").prefetch_related("tags")
    return rows.filter(pk=reservation.pk).first()


def rated_low() -> QuerySet[ClassRating]:
    """Return the ratings that staff take care of."""
    return ClassRating.objects.filter(case__isnull=False)


def results_of(session: ClassSession) -> ClassResults:
    """Return what a class was told, as far as nobody stands out, in a fixed number of queries."""
    fewest = fewest_shown()
    result = SurveyResult.objects.filter(pk=session.pk).first()
    return ClassResults(
        survey=survey_shown(result) if result else None,
        ratings=_ratings_shown(session, fewest),
        answers=result.answers if result else 0,
        fewest=fewest,
    )


def survey_shown(result: SurveyResult) -> SurveyShown | None:
    """Return the answers to a class that are told; None where too few have answered."""
    shown = result.shown
    if shown.get("answers", 0) < fewest_shown():
        return None
    items = QuestionnaireItem.objects.filter(questionnaire=result.questionnaire_id)
    return SurveyShown(
        answers=shown["answers"],
        mean=rules.mean(shown["points"], shown["answers"]),
        bars=[_item_bar(item, shown["tallies"].get(str(item.pk), {})) for item in items],
        words=shown["words"],
        waiting=result.answers - shown["answers"],
    )


def latest_results(mentor: Mentor, at: datetime) -> list[ResultLine]:
    """Return the newest classes of a mentor that are over, with what they were told in short."""
    over = ClassSession.objects.given_by(mentor).filter(
        offering__ends_at__lte=at,
        offering__state__in=(Offering.State.PUBLISHED, Offering.State.FINISHED),
    )
    loaded = over.select_related("offering", "survey_result").order_by("-offering__ends_at", "-pk")
    sessions = list(loaded[:CLASSES_ON_DESK])
    counts = _level_counts(sessions)
    return [_result_line(session, counts.get(session.pk, {})) for session in sessions]


def fewest_shown() -> int:
    """Return from how many answers on results are shown."""
    return portal_settings.read()["SURVEY_SHOWN_FROM"]


def mean_shown(result: SurveyResult) -> Decimal | None:
    """Return the mean of 100 that is told of a class; None where too few have answered."""
    shown = result.shown
    if shown.get("answers", 0) < fewest_shown():
        return None
    return rules.mean(shown["points"], shown["answers"])


def _result_line(session: ClassSession, levels: Mapping[int, int]) -> ResultLine:
    result: SurveyResult | None = getattr(session, "survey_result", None)
    count = sum(levels.values())
    pleased = sum(number for level, number in levels.items() if level >= Satisfaction.FAIR)
    return ResultLine(
        title=session.offering.title,
        url=reverse("classrooms:teaching-detail", args=[session.pk]),
        starts_at=session.offering.starts_at,
        ends_at=session.offering.ends_at,
        answers=result.answers if result else 0,
        mean=mean_shown(result) if result else None,
        pleased=f"{count} 人评价，{pleased} 人满意" if count >= fewest_shown() else "",
    )


def _level_counts(sessions: Iterable[ClassSession]) -> dict[int, dict[int, int]]:
    """Return, by class, how often each level was given."""
    rows = (
        ClassRating.objects.filter(reservation__offering__in=[session.pk for session in sessions])
        .order_by()
        .values_list("reservation__offering", "level")
        .annotate(Count("pk"))
    )
    found: dict[int, dict[int, int]] = {}
    for session, level, count in rows:
        found.setdefault(session, {})[level] = count
    return found


def _item_bar(item: QuestionnaireItem, counts: Mapping[str, int]) -> Bar:
    """Return the mean of an item, of 20 points."""
    mean = rules.mean_of_counts(counts)
    return Bar(name=item.text, words=f"{mean} / {ITEM_POINTS}", twentieths=round(mean))


def _ratings_shown(session: ClassSession, fewest: int) -> RatingsShown | None:
    counts = _level_counts([session]).get(session.pk, {})
    total = sum(counts.values())
    if total < fewest:
        return None
    tags = RatingTag.objects.filter(ratings__reservation__offering=session.pk).annotate(
        count=Count("ratings")
    )
    rated = ClassRating.objects.filter(reservation__offering=session.pk)
    words = rated.exclude(words="").order_by("words")
    return RatingsShown(
        count=total,
        levels=[_level_bar(level, counts.get(level, 0), total) for level in Satisfaction],
        tags=[(tag, tag.count) for tag in tags],
        words=list(words.values_list("words", flat=True)),
    )


def _level_bar(level: Satisfaction, count: int, total: int) -> Bar:
    return Bar(name=level.label, words=f"{count} 人", twentieths=round(20 * count / total))


def _open_for() -> timedelta:
    return timedelta(days=portal_settings.read()["SURVEY_OPEN_DAYS"])

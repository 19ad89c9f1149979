"""A mentor's own score card: each line of annex 2 with its points, how they came about, what is behind."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from types import MappingProxyType

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone

from classrooms.selectors import fewest_shown
from evaluation.models import EvaluationYear, RubricItem, RunCard, RunCourseware
from evaluation.rules.stages import is_shown
from evaluation.scoring import Line, ScoreCard, score_mentor
from evaluation.selectors.countables import COUNTS, SURVEYS
from evaluation.selectors.evidence import gather
from evaluation.selectors.years import mentors_of, rules_of
from mentors.models import Appointment, Mentor

Key = RubricItem.Key


@dataclass(frozen=True)
class Proof:
    """One record that counts: what it was, its day, and where it can be read ("" where nowhere)."""

    text: str
    on: date
    url: str = ""


@dataclass(frozen=True)
class CardLine:
    """A line of the card beside its item of the rubric."""

    item: RubricItem
    line: Line
    proofs: list[Proof]

    @property
    def gap(self) -> Decimal:
        """What is still missing to the maximum."""
        return max(self.line.maximum - self.line.points, Decimal(0))

    @property
    def names_its_group(self) -> bool:
        """Whether it is the only item of its group and called like it."""
        return self.item.name == self.item.group

    @property
    def is_off(self) -> bool:
        return not self.line.maximum


@dataclass(frozen=True)
class OwnCard:
    """The whole card: its lines by the groups of the rubric; ``kept`` is the card of a run that it shows."""

    year: EvaluationYear
    card: ScoreCard
    groups: list[tuple[str, list[CardLine]]]
    kept: RunCard | None = None

    @property
    def maximum(self) -> Decimal:
        return sum((line.maximum for line in self.card.lines.values()), Decimal(0))


def years_with_card(mentor: Mentor, on: date) -> list[EvaluationYear]:
    """Return the years, up to that of this day, in which there is a card for a mentor, the newest first."""
    years = EvaluationYear.objects.filter(year__lte=on.year).order_by("-year")
    kept = RunCard.objects.filter(mentor=mentor, run__is_result=True)
    of_results = set(kept.order_by().values_list("run__year", flat=True))
    terms = mentor.appointments.exclude(state=Appointment.State.REVOKED)
    spans = list(terms.order_by().values_list("starts_on__year", "ends_on__year"))

    def has_card(year: EvaluationYear) -> bool:
        if is_shown(year.stage):
            return year.pk in of_results
        return any(first <= year.year <= last for first, last in spans)

    return [year for year in years if has_card(year)]


def own_card(mentor: Mentor, year: EvaluationYear) -> OwnCard | None:
    """Return what a mentor may read: the card of the result once that is shown, before it a projection.

    ``None`` where the mentor is not scored in the year.
    """
    if not is_shown(year.stage):
        return projected_card(mentor, year)
    cards = RunCard.objects.filter(run__year=year, run__is_result=True, mentor=mentor)
    kept = cards.select_related("run__year", "mentor").first()
    return card_in_run(kept) if kept else None


def projected_card(mentor: Mentor, year: EvaluationYear) -> OwnCard | None:
    """Return how a mentor stands in the year by now; ``None`` without an appointment in any part of it.

    The survey comes in with the answers that mentors are shown already: a mean that moved with each new
    answer would tell what that one said.
    """
    evidence = gather(year, mentors_of(year).filter(pk=mentor.pk)).get(mentor.pk)
    if evidence is None:
        return None
    told = replace(evidence, survey_mean=_mean_shown(mentor, year))
    card = score_mentor(told, rules_of(year))
    return OwnCard(year, card, _groups(card, year.items.of_mentors(), mentor, year))


def card_in_run(kept: RunCard) -> OwnCard:
    """Return a card as a run has kept it: points, reasons and rubric as they were, records as they are."""
    year, mentor = kept.run.year, kept.mentor
    card = ScoreCard({key: _line_of(fields) for key, fields in kept.lines.items()}, kept.is_below_baseline)
    items = [RubricItem(**row) for row in kept.run.rules["items"] if row["key"]]
    groups = _groups(card, items, mentor, year, {Key.COURSEWARE: _placed(kept)})
    return OwnCard(year, card, groups, kept)


def _placed(kept: RunCard) -> list[Proof]:
    """Return how the mentor's courseware came out in the run; what was copied stands among the records."""
    own = kept.run.courseware.filter(entry__courseware__mentor=kept.mentor_id, is_plagiarised=False)
    return [
        Proof(_placing(row), _day(row.entry.courseware.created_at), row.entry.courseware.get_absolute_url())
        for row in own.select_related("entry__courseware")
    ]


def _placing(row: RunCourseware) -> str:
    if row.rank is None:
        return f"{row.entry}：已提交的评分表 {row.sheet_count} 份，没有参加排名"
    top = "，入选优秀课件" if row.is_top else ""
    return f"{row.entry}：{row.result} 分，第 {row.rank} 名{top}"


def _line_of(fields: Mapping[str, str]) -> Line:
    numbers = {name: Decimal(fields[name]) for name in ("points", "maximum", "uncapped")}
    return Line(reason=fields["reason"], **numbers)


def _groups(
    card: ScoreCard,
    items: Iterable[RubricItem],
    mentor: Mentor,
    year: EvaluationYear,
    judged: Mapping[str, list[Proof]] = MappingProxyType({}),
) -> list[tuple[str, list[CardLine]]]:
    """Return the lines by group, with the records behind each as they are now after what the panel said."""
    lines = [
        CardLine(item, card.lines[item.key], [*judged.get(item.key, ()), *_proofs(item.key, mentor, year)])
        for item in items
    ]
    return [(name, list(of_group)) for name, of_group in groupby(lines, key=lambda line: line.item.group)]


def _mean_shown(mentor: Mentor, year: EvaluationYear) -> Decimal | None:
    results = SURVEYS.rows(year).filter(**{SURVEYS.mentor: mentor}).shown_from(fewest_shown())
    shown = list(results.values_list("shown", flat=True))
    answers = sum(each["answers"] for each in shown)
    return Decimal(sum(each["points"] for each in shown)) / answers if answers else None


def _proofs(key: str, mentor: Mentor, year: EvaluationYear) -> list[Proof]:
    """Return the records behind a line, the newest first; likes and surveys name nobody and have none."""
    found = [proof for find in _PROOFS.get(key, ()) for proof in find(mentor, year)]
    return sorted(found, key=lambda proof: proof.on, reverse=True)


def _of(name: str, mentor: Mentor, year: EvaluationYear) -> QuerySet:
    countable = COUNTS[name]
    return countable.rows(year).filter(**{countable.mentor: mentor})


def _classes(mentor: Mentor, year: EvaluationYear) -> list[Proof]:
    return _hosted("classes", "上课", mentor, year)


def _clinics(mentor: Mentor, year: EvaluationYear) -> list[Proof]:
    return _hosted("clinics", "集中诊断", mentor, year)


def _hosted(name: str, word: str, mentor: Mentor, year: EvaluationYear) -> list[Proof]:
    rows = _of(name, mentor, year).select_related("offering")
    return [
        Proof(f"{word}：{row.offering.title}", _day(row.offering.starts_at), row.offering.get_absolute_url())
        for row in rows
    ]


def _duties(mentor: Mentor, year: EvaluationYear) -> list[Proof]:
    return [
        Proof(f"咨询值班：{shift.get_kind_display()}", _day(shift.starts_at), shift.get_absolute_url())
        for shift in _of("duties", mentor, year)
    ]


def _placements(mentor: Mentor, year: EvaluationYear) -> list[Proof]:
    return [
        Proof(str(row), row.started_on, reverse("pairings:pairing-detail", args=[row.pairing_id]))
        for row in _of("placements", mentor, year)
    ]


def _bookings(mentor: Mentor, year: EvaluationYear) -> list[Proof]:
    """The bookings by class: how many, not whose."""
    rows = _of("bookings", mentor, year).order_by()
    classes = rows.values("offering", "offering__title", "offering__starts_at").annotate(many=Count("pk"))
    return [
        Proof(
            f"{row['offering__title']}：{row['many']} 人次",
            _day(row["offering__starts_at"]),
            reverse("classrooms:session-detail", args=[row["offering"]]),
        )
        for row in classes
    ]


def _reports(mentor: Mentor, year: EvaluationYear) -> list[Proof]:
    return [
        Proof(f"{row.get_kind_display()}：{row}", _day(row.submitted_at), row.get_absolute_url())
        for name in ("collective_reports", "free_reports")
        for row in _of(name, mentor, year)
    ]


def _plagiarised(mentor: Mentor, year: EvaluationYear) -> list[Proof]:
    rows = _of("plagiarised", mentor, year)
    return [Proof(f"认定抄袭：{row.title}", _day(row.created_at), row.get_absolute_url()) for row in rows]


def _bonus_events(mentor: Mentor, year: EvaluationYear) -> list[Proof]:
    return [Proof(row.title, row.held_on) for row in _of("bonus_events", mentor, year)]


_PROOFS: dict[str, tuple[Callable[[Mentor, EvaluationYear], list[Proof]], ...]] = {
    Key.COURSEWARE: (_plagiarised,),
    Key.PARTICIPATION: (_classes, _duties, _clinics),
    Key.PLACEMENTS: (_placements,),
    Key.BOOKINGS: (_bookings,),
    Key.RESEARCH: (_reports,),
    Key.BONUS: (_bonus_events,),
}


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()

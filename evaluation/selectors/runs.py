"""How far a run is, and what two runs have different."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum

from evaluation.models import RankingRun, RunCard
from evaluation.scoring import MAXIMA


@dataclass(frozen=True)
class Progress:
    """How many of a run's mentors are scored."""

    done: int
    mentors: int

    @property
    def percent(self) -> int:
        return self.done * 100 // self.mentors if self.mentors else 0


@dataclass(frozen=True)
class LineChange:
    """A line whose points are not what they were."""

    name: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True)
class Move:
    """A mentor who stands elsewhere in the later run, and because of which lines.

    Without ``changes`` it is others who moved; without ``before`` the earlier run has no such mentor.
    """

    name: str
    before: RunCard | None
    after: RunCard
    changes: list[LineChange]


def progress_of(run: RankingRun) -> Progress:
    """Return how far a run is; before it is divided into parts that is nothing of nothing."""
    done = run.chunks.filter(done_at__isnull=False).aggregate(many=Sum("mentor_count"))["many"]
    return Progress(done or 0, run.mentor_count)


def moved_cards(before: RankingRun, after: RankingRun) -> QuerySet[RunCard]:
    """Return the later run's cards with another rank or total than in the earlier one, by rank."""
    earlier = RunCard.objects.filter(run=before, mentor=OuterRef("mentor")).order_by()
    cards = after.cards.annotate(
        rank_before=Subquery(earlier.values("rank")), total_before=Subquery(earlier.values("total"))
    )
    moved = Q(rank_before__isnull=True) | ~Q(rank_before=F("rank")) | ~Q(total_before=F("total"))
    return cards.filter(moved).select_related("mentor").order_by("rank", "mentor")


def gone_cards(before: RankingRun, after: RankingRun) -> QuerySet[RunCard]:
    """Return the earlier run's cards of mentors who are not in the later one."""
    later = RunCard.objects.filter(run=after, mentor=OuterRef("mentor"))
    return before.cards.filter(~Exists(later)).select_related("mentor").order_by("rank", "mentor")


def moves_of(cards: Iterable[RunCard], before: RankingRun) -> list[Move]:
    """Return how each of these cards of a later run differs from the mentor's card in the earlier one."""
    shown = list(cards)
    earlier = {card.mentor_id: card for card in before.cards.filter(mentor__in=[c.mentor_id for c in shown])}
    names = {item["key"]: item["name"] for item in before.rules["items"] if item["key"]}
    return [
        Move(card.mentor.name, old := earlier.get(card.mentor_id), card, _changes(old, card, names))
        for card in shown
    ]


def _changes(before: RunCard | None, after: RunCard, names: dict[str, str]) -> list[LineChange]:
    if before is None:
        return []
    points = [
        LineChange(names[key], Decimal(before.lines[key]["points"]), Decimal(after.lines[key]["points"]))
        for key in MAXIMA
    ]
    return [change for change in points if change.before != change.after]

"""How the mentors of a year stand by now, from the records to the ranks (annex 2)."""

from dataclasses import dataclass

from evaluation.models import EvaluationYear
from evaluation.scoring import ScoreCard, rank, score_mentor
from evaluation.selectors.evidence import gather
from evaluation.selectors.years import mentors_of, rules_of
from mentors.models import Mentor


@dataclass(frozen=True)
class Standing:
    """A mentor's rank with the card behind it."""

    rank: int
    mentor: Mentor
    card: ScoreCard


def standings(year: EvaluationYear) -> list[Standing]:
    """Return every mentor of the year, the best first; who shares a rank goes by age in the roster.

    The number of queries is the same for any number of mentors.
    """
    mentors = mentors_of(year)
    rules, evidence = rules_of(year), gather(year, mentors)
    named = mentors.only("name", "employer").in_bulk()
    cards = {pk: score_mentor(each, rules) for pk, each in evidence.items() if pk in named}
    ranks = rank(card.total for card in cards.values())
    rows = [Standing(place, named[pk], card) for place, (pk, card) in zip(ranks, cards.items(), strict=True)]
    return sorted(rows, key=lambda row: (row.rank, row.mentor.pk))

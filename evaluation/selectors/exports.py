"""The rows of a run as its workbooks want them, each in one query and few of them in memory at a time."""

from collections.abc import Iterable

from evaluation.models import RankingRun, RunCard, RunCourseware

ROWS_AT_ONCE = 500


def ranked_cards(run: RankingRun) -> Iterable[RunCard]:
    """Return the cards of a run by rank, with what names the mentor."""
    cards = run.cards.select_related("mentor__primary_chain").order_by("rank", "mentor")
    named = ("mentor__name", "mentor__employer", "mentor__primary_chain__name")
    kept = ("run", "evidence", "lines", "total", "is_below_baseline", "rank")
    return cards.only(*kept, *named).iterator(ROWS_AT_ONCE)


def placed_courseware(run: RankingRun) -> Iterable[RunCourseware]:
    """Return how the courseware came out, by rank; what is not ranked comes last."""
    return run.courseware.select_related("entry__courseware__mentor")

"""``manage.py rank_year``: a run of a year's ranking from the shell, as staff and the clock start it."""

import json
import time
import unicodedata
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from evaluation import services
from evaluation.models import EvaluationYear, RankingRun, RunCard
from evaluation.scoring import MAXIMA

NAME_COLUMNS, POINT_COLUMNS = 12, 9
WORKS_AT_ONCE = timedelta(minutes=10)
OTHERS_ARE_ASKED_AFTER_SECONDS = 0.5


class Command(BaseCommand):
    help = "Run the ranking of a year as a draft, or join the run that is under way, and print the result."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int, help="a year that was opened: 2026")
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        year = EvaluationYear.objects.filter(year=options["year"]).first()
        if year is None:
            opened = "、".join(map(str, EvaluationYear.objects.values_list("year", flat=True)))
            raise CommandError(f"{options['year']} 年度还没有建立；已建立的有：{opened}。")
        run = _ended(services.start_draft(year=year, at=timezone.now()))
        if run.state != RankingRun.State.DONE:
            raise CommandError(f"{run}{run.get_state_display()}。{run.trouble}")
        self.stdout.write(_json(run) if options["format"] == "json" else _table(run))


def _ended(run: RankingRun) -> RankingRun:
    """Do the work beside any worker that does it too, and return the run as it ended."""
    while run.is_under_way:
        done = services.work_on_runs(clock=timezone.now, until=timezone.now() + WORKS_AT_ONCE)
        run.refresh_from_db()
        if run.is_under_way and not done:
            time.sleep(OTHERS_ARE_ASKED_AFTER_SECONDS)
    return run


def _cards(run: RankingRun) -> list[RunCard]:
    return list(run.cards.select_related("mentor").defer("evidence").order_by("rank", "mentor"))


def _json(run: RankingRun) -> str:
    """Return one document; points are text, so that no reader makes floats of them."""
    mentors = [
        {
            "rank": card.rank,
            "mentor": card.mentor_id,
            "name": card.mentor.name,
            "total": str(card.total),
            "is_below_baseline": card.is_below_baseline,
            "lines": {key: card.lines[key]["points"] for key in MAXIMA},
        }
        for card in _cards(run)
    ]
    document = {"year": run.year.year, "run": run.number, "digest": run.digest, "mentors": mentors}
    return json.dumps(document, ensure_ascii=False, indent=2)


def _table(run: RankingRun) -> str:
    """Return a line for each mentor: rank, name, total, and the lines in the order of annex 2."""
    names = dict(run.year.items.of_mentors().values_list("key", "name"))
    head = ["名次", "姓名", "合计", *(names[key][:4] for key in MAXIMA)]
    lines = [
        [
            str(card.rank),
            card.mentor.name,
            str(card.total),
            *(card.lines[key]["points"] for key in MAXIMA),
        ]
        for card in _cards(run)
    ]
    return "\n".join("".join(map(_cell, range(len(line)), line)).rstrip() for line in [head, *lines])


def _cell(number: int, text: str) -> str:
    """Pad a cell; a terminal gives a Chinese character two columns."""
    columns = NAME_COLUMNS if number == 1 else POINT_COLUMNS
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return text + " " * max(columns - len(text) - wide, 1)

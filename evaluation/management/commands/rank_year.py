"""``manage.py rank_year``: the mentors of a year in the order of their scores by now, on the shell."""

import json
import unicodedata
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from evaluation.models import EvaluationYear
from evaluation.scoring import MAXIMA
from evaluation.selectors import Standing, standings

NAME_COLUMNS, POINT_COLUMNS = 12, 9


class Command(BaseCommand):
    help = "Score and rank the mentors of a year from the records as they are now; nothing is written."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int, help="a year that was opened: 2026")
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        year = EvaluationYear.objects.filter(year=options["year"]).first()
        if year is None:
            opened = "、".join(map(str, EvaluationYear.objects.values_list("year", flat=True)))
            raise CommandError(f"{options['year']} 年度还没有建立；已建立的有：{opened}。")
        rows = standings(year)
        self.stdout.write(_json(year, rows) if options["format"] == "json" else _table(year, rows))


def _json(year: EvaluationYear, rows: list[Standing]) -> str:
    """Return one document; points are text, so that no reader makes floats of them."""
    mentors = [
        {
            "rank": row.rank,
            "mentor": row.mentor.pk,
            "name": row.mentor.name,
            "total": str(row.card.total),
            "is_below_baseline": row.card.is_below_baseline,
            "lines": {key: str(line.points) for key, line in row.card.lines.items()},
        }
        for row in rows
    ]
    return json.dumps({"year": year.year, "mentors": mentors}, ensure_ascii=False, indent=2)


def _table(year: EvaluationYear, rows: list[Standing]) -> str:
    """Return a line for each mentor: rank, name, total, and the lines in the order of annex 2."""
    names = dict(year.items.of_mentors().values_list("key", "name"))
    head = ["名次", "姓名", "合计", *(names[key][:4] for key in MAXIMA)]
    lines = [
        [
            str(row.rank),
            row.mentor.name,
            str(row.card.total),
            *(str(row.card.lines[key].points) for key in MAXIMA),
        ]
        for row in rows
    ]
    return "\n".join("".join(map(_cell, range(len(line)), line)).rstrip() for line in [head, *lines])


def _cell(number: int, text: str) -> str:
    """Pad a cell; a terminal gives a Chinese character two columns."""
    columns = NAME_COLUMNS if number == 1 else POINT_COLUMNS
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return text + " " * max(columns - len(text) - wide, 1)

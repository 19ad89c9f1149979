"""What the forms about topics are tapped on: the grid of half-days, rows of events."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django import forms
from django.http import QueryDict

from classrooms.rules import HalfDay, grid

DAYS_A_WEEK = 7


class EventRows(forms.CheckboxSelectMultiple):
    """Events to join, each with its day, unit and wish; the choices are rows of ``HostEvent``."""

    template_name = "portal/widgets/event_rows.html"


@dataclass(frozen=True)
class Cell:
    """A half-day that can be tapped."""

    half_day: HalfDay
    is_on: bool
    id: str


@dataclass(frozen=True)
class Week:
    """Seven days of the grid; the first week, and any with a choice in it, stands open."""

    days: list[tuple[date, list[Cell]]]
    is_open: bool

    @property
    def first(self) -> date:
        return self.days[0][0]

    @property
    def last(self) -> date:
        return self.days[-1][0]

    @property
    def count(self) -> int:
        return sum(cell.is_on for _, cells in self.days for cell in cells)


class HalfDayGrid(forms.Widget):
    """The half-days of some weeks from ``first`` on: a row for each day, a checkbox for each part."""

    template_name = "portal/widgets/half_day_grid.html"
    use_fieldset = True

    def __init__(self, first: date, weeks: int, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.first, self.weeks = first, weeks

    @property
    def last(self) -> date:
        return self.first + timedelta(days=self.weeks * DAYS_A_WEEK - 1)

    def id_for_label(self, id_: str) -> str:
        return ""

    def value_from_datadict(self, data: QueryDict, files: object, name: str) -> list[str]:
        return data.getlist(name) if hasattr(data, "getlist") else list(data.get(name, ()))

    def get_context(self, name: str, value: Iterable[str] | None, attrs: dict | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        context["widget"]["weeks"] = list(self._weeks(set(value or ()), context["widget"]["attrs"].get("id")))
        return context

    def _weeks(self, chosen: set[str], base_id: str | None) -> Iterator[Week]:
        cells = (
            Cell(half_day, half_day.code in chosen, f"{base_id or 'id'}_{number}")
            for number, half_day in enumerate(grid(self.first, self.weeks * DAYS_A_WEEK))
        )
        days = [(day, list(parts)) for day, parts in groupby(cells, key=lambda cell: cell.half_day.day)]
        for start in range(0, len(days), DAYS_A_WEEK):
            week = days[start : start + DAYS_A_WEEK]
            yield Week(week, start == 0 or any(cell.is_on for _, parts in week for cell in parts))

"""The address of the board: what staff have chosen to see, in words that a link can carry."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from classrooms.rules import HalfDay, half_day_of
from classrooms.selectors import Choice
from mentor_portal.sent import number_in

LONGEST_SEARCH = 60
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, kw_only=True)
class Address:
    """The board's query as it was asked for; what cannot be understood is left out."""

    topic: str = ""
    week: str = ""
    q: str = ""
    again: str = ""
    place: str = ""
    at: str = ""
    venue: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        return cls(**{name: query.get(name, "").replace("\0", "") for name in cls.__dataclass_fields__})

    @property
    def choice(self) -> Choice:
        return Choice(
            topic=number_in(self.topic),
            week=_day(self.week),
            words=self.q[:LONGEST_SEARCH],
            is_again=self.again == "1",
            place=self.place,
            half_day=_half_day(self.at),
            venue=number_in(self.venue),
        )

    def url(self, **changes: object) -> str:
        """Return the board's address with some of it changed."""
        return reverse("admin:classrooms_topicapplication_board") + self.query(**changes)

    def query(self, **changes: object) -> str:
        """Return ?topic=5&week=2026-03-09 for the values that are set, with some of them changed."""
        values = vars(replace(self, **{name: str(value) for name, value in changes.items()}))
        known = {name: value for name, value in values.items() if value}
        return f"?{urlencode(known)}" if known else "?"

    @property
    def list_query(self) -> str:
        """What a link to another topic keeps: &q=…&again=1&place=4312."""
        return self._rest(topic="", week="", at="", venue="")

    @property
    def cell_query(self) -> str:
        """What a link to a cell keeps: also the topic; the week is added by the board."""
        return self._rest(week="", at="", venue="")

    def _rest(self, **changes: str) -> str:
        query = self.query(**changes).removeprefix("?")
        return f"&{query}" if query else ""


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _half_day(text: str) -> HalfDay | None:
    try:
        return half_day_of(text)
    except ValueError:
        return None

"""Whole months of one calendar year in Asia/Shanghai."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from mentor_portal.moments import midnight

MONTHS = 12


@dataclass(frozen=True)
class Period:
    """The months from ``first_month`` to ``last_month``, both included."""

    year: int
    first_month: int = 1
    last_month: int = MONTHS

    @classmethod
    def so_far(cls, day: date) -> "Period":
        """Return the year of a day up to that day's month."""
        return cls(day.year, 1, day.month)

    @property
    def months(self) -> range:
        return range(self.first_month, self.last_month + 1)

    @property
    def first_on(self) -> date:
        return date(self.year, self.first_month, 1)

    @property
    def last_on(self) -> date:
        return date(self.year, self.last_month, monthrange(self.year, self.last_month)[1])

    @property
    def starts_at(self) -> datetime:
        return midnight(self.first_on)

    @property
    def ends_at(self) -> datetime:
        """The first moment after it."""
        return midnight(self.last_on + timedelta(days=1))

    @property
    def year_before(self) -> "Period":
        """The same months of the year before."""
        return replace(self, year=self.year - 1)

    @property
    def words(self) -> str:
        """2026 年 3–5 月, or 2026 年 for all of it."""
        if (self.first_month, self.last_month) == (1, MONTHS):
            return f"{self.year} 年"
        if self.first_month == self.last_month:
            return f"{self.year} 年 {self.first_month} 月"
        return f"{self.year} 年 {self.first_month}–{self.last_month} 月"

    def has(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on

    def of_month(self, month: int) -> "Period":
        return replace(self, first_month=month, last_month=month)

"""Pure decisions about classes: no database, no settings, no clock."""

from classrooms.rules.placing import (
    DayPart,
    Decision,
    HalfDay,
    fits,
    grid,
    half_day_of,
    moved_into,
)

__all__ = ["DayPart", "Decision", "HalfDay", "fits", "grid", "half_day_of", "moved_into"]

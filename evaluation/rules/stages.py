"""The order of a year's stages, and which of them a year may go back to."""

ORDER = ("preparation", "judging", "computing", "review", "objections", "final")
# From then on what is shown may only be corrected by another run.
SHOWN = ("objections", "final")
# Judges, courseware and sheets come and go in these.
PANEL_OPEN = ("preparation", "judging")
# A run that staff start in these can become the result; it is chosen in the last two of them.
RUNS_START = ("computing", "review", "objections")
RESULT_CHOSEN = ("review", "objections")
OBJECTION_WORKDAYS = 5


def next_of(stage: str) -> str:
    """Return the stage that follows, "" after the last."""
    place = ORDER.index(stage) + 1
    return ORDER[place] if place < len(ORDER) else ""


def reopenable(stage: str) -> tuple[str, ...]:
    """Return the stages that a year may be taken back to: any earlier one, until the result is shown."""
    return () if stage in SHOWN else ORDER[: ORDER.index(stage)]


def is_shown(stage: str) -> bool:
    """Tell whether the result is public (公示, 定稿)."""
    return stage in SHOWN

"""The scaled year as a whole: everybody first, then the records of some mentors after the other."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import reset_queries, transaction

from evaluation.models import EvaluationYear
from mentor_portal.accounts.models import User
from mentor_portal.home.demo.scale import classes, consultations, research
from mentor_portal.home.demo.scale.cast import ScaledCast, ScaledMentor, make_cast
from mentor_portal.home.demo.scale.panel import ScaledPanel
from mentor_portal.home.demo.scale.plan import BLOCK, Calendar
from mentor_portal.reservations.models import Reservation


@dataclass(frozen=True)
class Filled:
    """How far filling has come: mentors whose records are there, reservations, and attended ones."""

    mentors: int
    reservations: int
    attended: int


@transaction.atomic
def fill(
    *, mentors: int, year: int, today: date, staff: User, tell: Callable[[Filled], None] | None = None
) -> Filled:
    """Make a year of so many mentors, all of it or nothing; ``tell`` hears now and then how far it is."""
    cast = make_cast(Calendar(year, today, mentors), staff)
    themes = research.ensure_themes(cast)
    opened = EvaluationYear.objects.filter(year=year).first()
    panel = ScaledPanel(cast, opened) if opened else None
    counted: Counter[bool] = Counter()
    filled = Filled(0, 0, 0)
    for first in range(0, mentors, BLOCK):
        some = cast.mentors[first : first + BLOCK]
        rows = _make_records(cast, themes, some)
        if panel:
            panel.judge(some)
        counted.update(row.state == Reservation.State.ATTENDED for row in rows)
        filled = Filled(first + len(some), counted.total(), counted[True])
        # With DEBUG every statement is kept, and these are long.
        reset_queries()
        if tell:
            tell(filled)
    if panel:
        panel.close()
    return filled


def _make_records(
    cast: ScaledCast, themes: dict[int, research.ResearchTheme], mentors: Sequence[ScaledMentor]
) -> list[Reservation]:
    rows = classes.make_classes(cast, mentors)
    rows += consultations.make_duties(cast, mentors)
    consultations.make_clinics(cast, mentors)
    consultations.make_placements(cast, mentors)
    rows += research.make_research(cast, themes, mentors)
    research.make_bonus_events(cast, mentors)
    return rows

"""What figures are broken down by, as expressions over an offering, and how their values are called."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

from django.db.models import F
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, ExtractMonth

from classrooms.models import HostEvent
from evaluation.selectors.statistics.periods import Period
from mentor_portal.accounts.models import Prefecture
from mentors.models import Category, IndustrialChain, TopicType

Names = Mapping[Hashable, str]


@dataclass(frozen=True)
class Dimension:
    """One way to break figures down.

    ``of_offering`` makes the expression of the value from the path to an offering; ``of_placement``
    is that of a placement. ``names`` returns the values in their order with what each is called, ``none`` is
    the name of what has no value. Where ``of_classes_only`` is set, consultations have no such value.
    """

    key: str
    name: str
    of_offering: Callable[[str], Combinable]
    names: Callable[[Period], Names]
    none: str = ""
    of_placement: Combinable | None = None
    of_mentor: str = ""
    of_classes_only: bool = False


def _category(offering: str) -> Coalesce:
    """That of the class or the clinic; of a one-to-one, that of its mentor."""
    return Coalesce(
        f"{offering}class_session__category",
        f"{offering}panel_clinic__category",
        f"{offering}consultation_slot__shift__mentor__primary_category",
    )


def _chain(offering: str) -> Coalesce:
    """Each chain of the class or the clinic, which it counts in each; of a one-to-one, its mentor's."""
    return Coalesce(
        f"{offering}class_session__chains",
        f"{offering}panel_clinic__chains",
        f"{offering}consultation_slot__shift__mentor__primary_chain",
    )


def _prefecture(offering: str) -> Coalesce:
    """Where the room is, as on the schedule; without a room, where the unit is."""
    return Coalesce(f"{offering}venue__host_unit__prefecture", f"{offering}host_unit__prefecture")


DIMENSIONS = (
    Dimension(
        "month",
        "月份",
        lambda offering: ExtractMonth(f"{offering}starts_at"),
        lambda period: {month: f"{month} 月" for month in period.months},
        of_placement=ExtractMonth("started_on"),
    ),
    Dimension(
        "category",
        "类别",
        _category,
        lambda period: {each.pk: each.name for each in Category.objects.all()},
        of_placement=F("pairing__mentor__primary_category"),
        of_mentor="primary_category",
    ),
    Dimension(
        "chain",
        "产业链",
        _chain,
        lambda period: {each.pk: each.short_name for each in IndustrialChain.objects.all()},
        none="未归产业链",
        of_placement=F("pairing__mentor__primary_chain"),
        of_mentor="primary_chain",
    ),
    Dimension(
        "prefecture",
        "市州",
        _prefecture,
        lambda period: {each.value: each.short_name for each in Prefecture},
    ),
    Dimension(
        "reach",
        "走进",
        lambda offering: F(f"{offering}class_session__host_event__reach"),
        lambda period: {each.value: each.label for each in HostEvent.Reach},
        none="未随活动",
        of_classes_only=True,
    ),
    Dimension(
        "type",
        "课题类型",
        lambda offering: F(f"{offering}class_session__topic_type"),
        lambda period: {each.pk: each.name for each in TopicType.objects.all()},
        of_classes_only=True,
    ),
)
BY_KEY = {dimension.key: dimension for dimension in DIMENSIONS}

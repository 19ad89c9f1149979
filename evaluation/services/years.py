"""Opening a year of the 两优."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from evaluation import errors
from evaluation.models import EvaluationYear, RubricItem
from mentor_portal.accounts.models import User

# What a year has of its own, beside what it takes over from the one before.
OWN = {
    *("id", "year", "stage", "opened_at", "opened_by"),
    *("judging_began_at", "judging_due_on", "objections_until"),
}


@transaction.atomic
def open_next_year(*, by: User, at: datetime) -> EvaluationYear:
    """Open the year after the newest one with a copy of its parameters and both rubrics.

    Raises YearTooFar beyond next year, and YearExists where somebody else was first.
    """
    newest = EvaluationYear.objects.earliest("-year")
    number = newest.year + 1
    if number > timezone.localtime(at).year + 1:
        raise errors.YearTooFar(year=number)
    taken_over = [field.name for field in EvaluationYear._meta.fields if field.name not in OWN]
    parameters = {name: getattr(newest, name) for name in taken_over}
    year, is_new = EvaluationYear.objects.get_or_create(
        year=number, defaults={**parameters, "opened_at": at, "opened_by": by}
    )
    if not is_new:
        raise errors.YearExists(year=number)
    items = list(newest.items.all())
    for item in items:
        item.pk, item.year = None, year
    RubricItem.objects.bulk_create(items)
    return year

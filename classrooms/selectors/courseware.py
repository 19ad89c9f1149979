"""Reads about what classes leave behind."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from classrooms.models import ClassSession, ClassSessionQuerySet, Courseware
from mentor_portal import portal_settings
from mentor_portal.reservations.models import Offering

# Of a class that ended longer ago nobody is reminded any more.
MISSED_FOR = timedelta(days=90)


def sessions_without_courseware(at: datetime) -> ClassSessionQuerySet:
    """Return the finished classes whose mentors should have uploaded something by now, and did not.

    What stands for a topic stands for each class of it.
    """
    left = Courseware.objects.standing().filter(
        Q(session=OuterRef("pk")) | Q(session__isnull=True, application=OuterRef("application"))
    )
    due = at - timedelta(days=portal_settings.read()["COURSEWARE_DUE_DAYS"])
    return ClassSession.objects.filter(
        ~Exists(left),
        offering__state=Offering.State.FINISHED,
        offering__ends_at__lte=due,
        offering__ends_at__gt=due - MISSED_FOR,
    )

"""What a reviewer sees beside a topic: its steps, and what else its mentor has offered."""

from datetime import datetime

from django.db.models import Count, Q

from classrooms.models import ApplicationStep, TopicApplication
from mentor_portal.reservations.models import Offering

EARLIER_TOPICS = 20


def steps_of(application: TopicApplication) -> list[ApplicationStep]:
    """Return what was done with a topic, the first step first."""
    return list(application.steps.select_related("by"))


def earlier_topics(application: TopicApplication, at: datetime) -> list[TopicApplication]:
    """Return the mentor's other topics, the newest first, each with ``held`` and ``ahead``.

    Those are the classes that were given of it, and the ones that are still to come.
    """
    standing = ~Q(sessions__offering__state=Offering.State.CANCELLED)
    others = TopicApplication.objects.of(application.mentor).exclude(pk=application.pk)
    counted = others.exclude(state=TopicApplication.State.DRAFT).annotate(
        held=Count("sessions", filter=standing & Q(sessions__offering__ends_at__lte=at)),
        ahead=Count("sessions", filter=standing & Q(sessions__offering__ends_at__gt=at)),
    )
    return list(counted.select_related("topic_type").order_by("-pk")[:EARLIER_TOPICS])


def next_waiting(after: TopicApplication) -> tuple[TopicApplication | None, int]:
    """Return the topic that has waited longest for a reviewer, and how many wait."""
    waiting = TopicApplication.objects.submitted().exclude(pk=after.pk)
    return waiting.first(), waiting.count()

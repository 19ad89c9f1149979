from django.apps import AppConfig

from mentor_portal.notifications.kinds import register_messages
from mentor_portal.reservations.kinds import OfferingKind, register_kind
from research.wordings import RESEARCH_MESSAGES


class ResearchConfig(AppConfig):
    name = "research"
    verbose_name = "调研"

    def ready(self) -> None:
        register_messages(RESEARCH_MESSAGES)
        register_kind(OfferingKind.TRIP, detail="research:trip-detail", booking="research:trip-book")

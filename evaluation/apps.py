from django.apps import AppConfig

from evaluation.wordings import EVALUATION_MESSAGES
from mentor_portal.notifications.kinds import register_messages


class EvaluationConfig(AppConfig):
    name = "evaluation"
    verbose_name = "两优评选"

    def ready(self) -> None:
        register_messages(EVALUATION_MESSAGES)

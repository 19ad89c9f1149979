from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HomeConfig(AppConfig):
    name = "mentor_portal.home"
    label = "home"
    verbose_name = "系统"

    def ready(self) -> None:
        from mentor_portal.home import listeners  # noqa: F401
        from mentor_portal.home.roles import keep_groups
        from mentor_portal.home.wordings import RESERVATION_MESSAGES
        from mentor_portal.notifications.kinds import register_messages

        register_messages(RESERVATION_MESSAGES)
        post_migrate.connect(keep_groups, sender=self, dispatch_uid="home-keep-groups")

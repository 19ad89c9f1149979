from django.apps import AppConfig
from django.db.models.signals import post_migrate


class NotificationsConfig(AppConfig):
    name = "mentor_portal.notifications"
    label = "notifications"
    verbose_name = "消息"

    def ready(self) -> None:
        from mentor_portal.notifications.services.templates import keep_templates

        post_migrate.connect(keep_templates, sender=self, dispatch_uid="notifications-keep-templates")

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "mentor_portal.home"
    label = "home"
    verbose_name = "系统"

    def ready(self) -> None:
        from mentor_portal.home import listeners  # noqa: F401

from django.apps import AppConfig


class MentorsConfig(AppConfig):
    name = "mentors"
    label = "mentors"
    verbose_name = "导师"

    def ready(self) -> None:
        from mentors import listeners  # noqa: F401

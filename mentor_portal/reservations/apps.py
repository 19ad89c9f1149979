from django.apps import AppConfig


class ReservationsConfig(AppConfig):
    name = "mentor_portal.reservations"
    label = "reservations"
    verbose_name = "预约"

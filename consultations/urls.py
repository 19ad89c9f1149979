from django.urls import path

from consultations.views import duties, duty_desk, slots

app_name = "consultations"
urlpatterns = [
    path("", slots.slot_list, name="slot-list"),
    path("any/", slots.any_book, name="any-book"),
    path("<int:pk>/", slots.slot_detail, name="slot-detail"),
    path("<int:pk>/seats/", slots.slot_seats, name="slot-seats"),
    path("<int:pk>/book/", slots.slot_book, name="slot-book"),
    path("held/<int:pk>/", duties.consultation_detail, name="consultation-detail"),
    path("held/<int:pk>/resume/", slots.resume, name="resume"),
    path("held/<int:pk>/rate/", slots.consultation_rate, name="consultation-rate"),
    path("duties/", duties.shift_list, name="shift-list"),
    path("duties/new/", duties.shift_new, name="shift-new"),
    path("duties/<int:pk>/", duties.shift_detail, name="shift-detail"),
    path("duties/<int:pk>/withdraw/", duties.shift_withdraw, name="shift-withdraw"),
    path("duties/<int:pk>/cancel/", duties.shift_cancel, name="shift-cancel"),
    path("duties/slots/<int:pk>/cancel/", duties.slot_cancel, name="slot-cancel"),
    path("duties/<int:pk>/desk/", duty_desk.duty_desk, name="duty-desk"),
    path("duties/<int:pk>/desk/walk-in/", duty_desk.walk_in, name="duty-desk-walk-in"),
    path("duties/<int:pk>/desk/presence/", duty_desk.presence, name="duty-desk-presence"),
    path(
        "duties/<int:pk>/desk/check-in/<int:reservation_pk>/", duty_desk.check_in, name="duty-desk-check-in"
    ),
    path("duties/<int:pk>/desk/undo/<int:reservation_pk>/", duty_desk.undo, name="duty-desk-undo"),
]

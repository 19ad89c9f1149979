from django.urls import path

from consultations.views import slots

app_name = "consultations"
urlpatterns = [
    path("", slots.slot_list, name="slot-list"),
    path("any/", slots.any_book, name="any-book"),
    path("<int:pk>/", slots.slot_detail, name="slot-detail"),
    path("<int:pk>/seats/", slots.slot_seats, name="slot-seats"),
    path("<int:pk>/book/", slots.slot_book, name="slot-book"),
    path("held/<int:pk>/resume/", slots.resume, name="resume"),
    path("held/<int:pk>/rate/", slots.consultation_rate, name="consultation-rate"),
]

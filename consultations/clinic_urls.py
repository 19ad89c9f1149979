from django.urls import path

from consultations.views import clinic_rooms, clinics

app_name = "clinics"
urlpatterns = [
    path("", clinics.clinic_list, name="clinic-list"),
    path("<int:pk>/", clinics.clinic_detail, name="clinic-detail"),
    path("<int:pk>/seats/", clinics.clinic_seats, name="clinic-seats"),
    path("<int:pk>/book/", clinics.clinic_book, name="clinic-book"),
    path("<int:pk>/room/", clinic_rooms.clinic_room, name="clinic-room"),
    path("<int:pk>/room/call/", clinic_rooms.clinic_call, name="clinic-call"),
    path("<int:pk>/room/<int:number>/", clinic_rooms.clinic_note, name="clinic-note"),
    path("<int:pk>/room/<int:number>/move/", clinic_rooms.clinic_move, name="clinic-move"),
]

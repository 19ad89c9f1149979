from django.urls import path

from classrooms import views

app_name = "classrooms"
urlpatterns = [
    path("", views.session_list, name="session-list"),
    path("<int:pk>/", views.session_detail, name="session-detail"),
    path("<int:pk>/seats/", views.session_seats, name="session-seats"),
    path("<int:pk>/book/", views.session_book, name="session-book"),
]

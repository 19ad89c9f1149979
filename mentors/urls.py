from django.urls import path

from mentors import calendars, views

app_name = "mentors"
urlpatterns = [
    path("", views.mentor_list, name="mentor-list"),
    path("<int:pk>/", views.mentor_detail, name="mentor-detail"),
    path("<int:pk>/calendar.ics", calendars.mentor_calendar, name="mentor-calendar"),
    path("<int:pk>/photo/", views.mentor_photo, name="mentor-photo"),
    path("<int:pk>/like/", views.mentor_like, name="mentor-like"),
]

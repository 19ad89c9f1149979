from django.urls import path

from classrooms.views import sessions, teaching, topics

app_name = "classrooms"
urlpatterns = [
    path("", sessions.session_list, name="session-list"),
    path("<int:pk>/", sessions.session_detail, name="session-detail"),
    path("<int:pk>/seats/", sessions.session_seats, name="session-seats"),
    path("<int:pk>/book/", sessions.session_book, name="session-book"),
    path("topics/<int:pk>/", topics.topic_detail, name="topic-detail"),
    path("teaching/<int:pk>/", teaching.teaching_detail, name="teaching-detail"),
]

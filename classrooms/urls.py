from django.urls import path

from classrooms import calendars, feeds
from classrooms.views import courseware, feedback, sessions, teaching, topics

app_name = "classrooms"
urlpatterns = [
    path("", sessions.session_list, name="session-list"),
    path("feed.atom", feeds.session_feed, name="session-feed"),
    path("calendar.ics", calendars.schedule_calendar, name="schedule-calendar"),
    path("<int:pk>/", sessions.session_detail, name="session-detail"),
    path("<int:pk>/calendar.ics", calendars.session_calendar, name="session-calendar"),
    path("<int:pk>/seats/", sessions.session_seats, name="session-seats"),
    path("<int:pk>/book/", sessions.session_book, name="session-book"),
    path("<int:pk>/feedback/", feedback.session_feedback, name="session-feedback"),
    path("<int:pk>/feedback/again/", feedback.session_feedback_again, name="session-feedback-again"),
    path("topics/", topics.topic_list, name="topic-list"),
    path("topics/new/", topics.topic_new, name="topic-new"),
    path("topics/<int:pk>/", topics.topic_detail, name="topic-detail"),
    path("topics/<int:pk>/edit/", topics.topic_edit, name="topic-edit"),
    path("topics/<int:pk>/submit/", topics.topic_submit, name="topic-submit"),
    path("topics/<int:pk>/withdraw/", topics.topic_withdraw, name="topic-withdraw"),
    path("topics/<int:pk>/copy/", topics.topic_copy, name="topic-copy"),
    path("courseware/", courseware.courseware_list, name="courseware-list"),
    path("courseware/new/", courseware.courseware_new, name="courseware-new"),
    path("courseware/pairs/<int:pk>/", courseware.courseware_pair, name="courseware-pair"),
    path("courseware/<int:pk>/", courseware.courseware_detail, name="courseware-detail"),
    path("courseware/<int:pk>/version/", courseware.courseware_version, name="courseware-version"),
    path("courseware/<int:pk>/edit/", courseware.courseware_edit, name="courseware-edit"),
    path("courseware/<int:pk>/withdraw/", courseware.courseware_withdraw, name="courseware-withdraw"),
    path("courseware/<int:pk>/restore/", courseware.courseware_restore, name="courseware-restore"),
    path("courseware/<int:pk>/<int:number>/", courseware.courseware_file, name="courseware-file"),
    path("teaching/<int:pk>/", teaching.teaching_detail, name="teaching-detail"),
    path("teaching/<int:pk>/answer/", teaching.teaching_answer, name="teaching-answer"),
    path("teaching/<int:pk>/move/", teaching.teaching_move, name="teaching-move"),
]

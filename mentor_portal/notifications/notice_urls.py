from django.urls import path

from mentor_portal.notifications import feeds, views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="notice-list"),
    path("feed.atom", feeds.notice_feed, name="notice-feed"),
    path("<int:pk>/", views.notice_detail, name="notice-detail"),
    path("<int:pk>/files/<int:file_pk>/", views.notice_file, name="notice-file"),
]

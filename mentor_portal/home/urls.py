from django.urls import path

from mentor_portal.home import styleguide, views

app_name = "home"
urlpatterns = [
    path("", views.index, name="index"),
    path("me/", views.me, name="me"),
    path("me/desk/", views.mentor_desk, name="mentor-desk"),
    path("privacy/", views.privacy, name="privacy"),
    path("terms/", views.terms, name="terms"),
    path("search/", views.search, name="search"),
    path("sitemap/", views.sitemap, name="sitemap"),
    path("elder/", views.elder_toggle, name="elder-toggle"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]

from django.urls import path

from mentor_portal.reservations import views

app_name = "reservations"
urlpatterns = [
    path("", views.reservation_list, name="list"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<int:pk>/accept/", views.accept, name="accept"),
    path("<int:pk>/decline/", views.decline, name="decline"),
    path("<int:pk>/excuse/", views.excuse, name="excuse"),
]

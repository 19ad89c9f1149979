from django.urls import path

from tests.benchmarks.bare import views

urlpatterns = [
    path("", views.lesson_list, name="lesson-list"),
    path("lessons/<int:pk>/book/", views.lesson_book, name="lesson-book"),
]

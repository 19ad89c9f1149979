from django.urls import path

from evaluation.views import cards

app_name = "evaluation"
urlpatterns = [
    path("", cards.own_card, name="own-card"),
]

from django.urls import path

from evaluation.views import cards, nominations

app_name = "evaluation"
urlpatterns = [
    path("score/", cards.own_card, name="own-card"),
    path("nominations/", nominations.nominations, name="nominations"),
]

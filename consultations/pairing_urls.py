from django.urls import path

from consultations.views import pairings

app_name = "pairings"
urlpatterns = [
    path("", pairings.pairing_own, name="pairing-own"),
    path("mine/", pairings.pairing_list, name="pairing-list"),
    path("start/<int:reservation_pk>/", pairings.pairing_start, name="pairing-start"),
    path("<int:pk>/", pairings.pairing_detail, name="pairing-detail"),
    path("<int:pk>/answer/", pairings.pairing_answer, name="pairing-answer"),
    path("<int:pk>/contacts/", pairings.pairing_contact, name="pairing-contact"),
    path("<int:pk>/outcome/", pairings.pairing_outcome, name="pairing-outcome"),
    path("<int:pk>/check/", pairings.pairing_check, name="pairing-check"),
    path("<int:pk>/end/", pairings.pairing_end, name="pairing-end"),
    path("<int:pk>/proof/", pairings.pairing_proof, name="pairing-proof"),
]

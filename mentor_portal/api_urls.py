"""Where every resource of the API stands, and its document."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from classrooms.api import SessionBookingViewSet, SessionViewSet
from consultations.api import SlotBookingViewSet, SlotViewSet
from mentor_portal.api import document
from mentor_portal.notifications.api import NoticeViewSet
from mentor_portal.reservations.api import ReservationViewSet
from mentors.api import CategoryViewSet, ChainViewSet, MentorViewSet
from research.api import ReportViewSet, ThemeViewSet

router = SimpleRouter(use_regex_path=False)
router.register("categories", CategoryViewSet, "category")
router.register("chains", ChainViewSet, "chain")
router.register("mentors", MentorViewSet, "mentor")
router.register("sessions", SessionViewSet, "session")
router.register("slots", SlotViewSet, "slot")
router.register("research/themes", ThemeViewSet, "research-theme")
router.register("research/reports", ReportViewSet, "research-report")
router.register("notices", NoticeViewSet, "notice")
router.register("reservations", ReservationViewSet, "reservation")

app_name = "api"
urlpatterns = [
    path("", document.page, name="page"),
    path("schema/", document.schema, name="schema"),
    path("sessions/<str:id>/book/", SessionBookingViewSet.as_view({"post": "create"}), name="session-book"),
    path("slots/<str:id>/book/", SlotBookingViewSet.as_view({"post": "create"}), name="slot-book"),
    *router.urls,
]

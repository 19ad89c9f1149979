"""Where every address leads."""

from django.contrib import admin
from django.urls import include, path

from mentor_portal.home import embedding
from mentor_portal.home.health import health

urlpatterns = [
    path("", include("mentor_portal.home.urls")),
    path("", include("mentor_portal.accounts.urls")),
    path("", include("mentor_portal.reservations.urls")),
    path("me/messages/", include("mentor_portal.notifications.urls")),
    path("classes/", include("classrooms.urls")),
    path("consultations/clinics/", include("consultations.clinic_urls")),
    path("consultations/", include("consultations.urls")),
    path("pairings/", include("consultations.pairing_urls")),
    path("notices/", include("mentor_portal.notifications.notice_urls")),
    path("mentors/", include("mentors.urls")),
    path("research/", include("research.urls")),
    path("awards/", include("evaluation.award_urls")),
    path("me/", include("evaluation.urls")),
    path("judging/", include("evaluation.judging_urls")),
    path("api/v1/", include("mentor_portal.api_urls")),
    path("account/", include("mentor_portal.accounts.allauth_urls")),
    path("widget.js", embedding.script, name="widget-script"),
    path("widget/classes/", embedding.classes, name="widget-classes"),
    path("admin/embedding/", admin.site.admin_view(embedding.page), name="embedding"),
    path("admin/statistics/", include("evaluation.statistics_urls")),
    path("admin/", admin.site.urls),
    path("healthz", health, name="healthz"),
]

handler403 = "mentor_portal.home.views.permission_denied"
handler404 = "mentor_portal.home.views.not_found"
handler500 = "mentor_portal.home.views.server_error"

from django.urls import path

from research.views import public, reports, trips

app_name = "research"
urlpatterns = [
    path("", public.home, name="home"),
    path("themes/<int:pk>/", public.theme_detail, name="theme-detail"),
    path("published/", public.published_list, name="published-list"),
    path("trips/<int:pk>/", trips.trip_detail, name="trip-detail"),
    path("trips/<int:pk>/seats/", trips.trip_seats, name="trip-seats"),
    path("trips/<int:pk>/book/", trips.trip_book, name="trip-book"),
    path("reports/", reports.report_list, name="report-list"),
    path("reports/new/", reports.report_new, name="report-new"),
    path("reports/<int:pk>/", reports.report_detail, name="report-detail"),
    path("reports/<int:pk>/edit/", reports.report_edit, name="report-edit"),
    path("reports/<int:pk>/withdraw/", reports.report_withdraw, name="report-withdraw"),
    path("reports/<int:pk>/files/<int:file_pk>/", reports.report_file, name="report-file"),
]

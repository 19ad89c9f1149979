"""The staff's pages of figures, within the admin."""

from django.contrib import admin
from django.urls import path

from evaluation.admin import statistics

app_name = "statistics"
urlpatterns = [
    path("", admin.site.admin_view(statistics.figures), name="figures"),
    path("coverage/", admin.site.admin_view(statistics.coverage), name="coverage"),
    path("export/", admin.site.admin_view(statistics.export), name="export"),
]

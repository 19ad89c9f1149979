from django.urls import path

from evaluation.views import awards

app_name = "awards"
urlpatterns = [
    path("", awards.year_list, name="year-list"),
    path("<int:number>/", awards.year_detail, name="year-detail"),
    path("<int:number>/objections/new/", awards.objection_create, name="objection-create"),
]

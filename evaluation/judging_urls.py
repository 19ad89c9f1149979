from django.urls import path

from evaluation.views import judging

app_name = "judging"
urlpatterns = [
    path("", judging.sheet_list, name="sheet-list"),
    path("<int:pk>/", judging.sheet_detail, name="sheet-detail"),
    path("<int:pk>/submit/", judging.sheet_submit, name="sheet-submit"),
    path("<int:pk>/recuse/", judging.sheet_recuse, name="sheet-recuse"),
    path("<int:pk>/file/", judging.sheet_file, name="sheet-file"),
]

from django.urls import path

from mentor_portal.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/code/", views.sign_in_code, name="sign-in-code"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("me/profile/", views.profile, name="profile"),
    path("me/phone/", views.phone, name="phone"),
]

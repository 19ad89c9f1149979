"""The pages of django-allauth that we use: password sign-in, passwords, the second factor.

Accounts are made by signing in with a code, and a forgotten password is replaced after signing in
that way, so allauth's own pages for these lead there.
"""

from allauth.account import views
from django.urls import include, path, reverse_lazy
from django.views.generic import RedirectView

_to_sign_in = RedirectView.as_view(url=reverse_lazy("accounts:sign-in"), query_string=True)

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("password/reset/", _to_sign_in, name="account_reset_password"),
    path("signup/", _to_sign_in, name="account_signup"),
    path("2fa/", include("allauth.mfa.urls")),
]

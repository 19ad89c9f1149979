"""How django-allauth meets our people: phone numbers on the account, no sign-up of its own."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.conf import settings
from django.http import HttpRequest

from mentor_portal.accounts import rules
from mentor_portal.accounts.forms import PhoneField
from mentor_portal.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Password sign-in for staff by phone or e-mail; accounts are made by code or by staff."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def phone_form_field(self, **kwargs: Any) -> forms.Field:
        return PhoneField(**kwargs)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone, True) if user.phone else None

    def get_user_by_phone(self, phone: str) -> User | None:
        try:
            return User.objects.filter(phone=rules.normalise_phone(phone)).first()
        except ValueError:
            return None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        user.phone = rules.normalise_phone(phone)
        user.save(update_fields=["phone"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        """Every number on an account is proven: nothing to note."""

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:
        raise NotImplementedError("codes are sent by mentor_portal.accounts.services")

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in; a session of staff ends with the working day."""
        super().login(request, user)
        if user.is_staff:
            request.session.set_expiry(settings.STAFF_SESSION_HOURS * 3600)

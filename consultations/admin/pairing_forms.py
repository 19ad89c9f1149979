"""The forms with which staff start pairings and decide about their outcome."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from consultations import services
from consultations.models import Pairing
from mentor_portal.accounts.forms import PhoneField
from mentor_portal.accounts.models import User
from mentor_portal.errors import DomainError

REASON_LENGTH = Pairing._meta.get_field("reason").max_length
VERIFY, RETURN, REFUSE = "verify", "return", "refuse"
# Under which field a refusal is shown.
FIELD_OF_REFUSAL = {
    "pairing_with_oneself": "phone",
    "pairing_is_live": "phone",
    "pairing_mentor_not_appointed": "mentor",
}


class StartForm(forms.ModelForm):
    """A mentor, a job seeker by phone number, and what they want to reach together."""

    phone = PhoneField(
        label="求职者手机号",
        widget=UnfoldAdminTextInputWidget(attrs={"inputmode": "tel"}),
        help_text="对方须用这个手机号登录过；接受后结对才开始。",
    )

    class Meta:
        model = Pairing
        fields = ["mentor", "phone", "goal"]

    staff: User  # set by the admin

    def clean_phone(self) -> User:
        phone = self.cleaned_data["phone"]
        person = User.objects.filter(phone=phone, is_active=True).first()
        if person is None:
            raise forms.ValidationError("没有用这个手机号登录过的人，请先请对方登录一次。")
        return person

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors:
            self._rehearse()
        return data

    def carry_out(self) -> Pairing:
        """Propose the pairing. Only for a valid form; raises what the service raises."""
        data = self.cleaned_data
        return services.propose_pairing(
            mentor=data["mentor"],
            job_seeker=data["phone"],
            goal=data["goal"],
            by=self.staff,
            at=timezone.now(),
        )

    def _rehearse(self) -> None:
        """Carry it out and take it back, so that a refusal is shown beside what was typed."""
        try:
            with transaction.atomic():
                self.carry_out()
                transaction.set_rollback(True)
        except DomainError as refusal:
            self.add_error(FIELD_OF_REFUSAL.get(refusal.code), str(refusal))


class DecisionForm(forms.Form):
    """What staff make of an outcome; ``seen_at`` is the claim that was read, ``beside`` what stood by it."""

    decision = forms.ChoiceField(
        label="处理", choices=[(each, each) for each in (VERIFY, RETURN, REFUSE)], widget=forms.HiddenInput
    )
    seen_at = forms.DateTimeField(widget=forms.HiddenInput)
    beside = forms.TypedMultipleChoiceField(coerce=int, required=False)
    comment = forms.CharField(
        label="意见",
        required=False,
        max_length=REASON_LENGTH,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="会发给导师；不予认定时也发给求职者。退回和不予认定须写明原因。",
    )

    def __init__(self, *args: Any, others: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["beside"].choices = [(pk, str(pk)) for pk in others]


class StopForm(forms.Form):
    """Why staff break a pairing off."""

    reason = forms.CharField(
        label="中止的原因",
        max_length=REASON_LENGTH,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="会发给导师和求职者。",
        error_messages={"required": "请写明原因，双方会看到。"},
    )

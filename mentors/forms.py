"""The staff's forms for mentors and their appointments."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from unfold.widgets import UnfoldAdminTextInputWidget

from mentor_portal.accounts.forms import PhoneField
from mentor_portal.errors import DomainError
from mentors import errors, services
from mentors.models import Appointment, Mentor
from mentors.rules.terms import terms_overlap


class MentorForm(forms.ModelForm):
    """A mentor's profile; a new mentor is named by phone number, and the account found or made."""

    phone = PhoneField(
        widget=UnfoldAdminTextInputWidget,
        help_text="导师用这个号码登录；还没有账号的号码会自动建立账号。",
    )

    class Meta:
        model = Mentor
        fields = [
            "name",
            "photo",
            "employer",
            "title",
            "introduction",
            "specialities_text",
            "primary_category",
            "primary_chain",
            "categories",
            "chains",
            "topic_types",
            "is_listed",
        ]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["phone"]

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        enrolled = Mentor.objects.filter(user__phone=phone).first()
        if enrolled:
            raise forms.ValidationError(str(errors.AlreadyMentor(name=enrolled.name)))
        return phone

    def clean_photo(self) -> object:
        photo = self.cleaned_data.get("photo")
        if not isinstance(photo, UploadedFile):
            return photo
        try:
            return services.prepare_photo(upload=photo)
        except errors.PhotoRefused as refused:
            raise forms.ValidationError(str(refused)) from None


class AppointmentForm(forms.ModelForm):
    """One appointment on a page of its own."""

    class Meta:
        model = Appointment
        fields = ["number", "starts_on", "ends_on", "state"]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if not self.errors:
            appointment = Appointment(pk=self.instance.pk, **cleaned)
            others = Appointment.objects.filter(mentor=self.instance.mentor).exclude(pk=appointment.pk)
            try:
                services.check_overlap(appointment, list(others))
            except DomainError as refused:
                self.add_error("starts_on", str(refused))
        return cleaned


class AppointmentFormSet(forms.BaseInlineFormSet):
    """All appointments of one mentor: those in force share no day."""

    def clean(self) -> None:
        super().clean()
        terms: list[tuple[object, object]] = []
        for form in self._forms_in_force():
            term = form.cleaned_data["starts_on"], form.cleaned_data["ends_on"]
            met = terms_overlap(*term, terms)
            if met:
                form.add_error("starts_on", f"与另一聘期（{met[0]} 至 {met[1]}）重叠。")
            terms.append(term)

    def _forms_in_force(self) -> list[forms.ModelForm]:
        return [
            form
            for form in self.forms
            if not form.errors
            and form.cleaned_data
            and not form.cleaned_data.get("DELETE")
            and form.cleaned_data["state"] == Appointment.State.IN_FORCE
        ]

"""The staff's forms for the wording of messages."""

from django import forms

from mentor_portal.notifications import services
from mentor_portal.notifications.errors import WordsUnknown
from mentor_portal.notifications.models import MessageTemplate
from mentor_portal.notifications.selectors import Wording


class TemplateForm(forms.ModelForm):
    """How one kind of message reads; sent with ``_preview``, it is only looked at and never valid."""

    class Meta:
        model = MessageTemplate
        fields = ["title", "body", "by_sms", "by_email"]

    @property
    def wording(self) -> Wording:
        """What was typed where it is in order, else what is stored."""
        texts = self.cleaned_data if self.is_bound and not self.errors else vars(self.instance)
        return Wording(*(texts[name] for name in ("title", "body", "by_sms", "by_email")))

    def is_valid(self) -> bool:
        return super().is_valid() and "_preview" not in self.data

    def clean_title(self) -> str:
        return self._with_known_words("title")

    def clean_body(self) -> str:
        return self._with_known_words("body")

    def _with_known_words(self, name: str) -> str:
        text = self.cleaned_data[name]
        try:
            services.check_words(kind=self.instance.registered, text=text)
        except WordsUnknown as refused:
            raise forms.ValidationError(str(refused)) from None
        return text

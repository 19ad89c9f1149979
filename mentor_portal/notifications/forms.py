"""The staff's forms for the wording of messages and for the files of notices."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from unfold.widgets import UnfoldAdminFileFieldWidget

from mentor_portal.files import FileRefused
from mentor_portal.notifications import services
from mentor_portal.notifications.errors import WordsUnknown
from mentor_portal.notifications.models import MessageTemplate, NoticeAttachment
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


class AttachmentForm(forms.ModelForm):
    """One file of a notice: uploaded once, then only taken off."""

    upload = forms.FileField(
        label="上传文件",
        help_text="PDF、Word、Excel、PPTX、JPG、PNG。",
        widget=UnfoldAdminFileFieldWidget(attrs={"aria-label": "上传文件"}),
    )

    class Meta:
        model = NoticeAttachment
        fields = []
        labels = {"upload": "上传文件"}  # the column's heading

    def clean_upload(self) -> UploadedFile:
        upload = self.cleaned_data["upload"]
        try:
            services.examine_attachment(upload=upload)
        except FileRefused as refused:
            raise forms.ValidationError(str(refused)) from None
        return upload

    def save(self, commit: bool = True) -> NoticeAttachment:
        return services.attach_file(notice=self.instance.notice, upload=self.cleaned_data["upload"])


class AttachmentFormSet(forms.BaseInlineFormSet):
    """All files of one notice."""

    def delete_existing(self, obj: NoticeAttachment, commit: bool = True) -> None:
        services.remove_file(attachment=obj)

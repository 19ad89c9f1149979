"""What signing up for a trip and writing a report ask of a mentor."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from mentor_portal.accounts.forms import PortalForm
from mentor_portal.files import DOCUMENTS
from research.services import ReportContent

ACCEPTED_SUFFIXES = ",".join(suffix for each in DOCUMENTS for suffix in each.suffixes)


class SeveralFiles(forms.ClearableFileInput):
    """A field of files, of which several can be chosen at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; what each really is, the service looks at."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        chosen: Iterable[UploadedFile] = data if isinstance(data, list | tuple) else [data]
        return [each for each in chosen if each]


class ReportForm(PortalForm):
    """A report; a draft may lack its title and be short, what is handed in may not."""

    title = forms.CharField(
        label="标题",
        max_length=100,
        required=False,
        widget=forms.TextInput(
            attrs={"placeholder": "如：智能制造车间需要什么样的技工", "autocomplete": "off"}
        ),
        error_messages={"max_length": "标题最多 100 个字，请缩短一些。"},
    )
    body = forms.CharField(
        label="正文",
        max_length=30_000,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text="空行分段。字数按 Word 的方法统计：汉字和标点各算一个，连续的字母或数字算一个。",
        error_messages={"max_length": "正文太长，最多 30000 个字符，请缩短一些。"},
    )
    uploads = FilesField(
        label="照片和文件",
        required=False,
        widget=SeveralFiles(attrs={"accept": ACCEPTED_SUFFIXES}),
    )

    def __init__(self, *args: Any, file_words: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A draft may lack them, but nobody should take them for optional.
        for name in ("title", "body"):
            self.fields[name].is_expected = True
        self.fields["body"].widget.attrs["data-length-of"] = "report-length"
        self.fields["uploads"].help_text = file_words

    def content(self) -> ReportContent:
        """Return what was written, for the services; line ends as people type them."""
        body = self.cleaned_data["body"].replace("\r\n", "\n")
        return ReportContent(title=self.cleaned_data["title"], body=body)

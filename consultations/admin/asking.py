"""A page on which staff say why, before it is done to the rows that they chose."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextareaWidget

from mentor_portal.reservations.selectors import Told


class WhyForm(forms.Form):
    """One field of text that must not be empty."""

    words = forms.CharField(max_length=200, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}))

    def __init__(self, *args: Any, label: str, hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["words"]
        field.label, field.help_text = label, hint
        field.error_messages["required"] = f"请填写{label}。"


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What the page says: the action that it leads to, its words, and who will be told (if it is known)."""

    action: str
    title: str
    lead: str
    button: str
    label: str = ""
    hint: str = ""
    told: Told | None = None

    def form(self, request: HttpRequest) -> WhyForm:
        data = request.POST if "words" in request.POST else None
        return WhyForm(data, label=self.label, hint=self.hint)


def asking_page(
    page: ModelAdmin,
    request: HttpRequest,
    asking: Asking,
    form: WhyForm | None,
    rows: Iterable[tuple[int, str]],
) -> HttpResponse:
    """Ask for the words, or without a form only whether.

    ``rows`` are what it is about, each as its id and what it says.
    """
    list_url = reverse(f"admin:{page.opts.app_label}_{page.opts.model_name}_changelist")
    context = {
        **page.admin_site.each_context(request),
        "title": asking.title,
        "opts": page.opts,
        "asking": asking,
        "form": form,
        "rows": list(rows),
        "list_url": list_url,
    }
    return TemplateResponse(request, "admin/consultations/asking.html", context)

"""Pages before something is done: one that asks whether, and one on which staff say why in words."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextareaWidget

from mentor_portal.errors import DomainError


class WordsForm(forms.Form):
    """One field of text that must not be empty."""

    words = forms.CharField(max_length=300, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}))

    def __init__(self, *args: Any, label: str, hint: str, missing: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["words"]
        field.label, field.help_text = label, hint
        field.error_messages["required"] = missing


def sure_page(
    page: ModelAdmin, request: HttpRequest, *, title: str, lead: list[str], button: str, back_url: str
) -> HttpResponse:
    """Ask whether something is to be done: what it is about, the button, and the way back."""
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "title": title,
        "lead": lead,
        "button": button,
        "back_url": back_url,
    }
    return TemplateResponse(request, "admin/classrooms/words.html", context)


def words_page(
    page: ModelAdmin,
    request: HttpRequest,
    row: Model,
    *,
    carry_out: Callable[[str], object],
    done: str,
    form: dict[str, Any],
    words: dict[str, Any],
) -> HttpResponse:
    """Ask for the words, carry it out with them and go back to the row; a refusal stands on the page.

    ``form`` is given to WordsForm; ``words`` are what the page shows: title, lead, button.
    """
    bound = WordsForm(request.POST if request.method == "POST" else None, **form)
    back_url = reverse(f"admin:{page.opts.app_label}_{page.opts.model_name}_change", args=[row.pk])
    if bound.is_valid():
        try:
            carry_out(bound.cleaned_data["words"])
        except DomainError as refusal:
            bound.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(back_url)
    context = {
        **page.admin_site.each_context(request),
        **words,
        "opts": page.opts,
        "form": bound,
        "back_url": back_url,
    }
    status = 422 if bound.errors else 200
    return TemplateResponse(request, "admin/classrooms/words.html", context, status=status)

"""The page on which staff open an extra class: everything preset, one button."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelect2Widget,
    UnfoldAdminSplitDateTimeWidget,
)

from classrooms import services
from classrooms.models import ClassSession
from classrooms.selectors.extra import suggest_extra
from mentor_portal.accounts.models import User
from mentor_portal.errors import DomainError
from mentor_portal.reservations.models import Venue

# Under which field a refusal is shown.
FIELD_OF_REFUSAL = {
    "venue_clash": "venue",
    "host_clash": "starts_at",
    "in_the_past": "starts_at",
    "seats_too_many": "capacity",
}


class ExtraClassForm(forms.Form):
    """When, where and for how many the class runs once more."""

    starts_at = forms.SplitDateTimeField(label="开始时间", widget=UnfoldAdminSplitDateTimeWidget)
    ends_at = forms.SplitDateTimeField(label="结束时间", widget=UnfoldAdminSplitDateTimeWidget)
    venue = forms.ModelChoiceField(
        Venue.objects.filter(is_active=True).select_related("host_unit"),
        label="场地",
        widget=UnfoldAdminSelect2Widget,
    )
    capacity = forms.IntegerField(
        label="名额", min_value=1, max_value=5000, widget=UnfoldAdminIntegerFieldWidget
    )

    def __init__(self, *args: Any, staff: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["venue"].queryset = self.fields["venue"].queryset.managed_by(staff)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        starts_at, ends_at = data.get("starts_at"), data.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", "结束时间须晚于开始时间。")
        return data

    def placement(self) -> services.Placement:
        """Return what staff have decided. Only for a valid form."""
        return services.Placement(**self.cleaned_data)


def extra_page(page: ModelAdmin, request: HttpRequest, session: ClassSession) -> HttpResponse:
    """Show the suggestion, and open the class where staff say so; a refusal stands under its field."""
    at = timezone.now()
    suggestion = suggest_extra(session, at)
    initial = {name: getattr(suggestion, name) for name in ("starts_at", "ends_at", "venue", "capacity")}
    data = request.POST if request.method == "POST" else None
    form = ExtraClassForm(data, initial=initial, staff=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            extra = services.open_extra_class(
                session=session, placement=form.placement(), by=request.user, at=at
            )
        except DomainError as refusal:
            form.add_error(FIELD_OF_REFUSAL.get(refusal.code), str(refusal))
        else:
            messages.success(request, _opened_in_words(extra, session.offering.waiting_count))
            return redirect(reverse("admin:classrooms_classsession_change", args=[extra.pk]))
    context = {
        **page.admin_site.each_context(request),
        "title": "另行开班",
        "opts": page.opts,
        "form": form,
        "media": page.media + form.media,
        "session": session,
        "waiting": session.offering.waiting_count,
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "admin/classrooms/extra.html", context, status=status)


def _opened_in_words(extra: ClassSession, waiting: int) -> str:
    """Say how many were told, and why not all of those who wait."""
    told = extra.offering.reservations.count()
    words = f"已加开“{extra.title}”，已按候补先后通知 {told} 人。"
    kept_away = waiting - told
    if kept_away > 0:
        words += f"另有 {kept_away} 人当时另有安排或已暂停预约，仍在原来的候补中。"
    return words

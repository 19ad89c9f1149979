"""The coming classes on other platforms (notice 三（二）3): a frame, its script, and the staff's page."""

from typing import Any

from csp.constants import SELF
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe
from unfold.widgets import UnfoldAdminSelectWidget

from classrooms.filters import SessionFilter
from classrooms.models import ClassSession
from classrooms.selectors import class_cards, coming
from mentor_portal import portal_settings
from mentor_portal.home.hosts import host_names
from mentors.models import Category, IndustrialChain

USUAL, MOST = 5, 20
KEPT_SECONDS, SCRIPT_KEPT_SECONDS = 60, 3600
SCRIPT = settings.BASE_DIR / "static" / "js" / "widget.js"
MAY_SEE = "classrooms.view_classsession"


@require_safe
@xframe_options_exempt
@cache_control(public=True, max_age=KEPT_SECONDS)
def classes(request: HttpRequest) -> HttpResponse:
    """The next classes in a frame, with the schedule's filters; only listed sites may show it."""
    sessions = SessionFilter(request.GET, queryset=ClassSession.objects.published())
    rows = coming(sessions.qs, timezone.now()).for_cards()[: _count(request.GET)]
    context = {
        "cards": class_cards(rows, person=AnonymousUser(), at=timezone.now()),
        "schedule_url": reverse("classrooms:session-list") + sessions.query,
    }
    response = render(request, "widget/classes.html", context)
    # What django-csp's decorator does, with a policy that staff can change while the portal runs.
    response._csp_replace = {"frame-ancestors": [SELF, *ancestors()]}
    return response


@require_safe
@cache_control(public=True, max_age=SCRIPT_KEPT_SECONDS)
def script(request: HttpRequest) -> HttpResponse:
    """The script that other sites load; its address never changes."""
    response = HttpResponse(SCRIPT.read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
@permission_required(MAY_SEE, raise_exception=True)
def page(request: HttpRequest) -> HttpResponse:
    """How another site shows our classes: choose what, copy two lines, see how it looks."""
    form = WidgetForm(request.GET or None)
    chosen = {name: value for name, value in form.chosen.items() if value}
    context = {
        **admin.site.each_context(request),
        "title": "嵌入其他网站",
        "form": form,
        "hosts": host_names(str(portal_settings.read()["WIDGET_HOSTS"])),
        "script_url": request.build_absolute_uri(reverse("widget-script")),
        "frame_url": request.build_absolute_uri(f"{reverse('widget-classes')}?{urlencode(chosen)}"),
        "chosen": chosen,
        "may_change": request.user.has_perm("constance.change_config"),
    }
    return TemplateResponse(request, "admin/home/embedding.html", context)


def ancestors() -> list[str]:
    """Return the origins that may show the frame, as the content security policy names them."""
    schemes = ["https"] if settings.HTTPS else ["https", "http"]
    names = host_names(str(portal_settings.read()["WIDGET_HOSTS"]))
    return [f"{scheme}://{name}" for name in names for scheme in schemes]


class WidgetForm(forms.Form):
    """How many classes of what a site shows."""

    count = forms.TypedChoiceField(
        label="几场", coerce=int, choices=[(many, f"{many} 场") for many in (3, 5, 8, 10, 20)], initial=USUAL
    )
    category = forms.ModelChoiceField(
        label="类别",
        queryset=Category.objects.all(),
        to_field_name="slug",
        required=False,
        empty_label="全部",
    )
    chain = forms.ModelChoiceField(
        label="产业链",
        queryset=IndustrialChain.objects.all(),
        to_field_name="slug",
        required=False,
        empty_label="全部",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            choices, field.widget = field.widget.choices, UnfoldAdminSelectWidget()
            field.widget.choices = choices

    @property
    def chosen(self) -> dict[str, object]:
        """The values as the frame's address names them; where none was understood, the usual ones."""
        if not self.is_valid():
            return {"count": USUAL}
        return {name: getattr(value, "slug", value) for name, value in self.cleaned_data.items()}


def _count(asked: QueryDict) -> int:
    text = asked.get("count", "")
    return min(max(int(text), 1), MOST) if text.isascii() and text.isdecimal() and len(text) < 4 else USUAL

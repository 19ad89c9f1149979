"""The staff's pages about pairings: the list, one pairing with its outcome, starting and stopping one."""

from collections.abc import Iterator
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    DropdownFilter,
    RangeDateTimeFilter,
)
from unfold.decorators import action, display

from consultations import services
from consultations.admin.pairing_forms import RETURN, VERIFY, DecisionForm, StartForm, StopForm
from consultations.models import Pairing, Placement, PlacementProof
from consultations.rules.pairings import Act
from consultations.selectors import pairings as selectors
from consultations.selectors.claims import OtherClaim, other_claims
from mentor_portal.accounts.models import User
from mentor_portal.accounts.staff import StrictAdmin
from mentor_portal.errors import DomainError
from mentor_portal.files import file_response
from mentor_portal.wording import moment

State = Pairing.State
STATES = [("all", "全部"), *State.choices]
SEE = "consultations.view_pairing"


class StateFilter(DropdownFilter):
    """Shows everything, until a state is asked for."""

    title = "状态"
    parameter_name = "state"
    all_option = None

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return STATES

    def value(self) -> str:
        return super().value() or "all"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Pairing]) -> QuerySet[Pairing]:
        return queryset if self.value() == "all" else queryset.filter(state=self.value())


@admin.register(Pairing)
class PairingAdmin(StrictAdmin):
    """Pairings are led by their mentors; staff read, start one, verify what came of it, or stop it."""

    form = StartForm
    fields = ["mentor", "phone", "goal"]
    autocomplete_fields = ["mentor"]
    list_display = ["mentor", "seeker", "state_label", "outcome", "contacts", "started", "last_step"]
    list_filter = [
        StateFilter,
        ("mentor", AutocompleteSelectFilter),
        ("created_at", RangeDateTimeFilter),
    ]
    list_filter_submit = True
    list_before_template = "admin/consultations/partials/pairing_states.html"
    list_per_page = 50
    search_fields = [
        "mentor__name",
        "job_seeker__name",
        "job_seeker__phone__endswith",
        "placement__name",
        "goal",
    ]
    search_help_text = "导师、求职者、手机号后四位、用人单位、目标"
    actions_detail = ["stop"]

    class Media:
        css = {"all": ["css/admin-topics.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Pairing]:
        others = Placement.objects.standing().filter(person=OuterRef("job_seeker"))
        has_other_claim = Exists(others.exclude(pairing=OuterRef("pk")))
        return super().get_queryset(request).for_lines().annotate(has_other_claim=has_other_claim)

    def get_urls(self) -> list[URLPattern]:
        """The proof has a view of its own, for which nobody hears more than that it is not there."""
        proof = path("<path:object_id>/proof/", pairing_proof, name="consultations_pairing_proof")
        return [proof, *super().get_urls()]

    def get_form(self, request: HttpRequest, obj: Pairing | None = None, **kwargs: Any) -> type[StartForm]:
        form = super().get_form(request, obj, **kwargs)
        form.staff = request.user
        return form

    def has_view_permission(self, request: HttpRequest, obj: Pairing | None = None) -> bool:
        """Pairings belong to no unit: the province sees them all, a unit none, whatever its groups say."""
        return sees_every_pairing(request.user) and super().has_view_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Pairing | None = None) -> bool:
        return sees_every_pairing(request.user) and super().has_change_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return sees_every_pairing(request.user) and super().has_add_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Pairing | None = None) -> bool:
        return False

    def has_stop_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return self.has_change_permission(request)

    def save_model(self, request: HttpRequest, obj: Pairing, form: StartForm, change: bool) -> None:
        made = form.carry_out()
        obj.pk, obj.job_seeker = made.pk, made.job_seeker

    @display(description="求职者", ordering="job_seeker__name")
    def seeker(self, pairing: Pairing) -> str:
        person = pairing.job_seeker
        return f"{person} {person.masked_phone}" if person.name else str(person)

    @display(
        description="状态",
        ordering="state",
        label={"待核实": "warning", "已就业": "success", "已创业": "success", "帮扶中": "info"},
    )
    def state_label(self, pairing: Pairing) -> str:
        return pairing.get_state_display()

    @display(description="上报的结果")
    def outcome(self, pairing: Pairing) -> str:
        placement = getattr(pairing, "placement", None)
        if placement is None:
            return "—"
        mark = " · 此人另有上报" if pairing.has_other_claim and pairing.state == State.CONFIRMED else ""
        return f"{placement.name} · {placement.started_on:%Y-%m-%d}{mark}"

    @display(description="联系", ordering="contact_count")
    def contacts(self, pairing: Pairing) -> str:
        return f"{pairing.contact_count} 次" if pairing.contact_count else "—"

    @display(description="发起", ordering="created_at")
    def started(self, pairing: Pairing) -> str:
        return moment(pairing.created_at)

    @display(description="最近进展", ordering="changed_at")
    def last_step(self, pairing: Pairing) -> str:
        return moment(pairing.changed_at)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Add the states with their counts as links above the list."""
        states = list(_states(request)) if self.has_view_permission(request) else []
        return super().changelist_view(request, {"states": states, **(extra_context or {})})

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show a pairing to be read, and take the decision about its outcome."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        pairing = self._row(request, object_id)
        others = _others(pairing)
        claims = [each.placement.pk for each in others]
        if request.method != "POST":
            return self._show(request, pairing, others, DecisionForm(others=claims))
        if not self.has_change_permission(request, pairing):
            raise PermissionDenied
        form = DecisionForm(request.POST, others=claims)
        if form.is_valid() and self._decide(request, pairing, form):
            return self._to_the_next(request, pairing)
        pairing = self._row(request, object_id)
        return self._show(request, pairing, _others(pairing), form)

    def _row(self, request: HttpRequest, object_id: str) -> Pairing:
        pairing = self.get_object(request, unquote(object_id))
        if pairing is None:
            raise Http404
        return pairing

    def _decide(self, request: HttpRequest, pairing: Pairing, form: DecisionForm) -> bool:
        """Carry the decision out; a refusal stands beside the form."""
        data = form.cleaned_data
        step = {
            "pairing": pairing,
            "by": request.user,
            "at": timezone.now(),
            "seen_at": data["seen_at"],
        }
        try:
            if data["decision"] == VERIFY:
                services.verify_placement(**step, beside=data["beside"], comment=data["comment"])
                done = f"已认定：{pairing}，已告知双方。"
            elif data["decision"] == RETURN:
                services.return_placement(**step, reason=data["comment"])
                done = f"已退回导师补充：{pairing}。"
            else:
                services.refuse_placement(**step, reason=data["comment"])
                done = f"不予认定：{pairing}，已告知双方。"
        except DomainError as refusal:
            form.add_error("comment" if refusal.code == "reason_missing" else None, str(refusal))
            form.fields["comment"].widget.attrs["autofocus"] = "comment" in form.errors
            return False
        self.message_user(request, done, messages.SUCCESS)
        return True

    def _to_the_next(self, request: HttpRequest, pairing: Pairing) -> HttpResponseRedirect:
        """Go to another claim for the same person where there is one, else to the longest waiting."""
        waiting = Pairing.objects.waiting_for_staff().exclude(pk=pairing.pk)
        following = waiting.filter(job_seeker=pairing.job_seeker_id).first() or waiting.first()
        if following is None:
            self.message_user(request, "待核实的安置都处理完了。", messages.INFO)
            return redirect("admin:consultations_pairing_changelist")
        self.message_user(request, f"还有 {waiting.count()} 条待核实。", messages.INFO)
        return redirect("admin:consultations_pairing_change", following.pk)

    def _show(
        self, request: HttpRequest, pairing: Pairing, others: list[OtherClaim], form: DecisionForm
    ) -> TemplateResponse:
        placement = getattr(pairing, "placement", None)
        can_decide = pairing.may(Act.VERIFY, request.user) and self.has_change_permission(request, pairing)
        context = {
            **self.admin_site.each_context(request),
            "title": str(pairing),
            "opts": self.opts,
            "original": pairing,
            "pairing": pairing,
            "placement": placement,
            "proof": getattr(placement, "proof", None),
            "others": others,
            "chosen": form.data.getlist("beside") if form.is_bound else [],
            "steps": selectors.steps_of(pairing),
            "contacts": list(pairing.contacts.all()),
            "form": form,
            "can_decide": can_decide,
            "is_barred": any(each.bars for each in others),
            "can_stop": pairing.may(Act.STOP, request.user) and self.has_change_permission(request),
            "stop_url": reverse("admin:consultations_pairing_stop", args=[pairing.pk]),
        }
        return TemplateResponse(request, "admin/consultations/pairing_review.html", context)

    @action(description="中止结对", permissions=["stop"], icon="block")
    def stop(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask why, then break the pairing off and tell both."""
        pairing = self.row_or_404(request, object_id)
        back_url = reverse("admin:consultations_pairing_change", args=[pairing.pk])
        form = StopForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                services.stop_pairing(
                    pairing=pairing, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"]
                )
            except DomainError as refusal:
                form.add_error(None, str(refusal))
            else:
                self.message_user(request, "结对已中止，已告知双方。", messages.SUCCESS)
                return redirect(back_url)
        context = {
            **self.admin_site.each_context(request),
            "title": "中止结对",
            "opts": self.opts,
            "pairing": pairing,
            "form": form,
            "back_url": back_url,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/consultations/pairing_stop.html", context, status=status)


# Not behind the admin's own door, which answers strangers with a 403; staff without a second factor are
# stopped by the middleware, as on every address below the admin.
@require_safe
@never_cache
@csp_replace({"object-src": [SELF]})
def pairing_proof(request: HttpRequest, object_id: str) -> FileResponse:
    """The proof of a pairing's outcome, for staff who look after pairings; for others it is not there."""
    user = request.user
    may_see = user.is_authenticated and user.is_staff and sees_every_pairing(user) and user.has_perm(SEE)
    if not may_see or not object_id.isdecimal():
        raise Http404
    return file_response(get_object_or_404(PlacementProof, placement__pairing__pk=int(object_id)))


def sees_every_pairing(user: User) -> bool:
    """Tell whether a member of staff is of the province."""
    return user.is_superuser or user.is_provincial


def _others(pairing: Pairing) -> list[OtherClaim]:
    """What stands beside a claim that waits for staff, or that stands already."""
    placement: Placement | None = getattr(pairing, "placement", None)
    is_standing = placement is not None and Placement.objects.standing().filter(pk=placement.pk).exists()
    return other_claims(placement) if is_standing else []


def _states(request: HttpRequest) -> Iterator[dict[str, object]]:
    asked: QueryDict = request.GET
    counts = dict(Pairing.objects.order_by().values_list("state").annotate(Count("pk")))
    shown = asked.get(StateFilter.parameter_name) or "all"
    for state, word in STATES:
        query = asked.copy()
        query.pop("p", None)
        query[StateFilter.parameter_name] = state
        count = sum(counts.values()) if state == "all" else counts.get(state, 0)
        yield {"word": word, "count": count, "query": query.urlencode(), "is_on": state == shown}

"""The staff's pages about events that earn extra points (加分项): entering, the proof, verifying."""

from typing import Any, ClassVar

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import action, display

from classrooms.admin.words import sure_page, words_page
from evaluation import services
from evaluation.admin.service_forms import ServiceForm
from evaluation.models import BonusEvent
from mentor_portal.accounts.staff import StrictAdmin, do_each
from mentor_portal.files import file_response
from mentor_portal.wording import moment

State = BonusEvent.State
SEE = "evaluation.view_bonusevent"


class BonusForm(ServiceForm):
    """A new event with its proof."""

    field_of_refusal: ClassVar[dict[str, str]] = {
        "file_refused": "file",
        "bonus_in_future": "held_on",
        "bonus_twice": "title",
    }

    class Meta:
        model = BonusEvent
        fields = ["mentor", "title", "held_on", "file"]
        error_messages = {
            "mentor": {"required": "请选择导师。"},
            "title": {"required": "请填写活动名称。"},
            "held_on": {"required": "请填写活动日期。"},
            "file": {"required": "请上传证明材料。"},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].label = "证明材料"
            self.fields["file"].help_text = "邀请函、聘书、现场照片等，PDF、Word 或图片。"

    def carry_out(self, data: dict[str, Any]) -> BonusEvent:
        proof = data["file"]
        words = {name: data[name] for name in ("mentor", "title", "held_on")}
        return services.enter_bonus(**words, proof=proof, by=self.staff, at=timezone.now())


@admin.register(BonusEvent)
class BonusEventAdmin(StrictAdmin):
    """Events are entered with a proof; they count once somebody has verified them."""

    form = BonusForm
    list_display = ["title", "mentor", "held_on", "state_label", "entered", "decided"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("held_on", RangeDateFilter),
        ("mentor", AutocompleteSelectFilter),
    ]
    list_filter_submit = True
    list_per_page = 50
    list_select_related = ["mentor", "entered_by", "decided_by"]
    search_fields = ["title", "mentor__name"]
    search_help_text = "活动名称、导师姓名"
    autocomplete_fields = ["mentor"]
    actions = ["verify_each"]
    actions_detail = ["verify", "refuse"]
    warn_unsaved_form = True

    def get_urls(self) -> list[URLPattern]:
        """The proof has a view of its own, for which nobody hears more than that it is not there."""
        proof = path("<path:object_id>/proof/", bonus_proof, name="evaluation_bonusevent_proof")
        return [proof, *super().get_urls()]

    def get_form(self, request: HttpRequest, obj: BonusEvent | None = None, **kwargs: Any) -> type:
        form = super().get_form(request, obj, **kwargs)
        form.staff = request.user
        return form

    def get_fields(self, request: HttpRequest, obj: BonusEvent | None = None) -> list:
        if obj is None:
            return ["mentor", "title", "held_on", "file"]
        return [("mentor", "held_on"), "title", "proof", "state_label", "entered", "decided", "reason"]

    def has_change_permission(self, request: HttpRequest, obj: BonusEvent | None = None) -> bool:
        """An event is decided by its actions; what was entered is not edited."""
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: BonusEvent | None = None) -> bool:
        return False

    def has_decide_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return super().has_change_permission(request)

    def save_model(self, request: HttpRequest, obj: BonusEvent, form: BonusForm, change: bool) -> None:
        """The form has entered it."""

    @display(
        description="状态",
        ordering="state",
        label={"待核实": "warning", "已核实": "success", "不予认定": "danger"},
    )
    def state_label(self, event: BonusEvent) -> str:
        return event.get_state_display()

    @display(description="证明材料")
    def proof(self, event: BonusEvent) -> str:
        url = reverse("admin:evaluation_bonusevent_proof", args=[event.pk])
        link = '<a class="text-primary-600 underline dark:text-primary-500" href="{}">{}</a>'
        return format_html(link, url, event.original_name)

    @display(description="录入", ordering="entered_at")
    def entered(self, event: BonusEvent) -> str:
        return f"{event.entered_by} {moment(event.entered_at)}"

    @display(description="核实", ordering="decided_at")
    def decided(self, event: BonusEvent) -> str:
        return f"{event.decided_by} {moment(event.decided_at)}" if event.decided_at else "—"

    @admin.action(description="核实所选活动", permissions=["decide"])
    def verify_each(self, request: HttpRequest, rows: QuerySet[BonusEvent]) -> None:
        step = {"by": request.user, "at": timezone.now()}
        done = "已核实 {count} 项加分活动。"
        do_each(self, request, rows, lambda row: services.verify_bonus(event=row, **step), done)

    @action(description="核实", permissions=["decide"], icon="check_circle")
    def verify(self, request: HttpRequest, object_id: str) -> HttpResponse:
        event = self.row_or_404(request, object_id)
        if request.method == "POST":
            services.verify_bonus(event=event, by=request.user, at=timezone.now())
            self.message_user(request, "已核实，计入加分项。", messages.SUCCESS)
            return redirect("admin:evaluation_bonusevent_change", event.pk)
        return sure_page(
            self,
            request,
            title="核实加分活动",
            lead=_lines_about(event),
            button="核实",
            back_url=reverse("admin:evaluation_bonusevent_change", args=[event.pk]),
        )

    @action(description="不予认定", permissions=["decide"], icon="do_not_disturb_on")
    def refuse(self, request: HttpRequest, object_id: str) -> HttpResponse:
        event = self.row_or_404(request, object_id)

        def carry_out(reason: str) -> None:
            services.refuse_bonus(event=event, reason=reason, by=request.user, at=timezone.now())

        return words_page(
            self,
            request,
            event,
            carry_out=carry_out,
            done="已记为不予认定，不计分。",
            form={"label": "理由", "hint": "会留在记录里。", "missing": "请写明不予认定的理由。"},
            words={"title": "不予认定", "lead": _lines_about(event), "button": "不予认定"},
        )


def _lines_about(event: BonusEvent) -> list[str]:
    return [f"活动：{event.title}", f"导师：{event.mentor}", f"日期：{event.held_on:%Y-%m-%d}"]


# Not behind the admin's own door, which answers strangers with a 403, as the proofs of pairings.
@require_safe
@never_cache
@csp_replace({"object-src": [SELF]})
def bonus_proof(request: HttpRequest, object_id: str) -> FileResponse:
    """The proof of an event, for the province's staff; for others it is not there."""
    user = request.user
    may_see = user.is_authenticated and user.is_staff and (user.is_superuser or user.is_provincial)
    if not may_see or not user.has_perm(SEE) or not object_id.isdecimal():
        raise Http404
    return file_response(get_object_or_404(BonusEvent, pk=int(object_id)))

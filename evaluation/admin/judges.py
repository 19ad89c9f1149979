"""The staff's pages about who is on the panel (评审专家)."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from unfold.contrib.filters.admin import RelatedDropdownFilter
from unfold.decorators import action, display

from classrooms.admin.words import sure_page
from evaluation import services
from evaluation.admin.service_forms import ServiceForm
from evaluation.models import EvaluationYear, PanelJudge, ScoreSheet
from evaluation.rules.stages import PANEL_OPEN
from mentor_portal.accounts.staff import StrictAdmin
from mentor_portal.wording import moment

State = ScoreSheet.State


class JudgeForm(ServiceForm):
    """A person for the panel, with the employer that conflicts go by."""

    field_of_refusal: ClassVar[dict[str, str]] = {
        "panel_closed": "year",
        "not_a_judge": "person",
        "judge_without_employer": "employer",
    }

    class Meta:
        model = PanelJudge
        fields = ["year", "person", "employer"]
        error_messages = {
            "year": {"required": "请选择评选年度。"},
            "person": {"required": "请选择评审专家。"},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = EvaluationYear.objects.filter(stage__in=PANEL_OPEN)
        self.fields["year"].queryset = years
        self.fields["year"].initial = years.last()
        self.fields["person"].help_text = "只列出已设为评审专家的人员；没有时请先到“人员”里勾选。"
        self.fields["employer"].required = False
        self.fields["employer"].help_text = "同单位导师的课件不会分给这位专家。专家本人也是导师的，可以不填。"

    def carry_out(self, data: dict[str, Any]) -> PanelJudge:
        judge = services.appoint_judge(**data, by=self.staff, at=timezone.now())
        if data["employer"] and data["employer"] != judge.employer:
            word = f"这位专家已经在评审团里，工作单位是“{judge.employer}”。要更正请先移出再加入。"
            self.add_error("employer", word)
        return judge


@admin.register(PanelJudge)
class PanelJudgeAdmin(StrictAdmin):
    """People come onto the panel and leave it; who has handed a sheet in stays."""

    list_display = ["person", "employer", "of_year", "progress", "appointed"]
    list_filter = [("year", RelatedDropdownFilter)]
    list_filter_submit = True
    list_per_page = 50
    list_select_related = ["year", "person", "appointed_by"]
    ordering = ["-year__year", "person__name", "pk"]
    search_fields = ["person__name", "employer"]
    search_help_text = "姓名、工作单位"
    autocomplete_fields = ["person"]
    actions_detail = ["release"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PanelJudge]:
        standing = ~Q(sheets__state=State.RECUSED)
        submitted = Q(sheets__state=State.SUBMITTED)
        return (
            super()
            .get_queryset(request)
            .annotate(given=Count("sheets", filter=standing), submitted=Count("sheets", filter=submitted))
        )

    def get_form(self, request: HttpRequest, obj: PanelJudge | None = None, **kwargs: Any) -> type:
        if obj is not None:
            return super().get_form(request, obj, **kwargs)
        form = super().get_form(request, obj, form=JudgeForm, **kwargs)
        form.staff = request.user
        return form

    def get_fields(self, request: HttpRequest, obj: PanelJudge | None = None) -> list:
        if obj is None:
            return ["year", "person", "employer"]
        return [("person", "employer"), ("year", "progress"), "appointed"]

    def has_change_permission(self, request: HttpRequest, obj: PanelJudge | None = None) -> bool:
        """What conflicts went by is not edited afterwards."""
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: PanelJudge | None = None) -> bool:
        """Who leaves the panel does so by a service, with the sheets."""
        return False

    def has_decide_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return super().has_change_permission(request)

    def save_model(self, request: HttpRequest, obj: PanelJudge, form: forms.ModelForm, change: bool) -> None:
        """The form has appointed the judge."""

    @display(description="年度", ordering="year__year")
    def of_year(self, judge: PanelJudge) -> int:
        return judge.year.year

    @display(description="评分进度")
    def progress(self, judge: PanelJudge) -> str:
        return f"已提交 {judge.submitted} / {judge.given} 份" if judge.given else "还没有分配"

    @display(description="加入", ordering="appointed_at")
    def appointed(self, judge: PanelJudge) -> str:
        return f"{judge.appointed_by} {moment(judge.appointed_at)}"

    @action(description="移出评审团", permissions=["decide"], icon="person_remove")
    def release(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if request.method == "POST" and self.get_object(request, object_id) is None:
            self.message_user(request, "这位专家已经不在评审团里。", messages.INFO)
            return redirect("admin:evaluation_paneljudge_changelist")
        judge = self.row_or_404(request, object_id)
        if request.method == "POST":
            services.release_judge(judge=judge, by=request.user, at=timezone.now())
            self.message_user(request, f"已把 {judge} 移出评审团。", messages.SUCCESS)
            return redirect("admin:evaluation_paneljudge_changelist")
        return sure_page(
            self,
            request,
            title="移出评审团",
            lead=[
                f"专家：{judge}（{judge.employer}），{judge.year}",
                f"名下没有提交的 {judge.given} 份评分表会一并收回，可以重新分配给别的专家。",
            ],
            button="移出评审团",
            back_url=reverse("admin:evaluation_paneljudge_change", args=[judge.pk]),
        )

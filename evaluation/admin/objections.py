"""The staff's pages about objections (公示异议): what was said, noting one at the desk, the answer."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from unfold.contrib.filters.admin import DropdownFilter, RelatedDropdownFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextareaWidget

from evaluation import errors, services
from evaluation.admin.service_forms import ServiceForm
from evaluation.models import EvaluationYear, Objection
from mentor_portal.accounts.staff import StrictAdmin
from mentor_portal.wording import moment

SHOWN = EvaluationYear.Stage.OBJECTIONS


class DeskForm(ServiceForm):
    """An objection brought to the desk.

    ``page_key`` is the page's own: what the same page sends twice is noted once.
    """

    page_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Objection
        fields = ["year", "name", "phone", "text"]
        widgets = {"text": UnfoldAdminTextareaWidget(attrs={"rows": 6})}
        error_messages = {
            "year": {"required": "请选择正在公示的年度。"},
            "name": {"required": "请填写提出人的姓名。"},
            "phone": {"required": "请填写联系电话，答复时要用。"},
            "text": {"required": "请填写异议内容。"},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page_key"].initial = uuid4
        field = self.fields["year"]
        field.queryset = EvaluationYear.objects.filter(stage=SHOWN)
        field.empty_label = None if field.queryset else "没有正在公示的年度"
        field.help_text = "只有在公示期内才能登记异议。"

    def carry_out(self, data: dict[str, Any]) -> Objection:
        words = {name: data[name] for name in ("year", "name", "phone", "text")}
        return services.record_objection(**words, key=data["page_key"], by=self.staff, at=timezone.now())


class AnswerForm(ServiceForm):
    """The answer to an objection: whether it holds, and why."""

    outcome = forms.ChoiceField(
        label="处理结果",
        choices=Objection.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择异议是否成立。"},
    )
    answer = forms.CharField(
        label="答复",
        max_length=1000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 6}),
        help_text="登录提出的人会收到这段话；在窗口登记的请按电话告知。",
        error_messages={"required": "请写明答复内容。"},
    )

    class Meta:
        model = Objection
        fields = ["outcome", "answer"]

    def carry_out(self, data: dict[str, Any]) -> Objection:
        words = {name: data[name] for name in ("outcome", "answer")}
        return services.answer_objection(objection=self.instance, **words, by=self.staff, at=timezone.now())


class AnsweredFilter(DropdownFilter):
    title = "处理"
    parameter_name = "answered"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("no", "待答复"), *Objection.Outcome.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Objection]) -> QuerySet[Objection]:
        if self.value() == "no":
            return queryset.unanswered()
        return queryset.filter(outcome=self.value()) if self.value() else queryset


@admin.register(Objection)
class ObjectionAdmin(StrictAdmin):
    """Objections are answered once; what was said and what was answered stays as it is."""

    list_display = ["said", "name", "of_year", "state_label", "raised", "source", "answered"]
    list_filter = [AnsweredFilter, ("year", RelatedDropdownFilter)]
    list_filter_submit = True
    list_per_page = 50
    list_select_related = ["year", "recorded_by", "answered_by"]
    ordering = [F("answered_at").asc(nulls_first=True), "raised_at", "pk"]
    search_fields = ["name", "phone", "text"]
    search_help_text = "姓名、电话、异议内容"
    warn_unsaved_form = True
    WORDS = [("name", "phone"), ("year", "run"), "text", ("raised", "source")]

    def get_form(self, request: HttpRequest, obj: Objection | None = None, **kwargs: Any) -> type:
        kwargs["form"] = AnswerForm if obj else DeskForm
        form = super().get_form(request, obj, **kwargs)
        form.staff = request.user
        return form

    def get_fields(self, request: HttpRequest, obj: Objection | None = None) -> list:
        if obj is None:
            return ["year", ("name", "phone"), "text", "page_key"]
        if obj.is_answered:
            return [*self.WORDS, "state_label", "answer", "answered"]
        return [*self.WORDS, "outcome", "answer"]

    def get_readonly_fields(self, request: HttpRequest, obj: Objection | None = None) -> list[str]:
        return ["name", "phone", "year", "run", "text", "raised", "source"] if obj else []

    def has_change_permission(self, request: HttpRequest, obj: Objection | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.is_answered)

    def has_delete_permission(self, request: HttpRequest, obj: Objection | None = None) -> bool:
        return False

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Say of an answer that came second that there is one."""
        row = self.get_object(request, object_id) if request.method == "POST" else None
        if row and row.is_answered and super().has_change_permission(request):
            self.message_user(request, str(errors.ObjectionAnswered()), messages.WARNING)
            return redirect("admin:evaluation_objection_change", row.pk)
        return super().change_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Objection, form: forms.ModelForm, change: bool) -> None:
        """The form has noted or answered it."""

    @display(description="年度", ordering="year__year")
    def of_year(self, objection: Objection) -> int:
        return objection.year.year

    @display(description="异议", ordering="pk")
    def said(self, objection: Objection) -> str:
        return objection.text if len(objection.text) <= 30 else f"{objection.text[:30]}…"

    @display(
        description="处理",
        ordering="outcome",
        label={"待答复": "warning", "异议成立": "danger", "异议不成立": "success"},
    )
    def state_label(self, objection: Objection) -> str:
        return objection.get_outcome_display() if objection.is_answered else "待答复"

    @display(description="提出时间", ordering="raised_at")
    def raised(self, objection: Objection) -> str:
        return moment(objection.raised_at)

    @display(description="方式")
    def source(self, objection: Objection) -> str:
        return f"窗口登记（{objection.recorded_by}）" if objection.recorded_by_id else "登录提出"

    @display(description="答复人", ordering="answered_at")
    def answered(self, objection: Objection) -> str:
        return f"{objection.answered_by} {moment(objection.answered_at)}" if objection.is_answered else "—"

"""The staff's pages about what takes part in 优秀课件: nominated, confirmed, declined."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    RelatedDropdownFilter,
)
from unfold.decorators import action, display

from classrooms.admin.words import sure_page, words_page
from evaluation import errors, services
from evaluation.admin.service_forms import ServiceForm
from evaluation.models import CoursewareEntry, EvaluationYear
from mentor_portal.accounts.staff import StrictAdmin, do_each
from mentor_portal.wording import moment

State = CoursewareEntry.State
HINT = "可按标题或导师姓名查找。按课件所属的年度参评，推荐的是它的最新版本。"


class NominationForm(ServiceForm):
    """A courseware that staff nominate, in the year to which it belongs."""

    field_of_refusal: ClassVar[dict[str, str]] = {
        "panel_closed": "courseware",
        "year_not_open": "courseware",
        "courseware_unfit": "courseware",
    }

    class Meta:
        model = CoursewareEntry
        fields = ["courseware"]
        error_messages = {"courseware": {"required": "请选择课件。"}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["courseware"].help_text = HINT

    def carry_out(self, data: dict[str, Any]) -> CoursewareEntry:
        courseware = data["courseware"]
        year = EvaluationYear.objects.filter(year=courseware.year).first()
        if year is None:
            raise errors.YearNotOpen(year=courseware.year)
        return services.nominate(courseware=courseware, year=year, by=self.staff, at=timezone.now())


@admin.register(CoursewareEntry)
class CoursewareEntryAdmin(StrictAdmin):
    """What mentors and staff nominate is confirmed, under a number, or declined with a reason."""

    list_display = ["courseware", "number_label", "mentor", "of_year", "state_label", "nominated", "decided"]
    list_filter = [
        ("year", RelatedDropdownFilter),
        ("state", ChoicesDropdownFilter),
        ("courseware__mentor", AutocompleteSelectFilter),
    ]
    list_filter_submit = True
    list_per_page = 50
    list_select_related = ["year", "courseware__mentor", "nominated_by", "decided_by"]
    ordering = ["-year__year", F("number").asc(nulls_first=True), "pk"]
    search_fields = ["courseware__title", "courseware__mentor__name"]
    search_help_text = "课件标题、导师姓名"
    autocomplete_fields = ["courseware"]
    actions = ["confirm_each"]
    actions_detail = ["confirm", "decline"]

    def get_form(self, request: HttpRequest, obj: CoursewareEntry | None = None, **kwargs: Any) -> type:
        if obj is not None:
            return super().get_form(request, obj, **kwargs)
        form = super().get_form(request, obj, form=NominationForm, **kwargs)
        form.staff = request.user
        return form

    def get_fields(self, request: HttpRequest, obj: CoursewareEntry | None = None) -> list:
        if obj is None:
            return ["courseware"]
        return [
            ("work", "mentor"),
            ("year", "number_label"),
            ("version_label", "state_label"),
            ("nominated", "decided"),
            *(["reason"] if obj.reason else []),
        ]

    def has_change_permission(self, request: HttpRequest, obj: CoursewareEntry | None = None) -> bool:
        """A nomination is decided by its actions."""
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: CoursewareEntry | None = None) -> bool:
        return False

    def has_decide_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return super().has_change_permission(request)

    def save_model(
        self, request: HttpRequest, obj: CoursewareEntry, form: forms.ModelForm, change: bool
    ) -> None:
        """The form has nominated it."""

    @display(description="年度", ordering="year__year")
    def of_year(self, entry: CoursewareEntry) -> int:
        return entry.year.year

    @display(description="编号", ordering="number")
    def number_label(self, entry: CoursewareEntry) -> str:
        return entry.label if entry.number else "—"

    @display(description="导师", ordering="courseware__mentor__name")
    def mentor(self, entry: CoursewareEntry) -> str:
        return entry.courseware.mentor.name

    @display(description="课件")
    def work(self, entry: CoursewareEntry) -> str:
        url = reverse("admin:classrooms_courseware_change", args=[entry.courseware_id])
        link = '<a class="text-primary-600 underline dark:text-primary-500" href="{}">{}</a>'
        return format_html(link, url, entry.courseware)

    @display(description="参评版本")
    def version_label(self, entry: CoursewareEntry) -> str:
        return f"第 {entry.version.number} 版"

    @display(
        description="状态",
        ordering="state",
        label={"待确认": "warning", "参评": "success", "不参评": "danger"},
    )
    def state_label(self, entry: CoursewareEntry) -> str:
        return entry.get_state_display()

    @display(description="推荐", ordering="nominated_at")
    def nominated(self, entry: CoursewareEntry) -> str:
        return f"{entry.nominated_by} {moment(entry.nominated_at)}"

    @display(description="确认", ordering="decided_at")
    def decided(self, entry: CoursewareEntry) -> str:
        return f"{entry.decided_by} {moment(entry.decided_at)}" if entry.decided_at else "—"

    @admin.action(description="确认所选课件参评", permissions=["decide"])
    def confirm_each(self, request: HttpRequest, rows: QuerySet[CoursewareEntry]) -> None:
        step = {"by": request.user, "at": timezone.now()}
        in_order = rows.order_by("nominated_at", "pk")
        done = "{count} 件课件参评。"
        do_each(self, request, in_order, lambda row: services.confirm_entry(entry=row, **step), done)

    @action(description="确认参评", permissions=["decide"], icon="check_circle")
    def confirm(self, request: HttpRequest, object_id: str) -> HttpResponse:
        entry = self.row_or_404(request, object_id)
        here = reverse("admin:evaluation_coursewareentry_change", args=[entry.pk])
        if request.method == "POST":
            confirmed = services.confirm_entry(entry=entry, by=request.user, at=timezone.now())
            self.message_user(request, f"已确认参评，编号是{confirmed.label}。", messages.SUCCESS)
            return redirect(here)
        return sure_page(
            self,
            request,
            title="确认课件参评",
            lead=[*_lines_about(entry), "确认后按最新版本编号参评，并告知导师。"],
            button="确认参评",
            back_url=here,
        )

    @action(description="不参评", permissions=["decide"], icon="do_not_disturb_on")
    def decline(self, request: HttpRequest, object_id: str) -> HttpResponse:
        entry = self.row_or_404(request, object_id)

        def carry_out(reason: str) -> None:
            services.decline_entry(entry=entry, reason=reason, by=request.user, at=timezone.now())

        return words_page(
            self,
            request,
            entry,
            carry_out=carry_out,
            done="已定为不参评，并告知导师。",
            form={"label": "理由", "hint": "会告知导师。", "missing": "请写明不参评的理由，会告知导师。"},
            words={"title": "课件不参评", "lead": _lines_about(entry), "button": "不参评"},
        )


def _lines_about(entry: CoursewareEntry) -> list[str]:
    return [f"课件：{entry.courseware}", f"导师：{entry.courseware.mentor}", f"年度：{entry.year}"]

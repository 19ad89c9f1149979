"""The roster of mentors."""

from datetime import date, timedelta

from django import forms
from django.contrib import admin
from django.db.models import Field, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from unfold.admin import ModelAdmin, TabularInline
from unfold.contrib.filters.admin import DropdownFilter, RelatedDropdownFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from mentors import services
from mentors.admin.roster import RosterAdmin
from mentors.forms import AppointmentFormSet, MentorForm
from mentors.models import Appointment, Mentor

SOON = timedelta(days=60)


class TermFilter(DropdownFilter):
    """Who is appointed today, whose term ends soon, who is not appointed."""

    title = "聘期"
    parameter_name = "term"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [("now", "在聘"), ("soon", "60 天内到期"), ("none", "不在聘")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Mentor]) -> QuerySet[Mentor]:
        today = timezone.localdate()
        appointed = Mentor.objects.appointed(today).values("pk")
        later = Mentor.objects.appointed(today + SOON).values("pk")
        match self.value():
            case "now":
                return queryset.filter(pk__in=appointed)
            case "soon":
                return queryset.filter(pk__in=appointed).exclude(pk__in=later)
            case "none":
                return queryset.exclude(pk__in=appointed)
        return queryset


class AppointmentInline(TabularInline):
    model = Appointment
    formset = AppointmentFormSet
    fields = ["number", "starts_on", "ends_on", "state"]
    extra = 0
    tab = True


@admin.register(Mentor)
class MentorAdmin(RosterAdmin, ModelAdmin):
    form = MentorForm
    inlines = [AppointmentInline]
    list_display = [
        "person",
        "masked_phone",
        "employer",
        "primary_category",
        "primary_chain",
        "appointed_until",
        "is_listed",
    ]
    list_select_related = ["user", "primary_category", "primary_chain"]
    list_filter = [
        TermFilter,
        "is_listed",
        ("primary_category", RelatedDropdownFilter),
        ("primary_chain", RelatedDropdownFilter),
    ]
    list_filter_submit = True
    list_per_page = 50
    search_fields = ["name", "user__phone", "employer", "specialities_text"]
    search_help_text = "姓名、手机号、工作单位、擅长"
    warn_unsaved_form = True

    def get_fieldsets(self, request: HttpRequest, obj: Mentor | None = None) -> list[tuple]:
        account = "phone" if obj is None else self._account_field(request)
        return [
            (None, {"fields": [("name", account), ("employer", "title"), "photo", "is_listed"]}),
            ("类别与产业链", {"fields": [("primary_category", "primary_chain"), "categories", "chains"]}),
            ("介绍", {"fields": ["topic_types", "specialities_text", "introduction"]}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Mentor | None = None) -> list[str]:
        return [] if obj is None else [self._account_field(request)]

    def _account_field(self, request: HttpRequest) -> str:
        """Whole numbers are for those who keep the roster."""
        return "account" if self.has_change_permission(request) else "masked_phone"

    def formfield_for_manytomany(
        self, db_field: Field, request: HttpRequest, **kwargs: object
    ) -> forms.Field | None:
        kwargs["widget"] = UnfoldAdminCheckboxSelectMultipleWidget()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mentor]:
        latest = Appointment.objects.filter(mentor=OuterRef("pk"), state=Appointment.State.IN_FORCE).order_by(
            "-ends_on"
        )
        return super().get_queryset(request).annotate(until=Subquery(latest.values("ends_on")[:1]))

    def save_model(self, request: HttpRequest, obj: Mentor, form: MentorForm, change: bool) -> None:
        if not change:
            services.enrol(mentor=obj, phone=form.cleaned_data["phone"])
            return
        if "photo" in form.changed_data:
            services.forget_photo_file(mentor=obj)
        super().save_model(request, obj, form, change)

    @display(description="导师", ordering="name", header=True)
    def person(self, mentor: Mentor) -> list[object]:
        picture = {"path": reverse("mentors:mentor-photo", args=[mentor.pk])} if mentor.photo else None
        return [mentor.name, mentor.title, mentor.initial, picture]

    @display(description="手机号", ordering="user__phone")
    def masked_phone(self, mentor: Mentor) -> str:
        return mentor.user.masked_phone

    @display(description="登录账号")
    def account(self, mentor: Mentor) -> str:
        return mentor.user.identifier

    @display(description="聘至", ordering="until")
    def appointed_until(self, mentor: Mentor) -> date | None:
        return mentor.until

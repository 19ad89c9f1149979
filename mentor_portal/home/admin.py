"""The staff's pages about the portal itself: groups, second factors, the record of changes."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from auditlog.models import LogEntry
from constance.admin import Config, ConstanceAdmin
from constance.forms import ConstanceForm
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db.models import Field, Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter, RelatedDropdownFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from mentor_portal.home import selectors
from mentor_portal.home.models import SecondFactor, TaskRecord
from mentor_portal.home.roles import PROVINCE_APPS
from mentor_portal.home.rules import duration_words

ACTIONS = {"add": "新增", "change": "修改", "delete": "删除", "view": "查看"}
# The settings page asks for permissions that belong to no table of that name.
SETTINGS = {"view_config": "参数设置：查看", "change_config": "参数设置：修改"}

admin.site.unregister([Config, Group, EmailAddress, Authenticator, LogEntry])


def permission_label(permission: Permission) -> str:
    """Return 职业导师：修改 for mentors.change_mentor, and the stored name for permissions of other kinds."""
    if permission.codename in SETTINGS:
        return SETTINGS[permission.codename]
    model = permission.content_type.model_class()
    verb, _, rest = permission.codename.partition("_")
    if model is None or rest != model._meta.model_name or verb not in ACTIONS:
        return permission.name
    return f"{model._meta.verbose_name}：{ACTIONS[verb]}"


class SettingsForm(ConstanceForm):
    """Every field says aloud what it is for, where the page shows that beside it."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, (_, meaning, *_) in settings.CONSTANCE_CONFIG.items():
            self.fields[name].widget.attrs["aria-label"] = meaning


@admin.register(Config)
class SettingsAdmin(ConstanceAdmin):
    change_list_form = SettingsForm


def field_label(model: type[Model] | None, name: str) -> str:
    """Return the label of a field, its name where the model has no such field any more."""
    try:
        field = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        field = None
    return str(getattr(field, "verbose_name", name))


@admin.register(Group)
class GroupAdmin(ModelAdmin):
    list_display = ["name"]
    search_fields = ["name"]

    def formfield_for_manytomany(
        self, db_field: Field, request: HttpRequest, **kwargs: object
    ) -> forms.Field | None:
        if db_field.name == "permissions":
            kwargs["queryset"] = self._our_permissions()
            kwargs["widget"] = UnfoldAdminCheckboxSelectMultipleWidget()
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        field.label_from_instance = permission_label
        return field

    def _our_permissions(self) -> QuerySet[Permission]:
        apps = Q(content_type__app_label__in=(*PROVINCE_APPS, "home", "auditlog", "auth"))
        return Permission.objects.filter(apps | Q(codename__in=SETTINGS)).select_related("content_type")


@admin.register(SecondFactor)
class SecondFactorAdmin(ModelAdmin):
    """Who has a second factor; deleting one lets its owner set up another. Secrets are not shown."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    list_select_related = ["user"]
    search_fields = ["user__name", "user__phone"]
    fields = readonly_fields = ["user", "type", "created_at", "last_used_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: SecondFactor | None = None) -> bool:
        return False


@admin.register(TaskRecord)
class TaskRecordAdmin(ModelAdmin):
    """Whether the worker runs, and how each task of the schedule stands; nobody edits it."""

    fields = readonly_fields = [
        "task",
        "last_started_at",
        "last_finished_at",
        "took",
        "last_succeeded_at",
        "last_error_at",
        "last_error",
        "runs",
        "failures",
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: TaskRecord | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: TaskRecord | None = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Show the schedule rather than the table: what has never run is in it too."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        at = timezone.now()
        context = {
            **self.admin_site.each_context(request),
            "title": "任务状态",
            "opts": self.opts,
            "heart": selectors.heart(at),
            "lines": selectors.task_lines(at),
        }
        return TemplateResponse(request, "admin/home/task_list.html", context)

    @display(description="上次用时")
    def took(self, record: TaskRecord) -> str:
        return duration_words(record.last_duration) if record.last_duration is not None else ""


@admin.register(LogEntry)
class ChangeRecordAdmin(ModelAdmin):
    """Who changed what and when; nobody edits it."""

    list_display = ["moment", "who", "what", "which", "action_label", "changed_fields"]
    list_select_related = ["actor", "content_type"]
    list_filter = [
        ("action", ChoicesDropdownFilter),
        ("content_type", RelatedDropdownFilter),
        ("timestamp", RangeDateTimeFilter),
    ]
    list_filter_submit = True
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["object_repr", "actor__name", "actor__phone"]
    fields = readonly_fields = ["moment", "who", "what", "which", "action_label", "changes_in_full"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: LogEntry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: LogEntry | None = None) -> bool:
        return False

    @display(description="时间", ordering="timestamp")
    def moment(self, entry: LogEntry) -> str:
        return f"{timezone.localtime(entry.timestamp):%Y-%m-%d %H:%M:%S}"

    @display(description="操作人")
    def who(self, entry: LogEntry) -> str:
        return str(entry.actor) if entry.actor else "系统"

    @display(description="类型")
    def what(self, entry: LogEntry) -> str:
        model = entry.content_type.model_class()
        return str(model._meta.verbose_name) if model else entry.content_type.model

    @display(description="对象")
    def which(self, entry: LogEntry) -> str:
        return entry.object_repr

    @display(
        description="操作",
        ordering="action",
        label={"新增": "success", "修改": "info", "删除": "danger", "查看": "warning"},
    )
    def action_label(self, entry: LogEntry) -> str:
        words = {
            LogEntry.Action.CREATE: "新增",
            LogEntry.Action.UPDATE: "修改",
            LogEntry.Action.DELETE: "删除",
            LogEntry.Action.ACCESS: "查看",
        }
        return words[entry.action]

    @display(description="变更的字段")
    def changed_fields(self, entry: LogEntry) -> str:
        model = entry.content_type.model_class()
        return "、".join(field_label(model, name) for name in entry.changes_dict)

    @display(description="变更内容")
    def changes_in_full(self, entry: LogEntry) -> str:
        lines = (
            f"{name}：{' → '.join(str(each) for each in values)}"
            for name, values in entry.changes_display_dict.items()
        )
        return "；".join(lines)

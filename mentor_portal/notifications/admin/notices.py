"""Public notices: written, given files, published and withdrawn."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.html import format_html
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter, RelatedDropdownFilter
from unfold.dataclasses import UnfoldAction
from unfold.decorators import action, display

from mentor_portal.accounts.staff import UnitAdmin, do_each
from mentor_portal.notifications import services
from mentor_portal.notifications.forms import AttachmentForm, AttachmentFormSet
from mentor_portal.notifications.models import Notice, NoticeAttachment


class AttachmentInline(TabularInline):
    """Files are added and taken off; who may change a notice may do both."""

    model = NoticeAttachment
    form = AttachmentForm
    formset = AttachmentFormSet
    fields = ["download", "upload"]
    readonly_fields = ["download"]
    extra = 1
    hide_title = True

    def has_change_permission(self, request: HttpRequest, obj: Notice | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Notice | None = None) -> bool:
        return request.user.has_perm("notifications.change_notice")

    @display(description="文件")
    def download(self, attachment: NoticeAttachment) -> str:
        if attachment.pk is None:
            return ""
        return format_html(
            '<a class="text-primary-600 underline dark:text-primary-500" href="{}">{}</a>（{}）',
            attachment.get_absolute_url(),
            attachment.original_name,
            filesizeformat(attachment.size),
        )


@admin.register(Notice)
class NoticeAdmin(UnitAdmin):
    inlines = [AttachmentInline]
    list_display = ["title", "unit", "state_label", "pinned", "published_at", "created_at"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        "is_pinned",
        ("host_unit", RelatedDropdownFilter),
        ("published_at", RangeDateTimeFilter),
    ]
    list_filter_submit = True
    list_select_related = ["host_unit"]
    list_per_page = 50
    search_fields = ["title", "body"]
    search_help_text = "标题、正文"
    actions = ["publish", "withdraw"]
    actions_submit_line = ["save_and_publish"]
    warn_unsaved_form = True

    def get_fields(self, request: HttpRequest, obj: Notice | None = None) -> list[object]:
        """Where it is shown is for the province to decide; a unit writes in its own name."""
        return ["title", "body", *([("host_unit", "is_pinned")] if request.user.is_provincial else [])]

    def get_actions_submit_line(self, request: HttpRequest, object_id: object) -> list[UnfoldAction]:
        """What is out already needs no button that publishes it."""
        is_out = object_id is not None and Notice.objects.published().filter(pk=object_id).exists()
        return [] if is_out else super().get_actions_submit_line(request, object_id)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """A new notice may be published at once; unfold shows such buttons on changing only."""
        buttons = {"actions_submit_line": self.get_actions_submit_line(request, None)}
        return super().add_view(request, form_url, {**buttons, **(extra_context or {})})

    def save_model(self, request: HttpRequest, obj: Notice, form: object, change: bool) -> None:
        if not request.user.is_provincial:
            obj.host_unit = request.user.host_unit
        super().save_model(request, obj, form, change)

    @display(description="发布单位", ordering="host_unit__name")
    def unit(self, notice: Notice) -> str:
        return str(notice.host_unit or "省中心")

    @display(description="状态", ordering="state", label={"草稿": "warning", "已发布": "success"})
    def state_label(self, notice: Notice) -> str:
        return notice.get_state_display()

    @display(description="置顶", ordering="is_pinned", label={"置顶": "primary"})
    def pinned(self, notice: Notice) -> str:
        return "置顶" if notice.is_pinned else ""

    @action(description="发布所选通知", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Notice]) -> None:
        def publish(notice: Notice) -> None:
            services.publish_notice(notice=notice, by=request.user, at=timezone.now())

        do_each(self, request, queryset, publish, "已发布 {count} 条通知。")

    @action(description="撤回所选通知（变为草稿）", permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Notice]) -> None:
        def withdraw(notice: Notice) -> None:
            services.withdraw_notice(notice=notice, by=request.user)

        do_each(self, request, queryset, withdraw, "已撤回 {count} 条通知。")

    @action(description="保存并发布", permissions=["change"])
    def save_and_publish(self, request: HttpRequest, obj: Notice) -> None:
        self.publish(request, [obj])

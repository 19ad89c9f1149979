"""What was said to whom; nobody edits it."""

from django.contrib import admin
from django.http import HttpRequest
from unfold.contrib.filters.admin import RangeDateTimeFilter
from unfold.decorators import display

from mentor_portal.accounts.staff import StrictAdmin
from mentor_portal.notifications.admin.filters import KindFilter
from mentor_portal.notifications.models import Message


@admin.register(Message)
class MessageAdmin(StrictAdmin):
    list_display = ["person_name", "masked_phone", "kind_label", "title", "created_at", "read_at"]
    list_filter = [KindFilter, ("created_at", RangeDateTimeFilter)]
    list_filter_submit = True
    list_select_related = ["person"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["person__name", "person__phone__endswith", "title"]
    search_help_text = "姓名、手机号后四位、标题"
    fields = [
        ("person_name", "masked_phone"),
        ("kind_label", "title"),
        "body",
        ("created_at", "read_at"),
        ("routed_at", "expires_at"),
    ]
    readonly_fields = ["person_name", "masked_phone", "kind_label"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        return False

    @display(description="收件人", ordering="person__name")
    def person_name(self, message: Message) -> str:
        return str(message.person)

    @display(description="手机号")
    def masked_phone(self, message: Message) -> str:
        return message.person.masked_phone

    @display(description="消息", ordering="kind")
    def kind_label(self, message: Message) -> str:
        return message.kind_name

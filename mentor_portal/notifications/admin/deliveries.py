"""How messages went out: by which channel, when, and why not."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.decorators import action, display

from mentor_portal.accounts.staff import StrictAdmin, do_each
from mentor_portal.notifications import services
from mentor_portal.notifications.admin.filters import DeliveryKindFilter
from mentor_portal.notifications.models import Delivery


@admin.register(Delivery)
class DeliveryAdmin(StrictAdmin):
    """Deliveries are read here; what failed can be sent again."""

    list_display = [
        "channel_label",
        "person_name",
        "masked_target",
        "kind_label",
        "state_label",
        "attempts",
        "last_error",
        "due_at",
        "sent_at",
    ]
    list_filter = [
        ("channel", ChoicesDropdownFilter),
        ("state", ChoicesDropdownFilter),
        DeliveryKindFilter,
        ("due_at", RangeDateTimeFilter),
    ]
    list_filter_submit = True
    list_select_related = ["message__person"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["message__person__name", "message__person__phone__endswith", "ref", "carrier_id"]
    search_help_text = "姓名、手机号后四位、流水号、回执号"
    actions = ["resend"]
    fields = [
        ("channel", "state"),
        ("person_name", "masked_target"),
        ("kind_label", "message"),
        ("attempts", "last_error"),
        ("due_at", "sent_at", "claimed_until"),
        ("ref", "carrier_id"),
    ]
    readonly_fields = ["person_name", "masked_target", "kind_label"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Delivery | None = None) -> bool:
        """The list offers its action to whoever may change; a row itself is only shown."""
        return obj is None and super().has_change_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Delivery | None = None) -> bool:
        return super().has_view_permission(request, obj) or super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Delivery | None = None) -> bool:
        return False

    @display(description="方式", ordering="channel")
    def channel_label(self, delivery: Delivery) -> str:
        return delivery.get_channel_display()

    @display(description="收件人", ordering="message__person__name")
    def person_name(self, delivery: Delivery) -> str:
        return str(delivery.message.person)

    @display(description="号码或邮箱")
    def masked_target(self, delivery: Delivery) -> str:
        return delivery.masked_target

    @display(description="消息类型", ordering="message__kind")
    def kind_label(self, delivery: Delivery) -> str:
        return delivery.message.kind_name

    @display(
        description="状态",
        ordering="state",
        label={"已发送": "success", "待发送": "info", "发送中": "info", "发送失败": "danger"},
    )
    def state_label(self, delivery: Delivery) -> str:
        return delivery.get_state_display()

    @action(description="重新发送（仅发送失败的）", permissions=["change"])
    def resend(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        def resend(delivery: Delivery) -> None:
            services.resend(delivery=delivery, by=request.user, at=timezone.now())

        do_each(self, request, queryset, resend, "已安排 {count} 条重新发送。")

"""The wording of messages, with a preview."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from unfold.decorators import action, display

from mentor_portal.accounts.staff import StrictAdmin, do_each
from mentor_portal.notifications import services
from mentor_portal.notifications.forms import TemplateForm
from mentor_portal.notifications.models import MessageTemplate


@admin.register(MessageTemplate)
class MessageTemplateAdmin(StrictAdmin):
    form = TemplateForm
    list_display = ["name", "title", "channels", "edited"]
    list_filter = ["by_sms", "by_email"]
    list_per_page = 100
    search_fields = ["title", "body"]
    search_help_text = "标题、正文"
    actions = ["restore"]
    fieldsets = [(None, {"fields": ["title", "body", ("by_sms", "by_email")]})]
    change_form_after_template = "admin/notifications/template_words.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: MessageTemplate | None = None) -> bool:
        """A kind that no app brings any more is only shown."""
        is_gone = obj is not None and obj.registered is None
        return not is_gone and super().has_change_permission(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: MessageTemplate | None = None) -> bool:
        return super().has_view_permission(request, obj) or super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: MessageTemplate | None = None) -> bool:
        return False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        template = self.get_object(request, object_id) if "_restore" in request.POST else None
        if template and self.has_change_permission(request, template):
            services.restore_template(template=template, by=request.user)
            self.message_user(request, f"“{template}”已恢复默认。", messages.SUCCESS)
            return HttpResponseRedirect(request.path)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, object], *args: object, **kwargs: object
    ) -> HttpResponse:
        form = context["adminform"].form
        kind = form.instance.registered
        words = kind.words if kind else {}
        context["words"] = [(f"{{{name}}}", *meaning) for name, meaning in words.items()]
        context["preview"] = form.wording.filled({name: example for name, (_, example) in words.items()})
        context["is_preview"] = "_preview" in request.POST and not form.errors
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: MessageTemplate, form: TemplateForm, change: bool
    ) -> None:
        services.write_template(template=obj, wording=form.wording, by=request.user, at=timezone.now())

    @display(description="消息", ordering="pk")
    def name(self, template: MessageTemplate) -> str:
        return template.name

    @display(description="发送方式")
    def channels(self, template: MessageTemplate) -> str:
        by = {"短信": template.by_sms, "邮件": template.by_email}
        return "、".join(["站内", *(name for name, is_on in by.items() if is_on)])

    @display(description="文字", ordering="edited_at", label={"已修改": "info"})
    def edited(self, template: MessageTemplate) -> str:
        return "已修改" if template.edited_at else "默认"

    @action(description="恢复默认", permissions=["change"])
    def restore(self, request: HttpRequest, queryset: QuerySet[MessageTemplate]) -> None:
        def restore(template: MessageTemplate) -> None:
            services.restore_template(template=template, by=request.user)

        do_each(self, request, queryset, restore, "已恢复 {count} 个模板。")

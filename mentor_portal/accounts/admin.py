"""The staff's pages about people: accounts, host units, the privacy notice and who agreed to it."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.db.models import Field, QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter
from unfold.decorators import action, display
from unfold.forms import AdminPasswordChangeForm
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminTextInputWidget

from mentor_portal.accounts.forms import PhoneField
from mentor_portal.accounts.models import Consent, HostUnit, PrivacyNotice, User
from mentor_portal.accounts.staff import StrictAdmin


class PersonForm(forms.ModelForm):
    """An account; a new one has no password until staff set one."""

    phone = PhoneField(required=False, widget=UnfoldAdminTextInputWidget)

    class Meta:
        model = User
        fields = ["name", "phone", "email", "is_active", "is_judge", "is_staff", "host_unit", "groups"]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if not self.errors and not (cleaned.get("phone") or cleaned.get("email")):
            raise forms.ValidationError("手机号和电子邮箱至少填一项。")
        return cleaned

    def save(self, commit: bool = True) -> User:
        if self.instance.pk is None:
            self.instance.set_unusable_password()
        return super().save(commit)


@admin.register(User)
class PersonAdmin(BaseUserAdmin, ModelAdmin):
    """Accounts are made and switched off here, never deleted; only superusers touch superusers."""

    form = add_form = PersonForm
    change_password_form = AdminPasswordChangeForm
    list_display = ["person", "masked_phone", "roles", "host_unit", "is_active", "date_joined"]
    list_select_related = ["host_unit"]
    list_filter = ["is_staff", "is_judge", "is_active", ("host_unit", RelatedDropdownFilter)]
    list_filter_submit = True
    list_per_page = 50
    search_fields = ["name", "phone", "email"]
    search_help_text = "姓名、手机号、电子邮箱"
    ordering = ["-id"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]
    actions_detail = ["set_password"]
    fieldsets = [
        (None, {"fields": ["name", ("phone", "email"), "is_active"]}),
        ("身份", {"fields": ["is_judge", "is_staff", "host_unit", "groups"]}),
        ("时间", {"fields": [("date_joined", "last_login")]}),
    ]
    add_fieldsets = fieldsets[:2]

    def formfield_for_manytomany(
        self, db_field: Field, request: HttpRequest, **kwargs: object
    ) -> forms.Field | None:
        kwargs["widget"] = UnfoldAdminCheckboxSelectMultipleWidget()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        is_above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not is_above

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    @action(description="设置密码", permissions=["set_password"], icon="key")
    def set_password(self, request: HttpRequest, object_id: str) -> HttpResponseRedirect:
        return redirect("admin:auth_user_password_change", object_id)

    def has_set_password_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return self.has_change_permission(request, self.get_object(request, object_id))

    @display(description="人员", ordering="name", header=True)
    def person(self, user: User) -> list[object]:
        return [str(user), user.email or "", str(user)[:1]]

    @display(description="手机号", ordering="phone")
    def masked_phone(self, user: User) -> str:
        return user.masked_phone

    @display(description="身份")
    def roles(self, user: User) -> str:
        words = {
            "系统管理员": user.is_superuser,
            "工作人员": user.is_staff,
            "评审专家": user.is_judge,
        }
        return "、".join(word for word, holds in words.items() if holds)


@admin.register(HostUnit)
class HostUnitAdmin(StrictAdmin):
    list_display = ["name", "kind", "prefecture", "telephone", "is_active"]
    list_filter = [("kind", ChoicesDropdownFilter), ("prefecture", ChoicesDropdownFilter), "is_active"]
    list_filter_submit = True
    search_fields = ["name", "address"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[HostUnit]:
        units = super().get_queryset(request)
        return units if request.user.is_provincial else units.filter(pk=request.user.host_unit_id)


@admin.register(PrivacyNotice)
class PrivacyNoticeAdmin(ModelAdmin):
    list_display = ["version", "published_on"]

    def has_change_permission(self, request: HttpRequest, obj: PrivacyNotice | None = None) -> bool:
        """What someone agreed to is not rewritten; a new version is published instead."""
        is_agreed = obj is not None and obj.consent_set.exists()
        return super().has_change_permission(request, obj) and not is_agreed

    def has_delete_permission(self, request: HttpRequest, obj: PrivacyNotice | None = None) -> bool:
        return False


@admin.register(Consent)
class ConsentAdmin(ModelAdmin):
    list_display = ["person", "notice", "given_at"]
    list_select_related = ["person", "notice"]
    list_filter = [("notice", RelatedDropdownFilter)]
    search_fields = ["person__name", "person__phone"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Consent | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Consent | None = None) -> bool:
        return False

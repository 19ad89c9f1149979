"""Forms for signing in and for what people say about themselves."""

import re
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from mentor_portal.accounts import rules

BAD_PHONE = "请填写 11 位大陆手机号，例如 138 0013 8000。"
BAD_IDENTIFIER = "请填写 11 位大陆手机号（例如 138 0013 8000）或电子邮箱。"
BAD_CODE = "请填写 6 位数字验证码。"


class PhoneField(forms.CharField):
    """A mainland mobile number in any usual spelling; cleans to eleven digits."""

    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel", "maxlength": 30})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "手机号")
        kwargs.setdefault("max_length", 30)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return text
        try:
            return rules.normalise_phone(text)
        except ValueError:
            raise forms.ValidationError(BAD_PHONE) from None


class NameField(forms.CharField):
    """A person's name, 2 to 30 characters; surrounding and doubled spaces go."""

    widget = forms.TextInput(attrs={"autocomplete": "name"})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "姓名")
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("min_length", 2)
        kwargs.setdefault("error_messages", {"required": "请填写您的姓名，现场核对预约时要用。"})
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        name = re.sub(r"\s+", " ", super().clean(value)).strip()
        if name and not re.fullmatch(r"[^\W\d_]+(?:[ ·•.'’-][^\W\d_]+)*\.?", name):
            raise forms.ValidationError("姓名只能包含文字、空格和“·”。")
        return name


class CodeField(forms.CharField):
    """A six-digit code; spaces and full-width digits are accepted."""

    widget = forms.TextInput(
        attrs={
            "inputmode": "numeric",
            "autocomplete": "one-time-code",
            "maxlength": 12,
            "autofocus": True,
        }
    )

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "验证码")
        kwargs.setdefault("max_length", 12)
        kwargs.setdefault("error_messages", {"required": BAD_CODE})
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        digits = "".join(str(int(c)) for c in super().clean(value) if c.isdecimal())
        if len(digits) != rules.CODE_DIGITS:
            raise forms.ValidationError(BAD_CODE)
        return digits


class PortalForm(forms.Form):
    """A form that the page lays out: the template brings the form element and the button."""

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        return helper


class SignInForm(PortalForm):
    """Asks for a phone number, or an e-mail address on the way for those without; takes either."""

    identifier = forms.CharField(max_length=254, error_messages={"required": BAD_IDENTIFIER})
    consent = forms.BooleanField(
        label="我已阅读并同意《隐私政策》",
        error_messages={"required": "请先阅读并同意《隐私政策》。"},
    )

    def __init__(self, *args: Any, by_email: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["identifier"]
        field.label = "电子邮箱" if by_email else "手机号"
        field.widget.attrs.update(
            {"autocomplete": "email", "inputmode": "email", "placeholder": "name@example.com"}
            if by_email
            else {"autocomplete": "tel", "inputmode": "tel", "placeholder": "11 位手机号"}
        )
        field.widget.attrs["autofocus"] = True

    def clean_identifier(self) -> str:
        try:
            return rules.normalise_identifier(self.cleaned_data["identifier"])
        except ValueError:
            raise forms.ValidationError(BAD_IDENTIFIER) from None


class CodeForm(PortalForm):
    code = CodeField()


class PhoneForm(PortalForm):
    phone = PhoneField(error_messages={"required": BAD_PHONE})


class ProfileForm(PortalForm):
    name = NameField()

"""Signing in by code, and what people see and change about themselves."""

from datetime import datetime

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mentor_portal.accounts import rules, services
from mentor_portal.accounts.forms import CodeForm, PhoneForm, ProfileForm, SignInForm
from mentor_portal.accounts.models import SignInCode
from mentor_portal.errors import DomainError

# What a browser's session keeps between asking for a code and giving it back.
PENDING = "sign_in"


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a phone number or e-mail address and send a code to it."""
    next_url = _next_url(request)
    if request.user.is_authenticated:
        return redirect(next_url or settings.LOGIN_REDIRECT_URL)
    if request.method == "GET" and next_url.startswith(reverse("admin:index")):
        return redirect(f"{reverse('account_login')}?{urlencode({'next': next_url})}")
    form = SignInForm(request.POST or None, by_email="email" in request.GET)
    if request.method == "POST" and form.is_valid():
        try:
            _send_code(request, form.cleaned_data["identifier"], next_url)
            return redirect("accounts:sign-in-code")
        except DomainError as refusal:
            form.add_error("identifier", str(refusal))
    context = {"form": form, "next": next_url, "by_email": "email" in request.GET}
    return render(request, "accounts/sign_in.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Take the code back and sign the person in, into a new account where there was none."""
    pending, code = _pending(request)
    if code is None:
        return redirect("accounts:sign-in")
    form = CodeForm(request.POST or None)
    if "resend" in request.POST:
        _send_code(request, code.target, pending["next"], pending["binds"])
        messages.success(request, "新的验证码已发送。")
        return redirect("accounts:sign-in-code")
    if request.method == "POST" and form.is_valid():
        try:
            target = services.verify_code(code=code, digits=form.cleaned_data["code"], at=timezone.now())
            return _finish(request, target, pending)
        except DomainError as refusal:
            form.add_error("code", str(refusal))
    return _render_code_page(request, form, pending, code)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    messages.success(request, "您已退出登录。")
    return redirect("home:index")


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change the person's name."""
    form = ProfileForm(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        services.set_name(person=request.user, name=form.cleaned_data["name"])
        messages.success(request, "姓名已保存。")
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/profile.html", {"form": form, "section": "me"}, status=_status(form))


@login_required
@require_http_methods(["GET", "POST"])
def phone(request: HttpRequest) -> HttpResponse:
    """Send a code to a phone number that the person wants on the account."""
    next_url = _next_url(request)
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _send_code(request, form.cleaned_data["phone"], next_url, binds=True)
            return redirect("accounts:sign-in-code")
        except DomainError as refusal:
            form.add_error("phone", str(refusal))
    context = {"form": form, "next": next_url, "section": "me"}
    return render(request, "accounts/phone.html", context, status=_status(form))


def _status(form: object) -> int:
    return 422 if form.errors else 200


def _next_url(request: HttpRequest) -> str:
    """Return where to go afterwards: an address of this portal, or nothing."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    return url if is_ours else ""


def _send_code(request: HttpRequest, target: str, next_url: str, binds: bool = False) -> None:
    """Send a code and remember it in the session. Raises what ``services.request_code`` raises."""
    address = get_adapter().get_client_ip(request)
    code, digits = services.request_code(target=target, address=address, at=timezone.now())
    request.session[PENDING] = {
        "code": code.pk,
        "next": next_url,
        "binds": binds,
        "demo": digits if settings.DEMO else "",
    }


def _pending(request: HttpRequest) -> tuple[dict, SignInCode | None]:
    pending = request.session.get(PENDING) or {}
    return pending, SignInCode.objects.filter(pk=pending.get("code")).first()


def _finish(request: HttpRequest, target: str, pending: dict) -> HttpResponse:
    """Do what the code was asked for: bind a phone number, or sign in."""
    next_url = pending["next"]
    if pending["binds"] and request.user.is_authenticated:
        services.bind_phone(person=request.user, phone=target)
        request.session.pop(PENDING, None)
        messages.success(request, "手机号已绑定。")
        return redirect(next_url or settings.LOGIN_REDIRECT_URL)
    user = services.account_for(target=target, at=timezone.now())
    request.session.pop(PENDING, None)
    record_authentication(request, user, method="code")
    login = Login(user=user, redirect_url=next_url or None)
    return perform_login(request, login)


def _render_code_page(request: HttpRequest, form: CodeForm, pending: dict, code: SignInCode) -> HttpResponse:
    context = {
        "form": form,
        "target": rules.mask_identifier(code.target),
        "is_email": "@" in code.target,
        "next": pending["next"],
        "binds": pending["binds"],
        "resend_in": _seconds_until_resend(code, timezone.now()),
        "demo_sms": pending["demo"] and f"验证码 {pending['demo']}，10 分钟内有效。",
    }
    return render(request, "accounts/sign_in_code.html", context, status=_status(form))


def _seconds_until_resend(code: SignInCode, at: datetime) -> int:
    return max(0, int((code.created_at + services.MINUTE - at).total_seconds()) + 1)

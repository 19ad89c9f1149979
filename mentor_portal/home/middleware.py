"""The one place where a rule's "no" becomes HTTP."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from mentor_portal.errors import DomainError


class DomainErrorMiddleware:
    """Turns a DomainError into JSON for the API, a 422 fragment for htmx, else a message."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return answer_refusal(request, exception) if isinstance(exception, DomainError) else None


def answer_refusal(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    """Return the "no" in the form that whoever asked can show."""
    if request.path_info.startswith("/api/"):
        return JsonResponse({"code": refusal.code, "detail": str(refusal)}, status=409)
    if request.htmx:
        context = {"sentence": str(refusal), "leads_to": refusal.leads_to}
        return render(request, "components/refusal.html", context, status=422)
    messages.error(request, str(refusal))
    return redirect(_page_before(request))


def _page_before(request: HttpRequest) -> str:
    """Return the path of the page that the person came from, where it is one of ours."""
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referer, allowed_hosts={request.get_host()}):
        parts = urlsplit(referer)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return "/"

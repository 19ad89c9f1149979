"""The steps that every page for booking shares: the box with the one thing to do, and the way to it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from mentor_portal.reservations.models import Offering
from mentor_portal.reservations.selectors import Card, lines_for, own_reservation, suspended_words


def action_context(request: HttpRequest, card: Card, offering: Offering) -> dict[str, object]:
    """Return what ``components/action_box.html`` needs: the seats, the viewer's own, the one thing to do."""
    at = timezone.now()
    own = own_reservation(offering, request.user)
    action = None
    if own is None and card.seats.action:
        word = "立即预约" if card.seats.action == "book" else "加入候补"
        action = {"url": card.book_url, "word": word, "kind": card.seats.action}
    refusal = _refusal(offering)
    if action and (paused := suspended_words(request.user, at)):
        action, refusal = None, paused
    if own:
        own.offering = offering
    [mine] = lines_for([own], at) if own else [None]
    return {"card": card, "mine": mine, "action": action, "refusal": refusal}


def ask_for_phone(request: HttpRequest) -> HttpResponse | None:
    """Return the way to a phone number for whoever has none, by which changes are told."""
    if request.user.phone:
        return None
    messages.info(request, "请先绑定手机号，有变化时才能通知到您。")
    return go(request, f"{reverse('accounts:phone')}?{urlencode({'next': request.get_full_path()})}")


def not_bookable(request: HttpRequest, card: Card) -> HttpResponse | None:
    """Return the way back for whoever has it already, comes too late or may not book now."""
    if card.mine or not card.seats.action:
        word = f"您已有这场的预约：{card.mine}" if card.mine else card.seats.word
        messages.info(request, f"{word}。")
        return go(request, card.url)
    if paused := suspended_words(request.user, timezone.now()):
        messages.warning(request, paused)
        return go(request, card.url)
    return None


def page_or_fragment(
    request: HttpRequest, page: str, fragment: str, context: dict, status: int = 200
) -> HttpResponse:
    """Render the page, or its fragment where htmx asks for it."""
    is_fragment = request.htmx and not request.htmx.history_restore_request
    response = render(request, fragment if is_fragment else page, context, status=status)
    response["Vary"] = "HX-Request"
    return response


def go(request: HttpRequest, url: str) -> HttpResponse:
    """Redirect the whole page, also where htmx asked for a fragment."""
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)


def _refusal(offering: Offering) -> str:
    if offering.state == Offering.State.CANCELLED and offering.cancel_reason:
        return f"本场已取消：{offering.cancel_reason}"
    return ""

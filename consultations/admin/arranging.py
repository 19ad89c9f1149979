"""The page on which staff give declared duties their rooms: everything preset, one button."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from unfold.admin import ModelAdmin

from consultations import services
from consultations.models import ConsultationShift
from consultations.selectors.arranging import Arrangement, arrangements
from mentor_portal.reservations.models import Venue

CONFIRM = "confirm"


def arrange(
    page: ModelAdmin, request: HttpRequest, shifts: Iterable[ConsultationShift]
) -> HttpResponse | None:
    """Show the duties with their rooms, and arrange them once that is confirmed."""
    rows = arrangements(list(shifts), timezone.now())
    if request.method == "POST" and CONFIRM in request.POST:
        _carry_out(page, request, rows)
        return None
    context = {
        **page.admin_site.each_context(request),
        "title": "安排房间",
        "opts": page.opts,
        "rows": rows,
        "possible": [row for row in rows if not row.refusal],
        "confirm": CONFIRM,
        "list_url": reverse("admin:consultations_consultationshift_changelist"),
    }
    return TemplateResponse(request, "admin/consultations/arrange.html", context)


def _carry_out(page: ModelAdmin, request: HttpRequest, rows: Iterable[Arrangement]) -> None:
    """Arrange what was given a room, room by room, and say what became of each duty."""
    rows, by_room = list(rows), {}
    for row in rows:
        if room := _chosen(request, row):
            by_room.setdefault(room, []).append(row.shift)
    done, refused = [], [(row.shift, row.refusal) for row in rows if row.refusal]
    for room, shifts in by_room.items():
        arranged = services.arrange_shifts(shifts=shifts, room=room, by=request.user, at=timezone.now())
        done += arranged.done
        refused += arranged.refused
    for shift, why in refused:
        page.message_user(request, f"{shift}：{why}", messages.WARNING)
    if done:
        sentence = f"已安排 {len(done)} 个值班，已告知导师，求职者可以预约了。"
        page.message_user(request, sentence, messages.SUCCESS)
    elif not refused:
        page.message_user(request, "没有选择房间，值班仍待安排。", messages.INFO)


def _chosen(request: HttpRequest, row: Arrangement) -> Venue | None:
    """Return the room that was chosen for a duty, among those of its kind and unit."""
    if row.refusal:
        return None
    wanted = request.POST.get(f"room-{row.shift.pk}", "")
    return next((each.room for each in row.rooms if str(each.room.pk) == wanted), None)

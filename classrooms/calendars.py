"""The classes as calendars."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from classrooms.filters import SessionFilter, active_filters
from classrooms.models import ClassSession
from classrooms.selectors import coming
from mentor_portal.reservations.calendars import KEPT_DAYS, MOST, Entry, calendar_response, status_of


@require_safe
@conditional_page
def schedule_calendar(request: HttpRequest) -> HttpResponse:
    """The coming classes, and those of the last weeks, with the schedule's filters."""
    sessions = SessionFilter(request.GET, queryset=ClassSession.objects.all())
    words = "、".join(chip.word for chip in active_filters(sessions.chosen))
    rows = coming(sessions.qs, timezone.now() - KEPT_DAYS).for_cards()
    entries = [entry_of(session) for session in rows[:MOST]]
    name = f"职业导师课堂（{words}）" if words else "职业导师课堂"
    return calendar_response(request, name=name, entries=entries, filename="classes")


@require_safe
@conditional_page
def session_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """One class, to put into a calendar."""
    rows = ClassSession.objects.visible().for_cards()
    session = get_object_or_404(rows, offering__pk=pk)
    entries = [entry_of(session)]
    return calendar_response(request, name=session.title, entries=entries, filename=f"class-{pk}")


def entry_of(session: ClassSession) -> Entry:
    """Return a session loaded with ``for_cards`` as an event."""
    mentors = "、".join(mentor.name for mentor in session.mentors.all())
    facts = f"{session.topic_type.name}，{mentors} 导师主讲。" if mentors else f"{session.topic_type.name}。"
    return Entry(
        offering=session.offering,
        status=status_of(session.offering),
        description="\n\n".join(filter(None, [facts, session.outline])),
    )

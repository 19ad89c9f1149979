"""Ready-made text for the WeChat groups and the WeChat account."""

from collections.abc import Iterable
from datetime import datetime

from classrooms.models import ClassSession
from mentor_portal.reservations.selectors import place_of, seats_of
from mentor_portal.wording import span


def session_text(session: ClassSession, *, address: str, at: datetime) -> str:
    """Return what to paste into a group about one class; ``address`` is where it is booked."""
    offering = session.offering
    lines = [
        f"【职业导师课堂】{offering.title}",
        f"时间：{span(offering.starts_at, offering.ends_at)}",
        f"地点：{_place(session)}",
        f"导师：{_mentors(session)}",
    ]
    if session.audience:
        lines.append(f"适合：{session.audience}")
    lines += [f"名额：{seats_of(offering, at).word}，免费参加", f"预约：{address}"]
    return "\n".join(lines)


def programme_text(sessions: Iterable[tuple[ClassSession, str]], *, at: datetime) -> str:
    """Return one text for several classes, each with the address where it is booked, by time."""
    in_order = sorted(sessions, key=lambda pair: pair[0].offering.starts_at)
    blocks = [
        "\n".join(
            [
                f"{number}. {session.offering.title}",
                f"   {span(session.offering.starts_at, session.offering.ends_at)} {_place(session)}",
                f"   {_mentors(session)} · {seats_of(session.offering, at).word}",
                f"   预约：{address}",
            ]
        )
        for number, (session, address) in enumerate(in_order, start=1)
    ]
    return "\n\n".join(["【职业导师课堂】近期课堂，免费预约", *blocks])


def _place(session: ClassSession) -> str:
    venue = session.offering.venue
    if venue is None:
        return "另行通知"
    return f"{place_of(session.offering)}（{venue.address}）" if venue.address else place_of(session.offering)


def _mentors(session: ClassSession) -> str:
    return "、".join(f"{mentor.name}（{mentor.employer}）" for mentor in session.mentors.all())

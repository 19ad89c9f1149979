"""Ready-made text for the mentors' WeChat group."""

from collections.abc import Sequence
from datetime import datetime

from mentor_portal.wording import moment, span
from research.models import ResearchTheme, ResearchTrip
from research.selectors.trips import seats_of_trip


def plan_text(year: int, themes: Sequence[ResearchTheme], *, address: str, places: str) -> str:
    """Return what to paste into the group about a year's plan; ``places`` says how many go each time."""
    months = [f"{theme.month}月 {theme.title} · {theme.destination}" for theme in themes]
    return "\n".join(
        [
            f"【职业导师调研】{year} 年调研方案",
            "各位导师：今年每月一个调研主题，安排如下——",
            *months,
            f"每期 {places}，按报名先后确定，名额满后可以候补。",
            f"方案与报名：{address}",
        ]
    )


def trip_text(trip: ResearchTrip, *, address: str, at: datetime) -> str:
    """Return what to paste into the group about one trip; ``address`` is where one signs up."""
    offering = trip.offering
    lines = [
        f"【职业导师调研】{offering.title}",
        f"时间：{span(offering.starts_at, offering.ends_at)}",
        f"单位：{trip.theme.destination}",
        f"集合：{trip.gathering}",
        f"名额：{offering.capacity} 人，满 {trip.minimum} 人成行，{seats_of_trip(offering, at).word}",
    ]
    if at < offering.booking_opens_at:
        lines.append(f"报名开始：{moment(offering.booking_opens_at)}")
    lines += [f"报名截止：{moment(offering.booking_closes_at)}", f"报名：{address}"]
    return "\n".join(lines)

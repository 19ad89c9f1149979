"""Makes research for tests: themes, trips, mentors who go along, and their reports."""

import itertools
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from mentor_portal.accounts.models import User
from mentor_portal.files import examine_file
from mentor_portal.reservations.models import Reservation
from mentor_portal.reservations.services import check_in_at_desk
from mentors.models import Appointment, Category, Mentor
from research import services
from research.models import ReportFile, ResearchReport, ResearchTheme, ResearchTrip
from research.rules import Decision
from tests import documents, moments

_months = itertools.count()
_phones = itertools.count(15_800_000_001)
SENTENCE = "调研企业用工情况。"
LONG = SENTENCE * 90


def make_mentors(count: int, is_appointed: bool = True) -> list[Mentor]:
    """Make mentors at one stroke, in office unless said otherwise; none of them has a password."""
    first = Mentor.objects.count() + 1
    people = User.objects.bulk_create(
        [User(phone=str(next(_phones)), name=f"导师{number}") for number in range(first, first + count)]
    )
    category = Category.objects.order_by("position").first()
    mentors = Mentor.objects.bulk_create(
        [
            Mentor(user=user, name=user.name, employer="湖南某装备制造企业", primary_category=category)
            for user in people
        ]
    )
    today = moments.in_days(0).date()
    if is_appointed:
        Appointment.objects.bulk_create(
            [
                Appointment(
                    mentor=mentor,
                    number=f"调研〔2026〕{mentor.pk:06}号",
                    starts_on=today - timedelta(days=400),
                    ends_on=today + timedelta(days=700),
                )
                for mentor in mentors
            ]
        )
    return mentors


def theme(**fields: object) -> ResearchTheme:
    """Make a published theme in a month of its own, unless the fields say otherwise."""
    number = next(_months)
    values = {
        "year": 2027 + number // 12 % 70,
        "month": number % 12 + 1,
        "title": f"装备制造企业用工调研{number}",
        "destination": "三一智能制造产业园",
        "introduction": "看产线。\n\n听企业说需要什么样的人。",
        "published_at": timezone.now(),
    }
    return ResearchTheme.objects.create(**values | fields)


def plan(starts_at: datetime | None = None, **fields: object) -> services.TripPlan:
    """Return a plan for a trip of a day in ten days, six places, open for sign-up since yesterday."""
    starts_at = starts_at or moments.in_days(10)
    values = {
        "title": "走进三一智能制造产业园",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=8),
        "gathering": "中心一楼大厅",
        "capacity": 6,
        "minimum": 5,
        "booking_opens_at": starts_at - timedelta(days=60),
        "booking_closes_at": starts_at - timedelta(days=1),
        "notes": "请穿平底鞋。",
    }
    values |= fields
    if "theme" not in values:
        values["theme"] = theme()
    return services.TripPlan(**values)


def draft_trip(by: User, **fields: object) -> ResearchTrip:
    return services.plan_trip(plan=plan(**fields), by=by)


def trip(by: User, **fields: object) -> ResearchTrip:
    """Make a published trip; fields are those of the plan. Past ones were published before they began."""
    made = draft_trip(by, **fields)
    at = min(timezone.now(), made.offering.starts_at - timedelta(days=2))
    services.publish_trip(trip=made, by=by, at=at)
    made.refresh_from_db()
    return made


def hold(made: ResearchTrip, mentors: list[Mentor], at: datetime | None = None) -> list[Reservation]:
    """Let mentors sign up one after the other."""
    at = at or min(timezone.now(), made.offering.booking_closes_at - timedelta(hours=1))
    return [
        services.sign_up(trip=made, person=mentor.user, by=mentor.user, at=at).reservation
        for mentor in mentors
    ]


def attended(by: User, mentors: list[Mentor], days_ago: int = 2, **fields: object) -> ResearchTrip:
    """Make a trip that the mentors have come along on, as the desk has noted."""
    made = trip(by, starts_at=moments.in_days(-days_ago), **fields)
    for reservation in hold(made, mentors):
        check_in_at_desk(reservation=reservation, by=by, at=made.offering.starts_at)
    return made


def report(
    mentor: Mentor, made: ResearchTrip | None = None, title: str = "用工调研报告", body: str = LONG
) -> ResearchReport:
    """Make a draft, about a trip or free."""
    content = services.ReportContent(title=title, body=body)
    return services.save_report(mentor=mentor, content=content, by=mentor.user, at=timezone.now(), trip=made)


def submitted(mentor: Mentor, made: ResearchTrip | None = None, **fields: str) -> ResearchReport:
    kept = report(mentor, made, **fields)
    return services.hand_in_report(report=kept, by=mentor.user, at=timezone.now())


def returned(mentor: Mentor, by: User, made: ResearchTrip | None = None, **fields: str) -> ResearchReport:
    kept = submitted(mentor, made, **fields)
    return services.decide_report(
        report=kept, decision=Decision.RETURN, by=by, at=timezone.now(), comment="请补充薪酬情况"
    )


def accepted(mentor: Mentor, by: User, made: ResearchTrip | None = None, **fields: str) -> ResearchReport:
    kept = submitted(mentor, made, **fields)
    return services.decide_report(report=kept, decision=Decision.ACCEPT, by=by, at=timezone.now())


def published(mentor: Mentor, by: User, made: ResearchTrip | None = None, **fields: str) -> ResearchReport:
    kept = accepted(mentor, by, made, **fields)
    return services.publish_report(report=kept, by=by, at=timezone.now())


def with_files(kept: ResearchReport) -> tuple[ReportFile, ReportFile]:
    """Hang a photo and a document on a report, whatever its state."""
    photo = ContentFile(documents.picture("JPEG"), name="车间.jpg")
    paper = ContentFile(documents.PDF, name="访谈提纲.pdf")
    hung = [
        ReportFile(report=kept).keep(upload, examine_file(upload=upload, most_mb=1))
        for upload in (photo, paper)
    ]
    return hung[0], hung[1]

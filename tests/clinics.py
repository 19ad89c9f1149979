"""Makes clinics (集中诊断) for tests: planned, published, running, with people in their queue."""

import itertools
from datetime import datetime, timedelta

from django.utils import timezone

from consultations import services
from consultations.models import ClinicTurn, PanelClinic
from mentor_portal.accounts.models import User
from mentor_portal.reservations.models import Reservation
from mentor_portal.reservations.services import check_in_at_desk
from mentors.models import Category
from tests import offerings

_numbers = itertools.count(1)
QUESTION = "简历投了很多没有回音，想请导师看看。"


def make_plan(starts_at: datetime | None = None, **fields: object) -> services.ClinicPlan:
    """Return a plan for a clinic in three days, of three hours, with two mentors and a venue of its own."""
    starts_at = starts_at or timezone.now() + timedelta(days=3)
    host_unit = fields.pop("host_unit", None) or offerings.province()
    values = {
        "title": f"求职集中诊断第{next(_numbers)}场",
        "category": Category.objects.order_by("position").first(),
        "chains": [],
        "introduction": "三位导师现场看简历、答问题。",
        "audience": "应届毕业生",
        "starts_at": starts_at,
        "ends_at": fields.pop("ends_at", starts_at + timedelta(hours=3)),
        "host_unit": host_unit,
        "capacity": 20,
        "booking_opens_at": starts_at - timedelta(days=30),
        "booking_closes_at": starts_at,
    }
    values |= fields
    if "venue" not in values:
        values["venue"] = offerings.make_venue(unit=host_unit)
    if "mentors" not in values:
        values["mentors"] = [offerings.make_mentor(), offerings.make_mentor(name="李慧芳")]
    return services.ClinicPlan(**values)


def make_draft(**fields: object) -> PanelClinic:
    return services.plan_clinic(plan=make_plan(**fields), by=_staff())


def make_clinic(**fields: object) -> PanelClinic:
    """Make a published clinic; fields are those of the plan."""
    clinic = make_draft(**fields)
    services.publish_clinic(clinic=clinic, by=_staff(), at=timezone.now())
    clinic.refresh_from_db()
    return clinic


def make_running(**fields: object) -> PanelClinic:
    """Make a clinic that began ten minutes ago."""
    starts_at = timezone.now().replace(second=0, microsecond=0) - timedelta(minutes=10)
    return make_clinic(starts_at=starts_at, **fields)


def book(
    clinic: PanelClinic, people: list[User], at: datetime | None = None, question: str = QUESTION
) -> list[Reservation]:
    """Let people book one after the other, an hour before the start where it has begun."""
    at = at or min(timezone.now(), clinic.offering.starts_at - timedelta(hours=1))
    return [
        services.book_clinic(clinic=clinic, person=person, question=question, by=person, at=at).reservation
        for person in people
    ]


def arrive(rows: list[Reservation], at: datetime | None = None) -> list[ClinicTurn]:
    """Check people in at the desk, one after the other; each gets a number."""
    at = at or timezone.now()
    by = _staff()
    for row in rows:
        check_in_at_desk(reservation=row, by=by, at=at)
    return list(ClinicTurn.objects.filter(pk__in=[row.pk for row in rows]).order_by("number"))


def make_queue(clinic: PanelClinic, count: int) -> list[ClinicTurn]:
    """Make people who have booked and are there."""
    return arrive(book(clinic, offerings.make_people(count)))


def _staff() -> User:
    staff = User.objects.filter(is_staff=True).first()
    return staff or User.objects.create_user("18800000001", name="中心小王", is_staff=True)

"""Who is in the scaled year, and where: mentors, job seekers and rooms, all of them named as made up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Model
from PIL import Image

from mentor_portal.accounts.models import Consent, HostUnit, PrivacyNotice, User
from mentor_portal.home.demo.scale.plan import Calendar, MentorPlan, plan_of
from mentor_portal.moments import midnight
from mentor_portal.reservations.models import Venue
from mentors.models import Appointment, Category, Mentor, TopicType

MENTOR_PHONES, SEEKER_PHONES = "1700", "1710"
AT_ONCE = 5000
SEATS = 50
EMPLOYERS = 97
FILE_NAME = "规模测试.png"


@dataclass(frozen=True)
class ScaledMentor:
    """A mentor of the scaled year: the rows' keys, and the plan."""

    pk: int
    person: int
    plan: MentorPlan


@dataclass(frozen=True, kw_only=True)
class ScaledCast:
    """Everybody and everything that the records of the scaled year refer to."""

    calendar: Calendar
    staff: User
    province: HostUnit
    categories: list[Category]
    topic_types: list[TopicType]
    class_rooms: list[Venue]
    duty_rooms: list[Venue]
    seekers: list[int]
    mentors: list[ScaledMentor]
    proof: str
    proof_size: int

    def file_fields(self) -> dict[str, object]:
        """Return what a row of a stored file says: all of them share one small picture."""
        return {
            "file": self.proof,
            "original_name": FILE_NAME,
            "content_type": "image/png",
            "size": self.proof_size,
        }


def make_cast(calendar: Calendar, staff: User) -> ScaledCast:
    """Make the people and the rooms of a scaled year."""
    province = HostUnit.objects.get(kind=HostUnit.Kind.PROVINCE)
    categories = list(Category.objects.all())
    joined_at = midnight(date(calendar.year, 1, 1))
    Kind = Venue.Kind
    proof, proof_size = _kept_picture()
    return ScaledCast(
        calendar=calendar,
        staff=staff,
        province=province,
        categories=categories,
        topic_types=list(TopicType.objects.all()),
        class_rooms=_rooms(province, "规模课堂", Kind.CLASSROOM, calendar.rooms),
        duty_rooms=_rooms(province, "规模咨询室", Kind.CONSULTATION, calendar.rooms),
        seekers=_people(SEEKER_PHONES, "规模求职者", calendar.seekers, joined_at),
        mentors=_mentors(calendar, categories, joined_at),
        proof=proof,
        proof_size=proof_size,
    )


def is_made() -> bool:
    """Tell whether there is a scaled year already."""
    return User.objects.filter(phone=_phone(MENTOR_PHONES, 0)).exists()


def make_many(model: type[Model], count: int, make: Callable[[int], Model]) -> list[int]:
    """Make so many rows, some thousands at once, and return their keys."""
    keys: list[int] = []
    for first in range(0, count, AT_ONCE):
        rows = [make(place) for place in range(first, min(first + AT_ONCE, count))]
        keys.extend(row.pk for row in model.objects.bulk_create(rows))
    return keys


def _phone(series: str, place: int) -> str:
    return f"{series}{place:07}"


def _people(series: str, name: str, count: int, joined_at: datetime) -> list[int]:
    def person(place: int) -> User:
        user = User(phone=_phone(series, place), name=f"{name}{place + 1}", date_joined=joined_at)
        user.password = "!"
        return user

    people = make_many(User, count, person)
    notice = PrivacyNotice.objects.order_by("published_on", "pk").last()
    if notice:
        make_many(
            Consent,
            count,
            lambda place: Consent(person_id=people[place], notice=notice, given_at=joined_at),
        )
    return people


def _mentors(calendar: Calendar, categories: list[Category], joined_at: datetime) -> list[ScaledMentor]:
    people = _people(MENTOR_PHONES, "规模导师", calendar.mentors, joined_at)

    def mentor(place: int) -> Mentor:
        return Mentor(
            user_id=people[place],
            name=f"规模导师{place + 1}",
            employer=f"规模测试单位{place % EMPLOYERS + 1}",
            title="讲师",
            primary_category=categories[place % len(categories)],
            created_at=joined_at,
        )

    mentors = make_many(Mentor, calendar.mentors, mentor)
    make_many(
        Appointment,
        calendar.mentors,
        lambda place: Appointment(
            mentor_id=mentors[place],
            number=f"规模〔{calendar.year}〕{place + 1:07}号",
            starts_on=date(calendar.year, 1, 1),
            ends_on=date(calendar.year + 2, 12, 31),
        ),
    )
    return [
        ScaledMentor(pk, person, plan_of(place))
        for place, (pk, person) in enumerate(zip(mentors, people, strict=True))
    ]


def _rooms(province: HostUnit, name: str, kind: Venue.Kind, count: int) -> list[Venue]:
    return Venue.objects.bulk_create(
        Venue(host_unit=province, name=f"{name}{number}", kind=kind, seats=SEATS)
        for number in range(1, count + 1)
    )


def _kept_picture() -> tuple[str, int]:
    """Keep the one small picture that stands for every proof; return its place and size."""
    drawn = BytesIO()
    Image.new("RGB", (16, 16), "white").save(drawn, "PNG")
    name = default_storage.save("scale/proof.png", ContentFile(drawn.getvalue()))
    return name, len(drawn.getvalue())

"""What the public pages show of a mentor, and what the roster says of one."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from mentor_portal.accounts.models import User
from mentor_portal.reservations.kinds import OfferingKind
from mentors.models import (
    Appointment,
    Category,
    IndustrialChain,
    Like,
    Mentor,
    MentorQuerySet,
    TopicType,
)
from mentors.rules.roster import Chain, Vocabulary
from mentors.services.likes import attended_of, year_of

# What a mentor's page and calendar show one by one.
TAUGHT = (OfferingKind.CLASS, OfferingKind.CLINIC)


@dataclass(frozen=True)
class MentorCard:
    """A mentor in the directory; ``photo`` says whether there is one to ask for."""

    pk: int
    name: str
    initial: str
    photo: bool
    employer: str
    title: str
    headline: str


@dataclass(frozen=True)
class MentorProfile(MentorCard):
    """A mentor's own page."""

    introduction: str
    specialities: list[str]
    categories: list[Category]
    chains: list[IndustrialChain]
    topic_types: list[str]


def card_of(mentor: Mentor) -> MentorCard:
    """Return the card of a mentor loaded with ``with_headline``."""
    return MentorCard(**_card_fields(mentor))


def profile_of(mentor: Mentor) -> MentorProfile:
    """Return the page of a mentor loaded with ``with_fields``."""
    return MentorProfile(
        **_card_fields(mentor),
        introduction=mentor.introduction,
        specialities=mentor.specialities,
        categories=mentor.all_categories,
        chains=mentor.all_chains,
        topic_types=[each.name for each in mentor.topic_types.all()],
    )


def is_liked_by(mentor: Mentor, person: User | AnonymousUser) -> bool:
    """Tell whether a person's like stands for the year of what they attended last of the mentor."""
    if not person.is_authenticated:
        return False
    last = attended_of(mentor, person).first()
    return (
        bool(last)
        and Like.objects.of_year(year_of(last.offering)).filter(mentor=mentor, person=person).exists()
    )


def _card_fields(mentor: Mentor) -> dict[str, object]:
    return {
        "pk": mentor.pk,
        "name": mentor.name,
        "initial": mentor.initial,
        "photo": bool(mentor.photo),
        "employer": mentor.employer,
        "title": mentor.title,
        "headline": mentor.headline,
    }


def load_vocabulary() -> Vocabulary:
    """Return the names of categories, chains and topic types that a roster may use."""
    return Vocabulary(
        categories=dict(Category.objects.values_list("name", "pk")),
        chains={
            name: Chain(id=pk, category_id=category_id)
            for name, pk, category_id in IndustrialChain.objects.values_list("name", "pk", "category_id")
        },
        topic_types=dict(TopicType.objects.values_list("name", "pk")),
    )


def roster_cells(mentors: MentorQuerySet) -> Iterator[list[object]]:
    """Yield the cells of each mentor's row in the roster, in the order of its heads."""
    loaded = mentors.with_fields().select_related("user").prefetch_related("appointments")
    for mentor in loaded:
        term = _term_of(mentor)
        yield [
            mentor.name,
            mentor.user.phone,
            mentor.employer,
            mentor.title,
            mentor.primary_category.name,
            mentor.primary_chain.name if mentor.primary_chain else "",
            "、".join(each.name for each in mentor.all_categories[1:]),
            "、".join(each.name for each in mentor.all_chains if each != mentor.primary_chain),
            "、".join(each.name for each in mentor.topic_types.all()),
            "、".join(mentor.specialities),
            mentor.introduction,
            term.number if term else "",
            term.starts_on if term else "",
            term.ends_on if term else "",
            "是" if mentor.is_listed else "否",
        ]


def _term_of(mentor: Mentor) -> Appointment | None:
    """The latest appointment in force, else the latest of all."""
    appointments = list(mentor.appointments.all())
    in_force = [each for each in appointments if each.state == Appointment.State.IN_FORCE]
    return next(iter(in_force or appointments), None)

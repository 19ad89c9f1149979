"""What the public pages show of a mentor."""

from dataclasses import dataclass

from mentors.models import Category, IndustrialChain, Mentor


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

"""The mentors of the demo: in every chain and category, with their terms of appointment."""

from datetime import date, datetime

from mentor_portal.home.demo.people import MENTOR, scattered
from mentor_portal.home.demo.words import Material, MentorWords, material
from mentors import services
from mentors.models import Appointment, Category, IndustrialChain, Mentor, TopicType

# Every fifth mentor is in a second term.
REAPPOINTED_EVERY = 5


def mentor_phone(place: int) -> str:
    return f"19800{scattered(place)}" if place else MENTOR


def ensure_mentors(today: date, joined_at: datetime) -> list[Mentor]:
    """Make the mentors that are missing; return all in the order of the material, with their accounts."""
    entries = material().mentors
    phones = [mentor_phone(place) for place in range(len(entries))]
    enrolled = Mentor.objects.filter(user__phone__in=phones).select_related("user")
    known = {mentor.user.phone: mentor for mentor in enrolled}
    vocabulary = Vocabulary()
    return [
        known.get(phone) or _make(words, place, vocabulary, today, joined_at)
        for place, (words, phone) in enumerate(zip(entries, phones, strict=True))
    ]


class Vocabulary:
    """Categories, chains and topic types by slug."""

    def __init__(self) -> None:
        self.categories = {each.slug: each for each in Category.objects.all()}
        self.chains = {each.slug: each for each in IndustrialChain.objects.all()}
        self.topic_types = {each.slug: each for each in TopicType.objects.all()}


def unsaved_mentor(words: MentorWords, place: int, vocabulary: Vocabulary, joined_at: datetime) -> Mentor:
    """Return a mentor as the material says, without account and relations."""
    return Mentor(
        name=words.name,
        employer=words.employer,
        title=words.title,
        introduction=introduction(words, place, material()),
        specialities_text=words.specialities,
        primary_category=vocabulary.categories[words.category],
        primary_chain=vocabulary.chains.get(words.chain),
        is_listed=words.standing != "unlisted",
        created_at=joined_at,
    )


def introduction(words: MentorWords, place: int, all_words: Material) -> str:
    """Return what the mentor says of the own work, and the titles of the own topics."""
    titles = [f"《{topic.title}》" for topic in all_words.topics if topic.author == place]
    return f"{words.about}\n\n主讲课题：{''.join(titles)}" if titles else words.about


def term_of(place: int, today: date) -> tuple[str, date, date]:
    """Return number, first and last day of a mentor's present term: three years from last March."""
    year = today.year - 1
    return f"湘职导〔{year}〕{place + 1:04d}号", date(year, 3, 1), date(year + 3, 2, 28)


def _make(words: MentorWords, place: int, vocabulary: Vocabulary, today: date, joined_at: datetime) -> Mentor:
    mentor = unsaved_mentor(words, place, vocabulary, joined_at)
    services.enrol(mentor=mentor, phone=mentor_phone(place))
    mentor.topic_types.set(vocabulary.topic_types[slug] for slug in words.types)
    mentor.chains.set(vocabulary.chains[slug] for slug in words.further)
    mentor.categories.set(vocabulary.categories[slug] for slug in words.further_categories)
    _appoint(mentor, words, place, today)
    return mentor


def _appoint(mentor: Mentor, words: MentorWords, place: int, today: date) -> None:
    number, starts_on, ends_on = term_of(place, today)
    has_earlier = words.standing == "expired" or place % REAPPOINTED_EVERY == 0
    if has_earlier:
        earlier = services.appoint(
            mentor=mentor,
            number=f"湘职导〔{starts_on.year - 3}〕{place + 1:04d}号",
            starts_on=starts_on.replace(year=starts_on.year - 3),
            ends_on=ends_on.replace(year=ends_on.year - 3),
        )
        _change_state(earlier, Appointment.State.ENDED)
    if words.standing == "expired":
        return
    appointment = services.appoint(mentor=mentor, number=number, starts_on=starts_on, ends_on=ends_on)
    if words.standing == "revoked":
        _change_state(appointment, Appointment.State.REVOKED)


def _change_state(appointment: Appointment, state: Appointment.State) -> None:
    services.change_appointment(
        appointment=appointment,
        starts_on=appointment.starts_on,
        ends_on=appointment.ends_on,
        state=state,
    )

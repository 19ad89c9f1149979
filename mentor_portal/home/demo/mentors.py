"""The mentors of the demo: in every chain and category, with their terms of appointment."""

from collections.abc import Iterator
from datetime import date, datetime

from mentor_portal.accounts.models import User
from mentor_portal.home.demo.people import MENTOR, ensure_accounts, scattered
from mentor_portal.home.demo.vocabulary import Vocabulary
from mentor_portal.home.demo.words import MentorWords, material
from mentors.models import Appointment, Mentor

# Every fifth mentor is in a second term.
REAPPOINTED_EVERY = 5
YEARS = 3

# A mentor in the making: the words, the place among all mentors, and the row.
Made = tuple[MentorWords, int, Mentor]


def ensure_mentors(today: date, joined_at: datetime) -> list[Mentor]:
    """Make the mentors that are missing; return all in the order of the material."""
    entries = [(words, place) for place, words in enumerate(material().mentors)]
    people = [User(phone=_phone(place), name=words.name) for words, place in entries]
    accounts = ensure_accounts(people, joined_at)
    known = {mentor.user_id: mentor for mentor in Mentor.objects.filter(user__in=accounts.values())}
    vocabulary = Vocabulary()
    made: list[Made] = []
    for words, place in entries:
        account = accounts[_phone(place)]
        if account.pk not in known:
            known[account.pk] = _mentor(words, account, vocabulary, joined_at)
            made.append((words, place, known[account.pk]))
    _store(made, vocabulary, today)
    return [known[accounts[_phone(place)].pk] for _, place in entries]


def _phone(place: int) -> str:
    return f"19800{scattered(place)}" if place else MENTOR


def _mentor(words: MentorWords, account: User, vocabulary: Vocabulary, joined_at: datetime) -> Mentor:
    return Mentor(
        user=account,
        name=words.name,
        employer=words.employer,
        title=words.title,
        introduction=words.introduction,
        specialities_text=words.specialities,
        primary_category=vocabulary.categories[words.category],
        primary_chain=vocabulary.chains.get(words.chain),
        is_listed=words.standing != "unlisted",
        created_at=joined_at,
    )


def _store(made: list[Made], vocabulary: Vocabulary, today: date) -> None:
    Mentor.objects.bulk_create([mentor for _, _, mentor in made])
    topics, chains, categories = (
        Mentor.topic_types.through,
        Mentor.chains.through,
        Mentor.categories.through,
    )
    topics.objects.bulk_create(
        topics(mentor_id=mentor.pk, topictype_id=vocabulary.topic_types[slug].pk)
        for words, _, mentor in made
        for slug in words.types
    )
    chains.objects.bulk_create(
        chains(mentor_id=mentor.pk, industrialchain_id=vocabulary.chains[slug].pk)
        for words, _, mentor in made
        for slug in words.further
    )
    categories.objects.bulk_create(
        categories(mentor_id=mentor.pk, category_id=vocabulary.categories[slug].pk)
        for words, _, mentor in made
        for slug in words.further_categories
    )
    Appointment.objects.bulk_create(term for each in made for term in _terms(*each, today))


def _terms(words: MentorWords, place: int, mentor: Mentor, today: date) -> Iterator[Appointment]:
    """Yield the present term, three years from last March, and for some the one before it."""
    year = today.year - 1
    if words.standing == "expired" or place % REAPPOINTED_EVERY == 0:
        yield _term(mentor, place, year - YEARS, Appointment.State.ENDED)
    if words.standing == "revoked":
        yield _term(mentor, place, year, Appointment.State.REVOKED)
    elif words.standing != "expired":
        yield _term(mentor, place, year, Appointment.State.IN_FORCE)


def _term(mentor: Mentor, place: int, year: int, state: Appointment.State) -> Appointment:
    return Appointment(
        mentor=mentor,
        number=f"湘职导〔{year}〕{place + 1:04d}号",
        starts_on=date(year, 3, 1),
        ends_on=date(year + YEARS, 2, 28),
        state=state,
    )

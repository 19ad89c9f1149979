"""What the demo's mentors have offered: topics in every state, what waits for staff, what waits for a mentor.

All of it is told by the services, as mentors and staff would have done it in the last days.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from classrooms import services
from classrooms.models import ClassSession, TopicApplication
from classrooms.rules import DayPart, Decision, HalfDay
from classrooms.services import Placement, TopicContent
from mentor_portal.accounts.models import User
from mentor_portal.errors import DomainError
from mentor_portal.home.demo import words
from mentor_portal.home.demo.classes import Cast
from mentor_portal.home.demo.vocabulary import Vocabulary
from mentor_portal.home.demo.words import Topic, material
from mentors.models import Mentor

# How many topics of other mentors wait to be placed, and to be reviewed.
TO_PLACE, TO_REVIEW = 14, 6
DAY = timedelta(days=1)
# The offered half-days lie between the third day and three weeks ahead.
FIRST_DAY, DAYS = 3, 18
WINDOWS = 3
MINUTES, PLACES = 90, 40
HOME = "4301"
# Steps through the topics of the material so that neighbours differ.
STRIDE = 7

State = TopicApplication.State


class _Teller:
    """Who and what the topics are told with, on one day."""

    def __init__(self, cast: Cast, today: date, at: datetime, staff: User) -> None:
        self.cast, self.today, self.at, self.staff = cast, today, at, staff
        self.vocabulary = Vocabulary()
        self.mentor = cast.mentors[0]

    def windows(self, number: int) -> list[HalfDay]:
        """Return half-days that differ from topic to topic, none of them on a Sunday."""
        parts = list(DayPart)
        days = [
            self.today + timedelta(days=FIRST_DAY + (number * 5 + turn * 6) % DAYS) for turn in range(WINDOWS)
        ]
        return [
            HalfDay(day - DAY if day.isoweekday() == 7 else day, parts[(number + turn) % len(parts)])
            for turn, day in enumerate(days)
        ]

    def content(self, topic: Topic, number: int) -> TopicContent:
        chain = self.vocabulary.chains.get(topic.chain)
        return TopicContent(
            title=topic.title,
            topic_type=self.vocabulary.topic_types[topic.type],
            category=self.vocabulary.categories[topic.category],
            chains=[chain] if chain else [],
            outline=topic.outline,
            audience=topic.audience,
            windows=self.windows(number),
        )

    def offer(self, mentor: Mentor, content: TopicContent, days_ago: int) -> TopicApplication:
        return services.offer_topic(
            mentor=mentor, content=content, by=mentor.user, at=self.at - days_ago * DAY
        )

    def decide(
        self, topic: TopicApplication, decision: Decision, days_ago: int, comment: str = ""
    ) -> TopicApplication:
        at = self.at - days_ago * DAY
        return services.decide_topic(
            application=topic, decision=decision, by=self.staff, at=at, comment=comment
        )


def tell(cast: Cast, today: date, at: datetime, staff: User) -> None:
    """Bring topics and placements to where visitors should find them; what is still so stays as it is."""
    teller = _Teller(cast, today, at, staff)
    _tell_of_the_mentor(teller)
    _tell_of_others(teller)


def _tell_of_the_mentor(teller: _Teller) -> None:
    """One topic in each state, one placement to answer, one class published."""
    own = TopicApplication.objects.of(teller.mentor)
    known = set(own.values_list("state", flat=True))
    for number, words_of in enumerate(words.read("offers")["offer"]):
        if words_of["state"] not in known:
            _tell_offer(teller, words_of, number)
    first, second = [topic for topic in material().topics if topic.author == 0][:2]
    coming = ClassSession.objects.filter(application__mentor=teller.mentor, offering__starts_at__gt=teller.at)
    if not coming.filter(answer=ClassSession.Answer.ASKED).exists():
        _place(teller, _approved(teller, first, number=2))
    if not coming.published().exists():
        session = _place(teller, _approved(teller, second, number=4))
        if session:
            _publish(teller, session)


def _tell_offer(teller: _Teller, said: dict[str, str], number: int) -> None:
    """Offer a topic of the material and bring it to its state."""
    mentor = teller.mentor
    content = TopicContent(
        title=said["title"],
        topic_type=teller.vocabulary.topic_types[said["type"]],
        category=mentor.primary_category,
        chains=[mentor.primary_chain],
        outline=said["outline"],
        audience=said["audience"],
        windows=teller.windows(number),
    )
    if said["state"] == State.DRAFT:
        services.save_topic(mentor=mentor, content=content, by=mentor.user, at=teller.at - DAY)
        return
    topic = teller.offer(mentor, content, days_ago=4)
    if said["state"] in (State.RETURNED, State.REJECTED):
        teller.decide(topic, Decision(said["state"]), days_ago=1, comment=said["comment"])
    elif said["state"] == State.WITHDRAWN:
        services.withdraw_topic(application=topic, by=mentor.user, at=teller.at - 2 * DAY)


def _approved(teller: _Teller, topic: Topic, number: int) -> TopicApplication:
    mentor = teller.cast.mentors[topic.author]
    offered = teller.offer(mentor, teller.content(topic, number), days_ago=5 + number % 3)
    return teller.decide(offered, Decision.APPROVE, days_ago=2 + number % 3)


def _place(teller: _Teller, topic: TopicApplication) -> ClassSession | None:
    """Place a topic in the first of its windows that has a free room; None where none has."""
    zone = timezone.get_current_timezone()
    for half_day in topic.half_days:
        for venue in teller.cast.venues[HOME]:
            starts_at, ends_at = half_day.usual_span(zone, MINUTES)
            places = min(PLACES, venue.seats)
            placement = Placement(starts_at=starts_at, ends_at=ends_at, venue=venue, capacity=places)
            try:
                return services.place_topic(
                    application=topic, placement=placement, by=teller.staff, at=teller.at - DAY
                )
            except DomainError:
                continue
    return None


def _publish(teller: _Teller, session: ClassSession) -> None:
    services.answer_placement(session=session, accepted=True, by=teller.mentor.user, at=teller.at - DAY / 2)
    services.publish_session(session=session, by=teller.staff, at=teller.at - DAY / 3)


def _tell_of_others(teller: _Teller) -> None:
    """Fill up what waits to be placed and to be reviewed, each of a mentor who has nothing waiting."""
    waiting = _waiting(teller)
    to_place = TO_PLACE - waiting.filter(state=State.APPROVED).count()
    to_review = TO_REVIEW - waiting.filter(state=State.SUBMITTED).count()
    fresh = _topics_of_others(teller, set(waiting.values_list("mentor", flat=True)))
    for _ in range(max(to_place, 0)):
        _approved(teller, *next(fresh))
    for _ in range(max(to_review, 0)):
        topic, number = next(fresh)
        mentor = teller.cast.mentors[topic.author]
        teller.offer(mentor, teller.content(topic, number), days_ago=1 + number % 3)


def _waiting(teller: _Teller) -> QuerySet[TopicApplication]:
    """Topics of other mentors with a window to come."""
    others = TopicApplication.objects.exclude(mentor=teller.mentor).order_by()
    return others.filter(windows__day__gt=teller.today + DAY).distinct()


def _topics_of_others(teller: _Teller, busy: set[int]) -> Iterator[tuple[Topic, int]]:
    """Yield topics with their numbers, each of another mentor, beginning elsewhere from day to day."""
    topics = material().topics
    first = teller.today.toordinal()
    for turn in range(len(topics)):
        topic = topics[(first + turn * STRIDE) % len(topics)]
        mentor = teller.cast.mentors[topic.author]
        if topic.author and mentor.pk not in busy:
            busy.add(mentor.pk)
            yield topic, turn

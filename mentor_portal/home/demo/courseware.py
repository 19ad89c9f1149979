"""The demo's courseware: of classes and topics, in versions, for every audience, and what resembles what.

All of it is told by the services, as mentors, the worker and staff would have done it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.core.files.base import ContentFile

from classrooms import services
from classrooms.models import ClassSession, ClassSessionQuerySet, Courseware, SimilarPair, TopicApplication
from mentor_portal.accounts.models import User
from mentor_portal.home.demo import words
from mentor_portal.home.demo.decks import Deck, as_docx, as_pdf, as_pptx, deck_on
from mentor_portal.home.demo.feedback import LAST_DAYS
from mentor_portal.home.demo.people import SEEKER, STAFF
from mentor_portal.home.demo.words import POINT_MARKS
from mentor_portal.reservations.models import Offering, Reservation
from mentors.models import Mentor

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
Audience = Courseware.Audience
Thing = ClassSession | TopicApplication

# Of classes that ended before the first of these, mentors have uploaded their own; before the second, copies.
ORIGINALS_BEFORE, COPIES_BEFORE = 8 * DAY, 5 * DAY
ORIGINALS = 8
MAKERS = (as_pptx, as_pdf, as_docx)
AUDIENCES = (Audience.PUBLIC, Audience.ATTENDEES, Audience.ATTENDEES, Audience.STAFF)
# How far a likeness has come: the first is about a work of the mentor of the sign-ins.
FOUND, ASKED, ANSWERED, DISMISSED, CONFIRMED = SimilarPair.State
LIKENESSES = (ASKED, FOUND, ANSWERED, DISMISSED, CONFIRMED)


@dataclass
class _Teller:
    """Who and what courseware is told with, at a moment."""

    mentor: Mentor
    staff: User
    at: datetime

    def __post_init__(self) -> None:
        self.said: dict[str, Any] = words.read("courseware")
        self.decks: dict[int, Deck] = {}

    def deck(self, thing: Thing, mentor: Mentor) -> Deck:
        """Return what a mentor says in a class or on a topic."""
        points = [line.lstrip("".join(POINT_MARKS)) for line in thing.outline.splitlines()]
        return deck_on(
            title=str(thing),
            points=points,
            audience=thing.audience,
            speaker=f"{mentor.name} · {mentor.employer} {mentor.title}",
            about=mentor.introduction.partition("\n")[0],
            said=self.said,
        )

    def upload(
        self,
        mentor: Mentor,
        thing: Thing,
        deck: Deck,
        audience: Audience,
        at: datetime,
        make: Callable[[Deck, str], ContentFile] = as_pptx,
    ) -> Courseware:
        kept = services.upload_courseware(
            mentor=mentor,
            title=deck.title,
            audience=audience,
            upload=make(deck, deck.title),
            is_declared=True,
            by=mentor.user,
            at=at,
            **({"session": thing} if isinstance(thing, ClassSession) else {"application": thing}),
        )
        self.decks[kept.pk] = deck
        return kept


def tell(at: datetime, mentor: Mentor) -> None:
    """Let mentors upload, the worker compare and staff ask, once; the mentor's past class is left without."""
    if Courseware.objects.exists():
        return
    teller = _Teller(mentor, User.objects.get(phone=STAFF), at)
    originals = _tell_originals(teller)
    copies = _tell_copies(teller, originals)
    # The worker reads the rest by itself; reading is what takes longest.
    for each in [*originals[-len(copies) :], *copies]:
        services.read_version(version_pk=each.versions.get().pk, at=at - 4 * DAY)
    _tell_of_the_mentor(teller)
    for copy, state in zip(copies, LIKENESSES, strict=False):
        _tell_likeness(teller, copy, state)


def _tell_originals(teller: _Teller) -> list[Courseware]:
    """Mentors upload what they showed, of the classes that the job seeker of the sign-ins was at first."""
    seen = Reservation.objects.filter(person__phone=SEEKER, state=Reservation.State.ATTENDED)
    mine = _finished(teller, teller.at - DAY).filter(pk__in=seen.values("offering"))
    sessions = [*mine, *_finished(teller, teller.at - ORIGINALS_BEFORE)]
    originals: list[Courseware] = []
    for turn, (session, mentor) in enumerate(islice(_of_several_mentors(sessions), ORIGINALS)):
        audience = Audience.ATTENDEES if session in mine else AUDIENCES[turn % len(AUDIENCES)]
        at = min(session.offering.ends_at + DAY, teller.at - 6 * HOUR)
        make = MAKERS[turn % len(MAKERS)]
        originals.append(teller.upload(mentor, session, teller.deck(session, mentor), audience, at, make))
    return originals


def _tell_of_the_mentor(teller: _Teller) -> None:
    """Works on approved topics: a public one in two versions, one for who attends, one taken down."""
    mentor, at = teller.mentor, teller.at
    first, second = _topics(mentor)[:2]
    deck = teller.deck(first, mentor)
    public = teller.upload(mentor, first, deck, Audience.PUBLIC, at - 30 * HOUR)
    amended = replace(deck, slides=(*deck.slides, deck.slides[0]))
    services.add_version(
        courseware=public,
        upload=as_pptx(amended, f"{deck.title}（修订）"),
        note="最后一页补上要点回顾",
        is_declared=True,
        by=mentor.user,
        at=at - 20 * HOUR,
    )
    handout = replace(teller.deck(second, mentor), title=f"{second}（讲义）")
    teller.upload(mentor, second, handout, Audience.ATTENDEES, at - 28 * HOUR, as_pdf)
    old = replace(handout, title=f"{second}（旧版提纲）")
    taken = teller.upload(mentor, second, old, Audience.PUBLIC, at - 40 * HOUR, as_docx)
    services.withdraw_courseware(courseware=taken, by=mentor.user, at=at - 27 * HOUR)


def _tell_copies(teller: _Teller, originals: list[Courseware]) -> list[Courseware]:
    """Others, and the mentor of the sign-ins first, use most of what somebody else has shown."""
    busy = {each.mentor_id for each in originals}
    later = [
        (session, mentor)
        for session, mentor in _of_several_mentors(_finished(teller, teller.at - COPIES_BEFORE))
        if mentor.pk not in busy
    ]
    topic = _topics(teller.mentor)[1]
    places: list[tuple[Thing, Mentor]] = [(topic, teller.mentor), *later]
    copies = []
    for original, (thing, mentor) in zip(reversed(originals), places[: len(LIKENESSES)], strict=False):
        own, theirs = teller.deck(thing, mentor), teller.decks[original.pk]
        title = f"{own.title}（案例集）"
        deck = replace(own, title=title, slides=(own.slides[0], *theirs.slides[1:-1], own.slides[-1]))
        at = teller.at - 5 * DAY + len(copies) * HOUR
        copies.append(teller.upload(mentor, thing, deck, Audience.ATTENDEES, at, as_docx))
    return copies


def _tell_likeness(teller: _Teller, copy: Courseware, state: SimilarPair.State) -> None:
    """Bring what the worker found about a copy to its state, step by step."""
    said, staff, at = teller.said["likeness"], teller.staff, teller.at
    pair = SimilarPair.objects.filter(version__courseware=copy).order_by("-likeness").first()
    if pair is None or state == FOUND:
        return
    pair = services.ask_mentor(pair=pair, question=said["question"], by=staff, at=at - 3 * DAY)
    if state == ASKED:
        return
    services.answer_pair(pair=pair, answer=said["answer"], by=copy.mentor.user, at=at - 2 * DAY)
    if state == DISMISSED:
        services.dismiss_pair(pair=pair, reason=said["dismissed"], by=staff, at=at - DAY)
    elif state == CONFIRMED:
        services.confirm_pair(pair=pair, reason=said["confirmed"], by=staff, at=at - DAY)


def _topics(mentor: Mentor) -> list[TopicApplication]:
    approved = TopicApplication.objects.of(mentor).filter(state=TopicApplication.State.APPROVED)
    return list(approved.order_by("pk"))


def _finished(teller: _Teller, before: datetime) -> ClassSessionQuerySet:
    """Classes of others in the last weeks that had ended by then, the earliest first."""
    span = (teller.at - LAST_DAYS * DAY, before)
    over = ClassSession.objects.filter(offering__state=Offering.State.FINISHED, offering__ends_at__range=span)
    others = over.exclude(mentors=teller.mentor).exclude(outline="")
    return (
        others.select_related("offering")
        .prefetch_related("mentors__user")
        .order_by("offering__starts_at", "pk")
    )


def _of_several_mentors(sessions: Iterable[ClassSession]) -> Iterator[tuple[ClassSession, Mentor]]:
    """Yield classes with their mentor, one of each mentor."""
    known: set[int] = set()
    for session in sessions:
        mentor = session.mentors.all()[0]
        if mentor.pk not in known:
            known.add(mentor.pk)
            yield session, mentor

"""What mentors, host units and learners are told about topics and classes, in the caller's transaction."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from classrooms.models import (
    ClassRating,
    ClassSession,
    HostEvent,
    MoveRequest,
    SimilarPair,
    TopicApplication,
)
from classrooms.selectors.feedback import feedback_closes_at
from classrooms.wordings import Kind
from mentor_portal.notifications.services import Note, say
from mentor_portal.reservations.models import Offering, Reservation
from mentor_portal.wording import day, end_of_day, span


def tell_decision(application: TopicApplication, at: datetime) -> None:
    """The mentor hears what the reviewers decided."""
    kind = {
        TopicApplication.State.APPROVED: Kind.TOPIC_APPROVED,
        TopicApplication.State.RETURNED: Kind.TOPIC_RETURNED,
        TopicApplication.State.REJECTED: Kind.TOPIC_REJECTED,
    }[application.state]
    note = Note(
        person_id=application.mentor.user_id,
        key=f"topic:{application.pk}:{kind}:{at.isoformat()}",
        kind=kind,
        words={"topic": application.title, "comment": application.comment or "无"},
        path=reverse("classrooms:topic-detail", args=[application.pk]),
        at=at,
    )
    say(notes=[note])


def tell_placement(session: ClassSession, at: datetime) -> None:
    """The mentor is asked whether the proposed time and place will do."""
    tell_mentors(session, Kind.PLACEMENT_PROPOSED, at)


def tell_mentors(session: ClassSession, kind: Kind, at: datetime, note: str = "") -> None:
    """Every mentor of a class hears what became of it."""
    words = {
        "class": session.offering.title,
        "when": span(session.offering.starts_at, session.offering.ends_at),
        "place": str(session.offering.venue),
        "note": note or "因故调整",
    }
    say(
        notes=[
            Note(
                person_id=user_id,
                key=f"class:{session.pk}:{kind}:{user_id}:{at.isoformat()}",
                kind=kind,
                words=words,
                path=reverse("classrooms:teaching-detail", args=[session.pk]),
                at=at,
            )
            for user_id in session.mentors.values_list("user_id", flat=True)
        ]
    )


def tell_move_refused(request: MoveRequest, at: datetime) -> None:
    """The mentor hears that the class stays where it is, and why."""
    offering = request.session.offering
    note = Note(
        person_id=request.mentor.user_id,
        key=f"move:{request.pk}:refused",
        kind=Kind.MOVE_REFUSED,
        words={
            "class": offering.title,
            "when": span(offering.starts_at, offering.ends_at),
            "comment": request.comment,
        },
        path=reverse("classrooms:teaching-detail", args=[request.session_id]),
        at=at,
    )
    say(notes=[note])


def tell_wish_answered(event: HostEvent, at: datetime) -> None:
    """Whoever asked for a class hears the answer."""
    if event.wished_by_id is None:
        return
    note = Note(
        person_id=event.wished_by_id,
        key=f"event:{event.pk}:wish:{event.wish}:{at.isoformat()}",
        kind=Kind.WISH_ANSWERED,
        words={"event": event.title, "answer": event.answer},
        path=reverse("admin:classrooms_hostevent_change", args=[event.pk]),
        at=at,
    )
    say(notes=[note])


def tell_missing_courseware(session: ClassSession, at: datetime) -> None:
    """Every mentor of a class is asked, once, for its courseware."""
    offering = session.offering
    words = {"class": offering.title, "when": span(offering.starts_at, offering.ends_at)}
    say(
        notes=[
            Note(
                person_id=mentor.user_id,
                key=f"courseware:{session.pk}:missing:{mentor.user_id}",
                kind=Kind.COURSEWARE_MISSING,
                words=words,
                path=reverse("classrooms:teaching-detail", args=[session.pk]),
                at=at,
            )
            for mentor in session.mentors.all()
        ]
    )


def tell_asked(pair: SimilarPair, at: datetime) -> None:
    """The mentor of the later courseware is asked why it resembles an earlier one."""
    courseware = pair.version.courseware
    words = {
        "courseware": courseware.title,
        "question": pair.question,
        "until": end_of_day(pair.answer_due_at),
    }
    _tell_author(pair, Kind.COURSEWARE_ASKED, words, at)


def tell_verdict(pair: SimilarPair, kind: Kind, at: datetime) -> None:
    """The mentor hears what the staff decided, and why."""
    # The sentence around it has a full stop of its own.
    words = {"courseware": pair.version.courseware.title, "reason": pair.reason.rstrip("。")}
    _tell_author(pair, kind, words, at)


def _tell_author(pair: SimilarPair, kind: Kind, words: dict[str, str], at: datetime) -> None:
    courseware = pair.version.courseware
    note = Note(
        person_id=courseware.mentor.user_id,
        key=f"similar-pair:{pair.pk}:{kind}",
        kind=kind,
        words=words,
        path=courseware.get_absolute_url(),
        at=at,
    )
    say(notes=[note])


def ask_for_feedback(offering: Offering, attended: Iterable[Reservation], at: datetime) -> None:
    """Those who attended are asked once to rate the class; not when it is too late for it."""
    until = feedback_closes_at(offering)
    if at >= until:
        return
    words = {
        "class": offering.title,
        "when": span(offering.starts_at, offering.ends_at),
        "until": day(timezone.localtime(until).date()),
    }
    say(
        notes=[
            Note(
                person_id=reservation.person_id,
                key=f"reservation:{reservation.pk}:{Kind.FEEDBACK_ASKED}",
                kind=Kind.FEEDBACK_ASKED,
                words=words,
                path=reverse("classrooms:session-feedback", args=[offering.pk]),
                at=at,
                expires_at=until,
            )
            for reservation in attended
        ]
    )


def tell_rater(rating: ClassRating, kind: Kind, note: str, at: datetime) -> None:
    """Whoever rated low hears what staff say to it."""
    reservation = rating.reservation
    message = Note(
        person_id=reservation.person_id,
        key=f"rating:{rating.pk}:{kind}",
        kind=kind,
        words={"class": reservation.offering.title, "note": note},
        path=reverse("classrooms:session-feedback", args=[reservation.offering_id]),
        at=at,
    )
    say(notes=[message])

"""An approved topic becomes a class: placed by staff, answered by the mentor (notice 三（二）1)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from classrooms import errors, rules
from classrooms.models import ApplicationStep, ClassSession, HostEvent, TopicApplication
from classrooms.services import sessions, telling
from mentor_portal.accounts.models import User
from mentor_portal.reservations.models import Offering, Venue
from mentor_portal.wording import span

Answer = ClassSession.Answer


@dataclass(frozen=True, kw_only=True)
class Placement:
    """When, where and for how many a topic is given."""

    starts_at: datetime
    ends_at: datetime
    venue: Venue
    capacity: int
    host_event: HostEvent | None = None


@transaction.atomic
def place_topic(
    *,
    application: TopicApplication,
    placement: Placement,
    by: User,
    at: datetime,
    is_outside_allowed: bool = False,
) -> ClassSession:
    """Make a draft class of an approved topic, and ask the mentor; the topic can run again later.

    Outside the offered windows only where ``is_outside_allowed``. Raises TopicNotApproved, InThePast,
    SeatsTooMany, OutsideWindows, and the engine's VenueClash or HostClash, which name the other thing.
    """
    locked = TopicApplication.objects.select_for_update(no_key=True, of=("self",))
    application = locked.select_related("mentor__user", "topic_type", "category").get(pk=application.pk)
    is_outside = _refuse_unplaceable(application, placement, at, is_outside_allowed)
    plan = plan_of(application, placement, at)
    session = sessions.plan_session(plan=plan, by=by)
    session.application = application
    session.is_outside_windows = is_outside
    session.answer = Answer.ASKED
    session.save(update_fields=["application", "is_outside_windows", "answer"])
    ApplicationStep.objects.create(
        application=application,
        action=ApplicationStep.Action.PLACED,
        by=by,
        at=at,
        comment=f"{span(placement.starts_at, placement.ends_at)}，{placement.venue}",
    )
    telling.tell_placement(session, at)
    return session


@transaction.atomic
def answer_placement(
    *, session: ClassSession, accepted: bool, by: User, at: datetime, comment: str = ""
) -> ClassSession:
    """Accept or decline a proposed placement; the answer may change until the class is published.

    Raises CommentMissing where a refusal gives no reason, NothingToAnswer.
    """
    if not accepted and not comment.strip():
        raise errors.CommentMissing
    session = _lock(session)
    is_open = session.offering.state == Offering.State.DRAFT and session.offering.starts_at > at
    if session.answer == Answer.NOT_ASKED or not is_open:
        raise errors.NothingToAnswer
    session.answer = Answer.ACCEPTED if accepted else Answer.DECLINED
    session.answered_at = at
    session.answer_comment = comment.strip()
    session.save(update_fields=["answer", "answered_at", "answer_comment"])
    if session.application:
        ApplicationStep.objects.create(
            application=session.application,
            action=session.answer,
            by=by,
            at=at,
            comment=session.answer_comment,
        )
    return session


def plan_of(application: TopicApplication, placement: Placement, at: datetime) -> sessions.SessionPlan:
    """Return the plan of a class that gives the topic; booking is open from its publication on."""
    return sessions.SessionPlan(
        title=application.title,
        topic_type=application.topic_type,
        category=application.category,
        chains=list(application.chains.all()),
        mentors=[application.mentor],
        outline=application.outline,
        audience=application.audience,
        starts_at=placement.starts_at,
        ends_at=placement.ends_at,
        host_unit=placement.venue.host_unit,
        venue=placement.venue,
        capacity=placement.capacity,
        booking_opens_at=at,
        booking_closes_at=placement.starts_at,
        host_event=placement.host_event,
    )


def _refuse_unplaceable(
    application: TopicApplication, placement: Placement, at: datetime, is_outside_allowed: bool
) -> bool:
    """Raise what stands against the placement itself; return whether it is outside the windows."""
    if application.state != TopicApplication.State.APPROVED:
        raise errors.TopicNotApproved(title=str(application), state=application.get_state_display())
    refuse_bad_placement(placement, at)
    is_outside = not rules.fits(placement.starts_at, placement.ends_at, application.offered_spans())
    if is_outside and not is_outside_allowed:
        raise errors.OutsideWindows(
            mentor=application.mentor.name, title=str(application), windows=windows_in_words(application)
        )
    return is_outside


def refuse_bad_placement(placement: Placement, at: datetime) -> None:
    """Raise InThePast or SeatsTooMany."""
    if placement.starts_at <= at:
        raise errors.InThePast
    if placement.capacity > placement.venue.seats:
        raise errors.SeatsTooMany(venue=str(placement.venue), seats=placement.venue.seats)


def windows_in_words(application: TopicApplication) -> str:
    """Return 3月12日（周四）上午、省春季招聘会; what the mentor has offered."""
    return "、".join(application.offered_words()) or "（未选时段）"


def _lock(session: ClassSession) -> ClassSession:
    """Return the session as it is now, its offering held until the transaction ends."""
    Offering.objects.select_for_update(no_key=True, of=("self",)).get(pk=session.pk)
    return ClassSession.objects.select_related("offering", "application").get(pk=session.pk)

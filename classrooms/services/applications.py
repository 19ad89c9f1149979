"""A topic's way from the mentor's draft to the reviewers' decision (notice 三（二）1)."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from classrooms import errors
from classrooms.models import ApplicationStep, ApplicationWindow, HostEvent, TopicApplication
from classrooms.rules import Decision, HalfDay
from classrooms.services import telling
from mentor_portal.accounts.models import User
from mentor_portal.reservations.models import Offering
from mentor_portal.wording import moment, span
from mentors.models import Appointment, Category, IndustrialChain, Mentor, TopicType

State = TopicApplication.State
Action = ApplicationStep.Action
NO_TITLE = "请填写主题。"
TEXTS = ("title", "topic_type", "category", "outline", "audience")


@dataclass(frozen=True, kw_only=True)
class TopicContent:
    """Everything that a mentor says about a topic; a draft may lack its title and windows."""

    title: str
    topic_type: TopicType
    category: Category
    chains: Collection[IndustrialChain] = ()
    outline: str = ""
    audience: str = ""
    windows: Collection[HalfDay] = ()
    events: Collection[HostEvent] = ()


@transaction.atomic
def save_topic(
    *,
    mentor: Mentor,
    content: TopicContent,
    by: User,
    at: datetime,
    application: TopicApplication | None = None,
    key: UUID | None = None,
) -> TopicApplication:
    """Keep a draft, or amend a returned application; it is not submitted by that.

    ``key`` names the page that a new topic is written on: what the page sends again, also at the same
    time, amends the one topic. Raises TopicNotEditable where it is under review or decided, TopicIncomplete
    where what was returned loses its title.
    """
    if application is None:
        application = _begin(mentor, content, key, at)
    application = _lock(application)
    if not application.is_editable:
        raise errors.TopicNotEditable(title=str(application), state=application.get_state_display())
    if application.state == State.RETURNED and not content.title.strip():
        raise _incomplete({"title": NO_TITLE})
    for name in TEXTS:
        setattr(application, name, getattr(content, name))
    application.changed_at = at
    application.save(update_fields=[*TEXTS, "changed_at"])
    application.chains.set(content.chains)
    application.events.set(content.events)
    _set_windows(application, content.windows)
    return application


@transaction.atomic
def offer_topic(
    *,
    mentor: Mentor,
    content: TopicContent,
    by: User,
    at: datetime,
    application: TopicApplication | None = None,
    key: UUID | None = None,
) -> TopicApplication:
    """Keep what the mentor says and hand it to the reviewers in one go; sending the same twice is once.

    Raises what ``save_topic`` and ``submit_topic`` raise; nothing is kept then.
    """
    if application is None:
        application = _begin(mentor, content, key, at)
    application = _lock(application)
    if application.state == State.SUBMITTED and _says(application, content):
        return application
    application = save_topic(mentor=mentor, content=content, by=by, at=at, application=application)
    return submit_topic(application=application, by=by, at=at)


@transaction.atomic
def submit_topic(*, application: TopicApplication, by: User, at: datetime) -> TopicApplication:
    """Hand a draft or an amended application to the reviewers; submitting twice is once.

    Raises TopicNotEditable, TopicIncomplete where title or every future window is missing,
    MentorNotAppointed.
    """
    application = _lock(application)
    if application.state == State.SUBMITTED:
        return application
    if not application.is_editable:
        raise errors.TopicNotEditable(title=str(application), state=application.get_state_display())
    _refuse_incomplete(application, at)
    today = timezone.localtime(at).date()
    if not Appointment.objects.in_force(today).filter(mentor_id=application.mentor_id).exists():
        raise errors.MentorNotAppointed
    application.state = State.SUBMITTED
    application.submitted_at = application.changed_at = at
    application.save(update_fields=["state", "submitted_at", "changed_at"])
    _note_step(application, Action.SUBMITTED, by, at)
    return application


@transaction.atomic
def withdraw_topic(*, application: TopicApplication, by: User, at: datetime) -> TopicApplication:
    """Take a topic back; it can be copied later. Withdrawing twice is once.

    Raises TopicHasSessions where a class of it is still to come.
    """
    application = _lock(application)
    if application.state == State.WITHDRAWN:
        return application
    coming = (
        Offering.objects.occupying()
        .filter(class_session__application=application, ends_at__gt=at)
        .order_by("starts_at")
        .first()
    )
    if coming:
        raise errors.TopicHasSessions(title=str(application), when=span(coming.starts_at, coming.ends_at))
    application.state = State.WITHDRAWN
    application.changed_at = at
    application.save(update_fields=["state", "changed_at"])
    _note_step(application, Action.WITHDRAWN, by, at)
    return application


@transaction.atomic
def copy_topic(*, application: TopicApplication, by: User, at: datetime) -> TopicApplication:
    """Make a draft with all that an earlier application says (复制上次), without what is over."""
    return save_topic(mentor=application.mentor, content=content_to_copy(application, at), by=by, at=at)


def content_of(application: TopicApplication) -> TopicContent:
    """Return everything that an application says."""
    return TopicContent(
        **{name: getattr(application, name) for name in TEXTS},
        chains=list(application.chains.all()),
        windows=application.half_days,
        events=list(application.events.all()),
    )


def content_to_copy(application: TopicApplication, at: datetime) -> TopicContent:
    """Return what an application says, without windows and events that are over or no longer wanted."""
    today = timezone.localtime(at).date()
    return replace(
        content_of(application),
        windows=_from(today, application.half_days),
        events=list(application.events.wanting_class(at)),
    )


@transaction.atomic
def decide_topic(
    *,
    application: TopicApplication,
    decision: Decision,
    by: User,
    at: datetime,
    comment: str = "",
    seen_at: datetime | None = None,
) -> TopicApplication:
    """Approve, return or reject a submitted application, and tell the mentor.

    ``seen_at`` is the moment of submission that the reviewer has read. Raises CommentMissing,
    AlreadyDecided (which says what the first reviewer decided), TopicNotSubmitted, TopicChanged.
    """
    if decision.needs_comment and not comment.strip():
        raise errors.CommentMissing
    application = _lock(application)
    _refuse_undecidable(application, seen_at)
    application.state = State(decision)
    application.decided_at, application.decided_by = at, by
    application.comment = comment.strip()
    application.save(update_fields=["state", "decided_at", "decided_by", "comment"])
    _note_step(application, Action(decision), by, at, application.comment)
    telling.tell_decision(application, at)
    return application


def _lock(application: TopicApplication) -> TopicApplication:
    """Return the application as it is now, held until the transaction ends."""
    locked = TopicApplication.objects.select_for_update(no_key=True, of=("self",))
    return locked.select_related("mentor__user").get(pk=application.pk)


def _begin(mentor: Mentor, content: TopicContent, key: UUID | None, at: datetime) -> TopicApplication:
    """Return the topic begun on the page of this key, or a new one."""
    plain = {"topic_type": content.topic_type, "category": content.category, "created_at": at}
    if key is None:
        return TopicApplication.objects.create(mentor=mentor, **plain)
    return TopicApplication.objects.get_or_create(mentor=mentor, key=key, defaults=plain)[0]


def _says(application: TopicApplication, content: TopicContent) -> bool:
    """Tell whether the application says just this."""
    return (
        all(getattr(application, name) == getattr(content, name) for name in TEXTS)
        and set(application.half_days) == set(content.windows)
        and set(application.chains.all()) == set(content.chains)
        and set(application.events.all()) == set(content.events)
    )


def _set_windows(application: TopicApplication, windows: Collection[HalfDay]) -> None:
    known = {window.half_day: window for window in application.windows.all()}
    wanted = set(windows)
    gone = [window.pk for half_day, window in known.items() if half_day not in wanted]
    application.windows.filter(pk__in=gone).delete()
    ApplicationWindow.objects.bulk_create(
        ApplicationWindow(application=application, day=each.day, part=each.part)
        for each in sorted(wanted - set(known))
    )


def _refuse_incomplete(application: TopicApplication, at: datetime) -> None:
    missing = {}
    if not application.title.strip():
        missing["title"] = NO_TITLE
    today = timezone.localtime(at).date()
    if not _from(today, application.half_days) and not application.events.wanting_class(at).exists():
        missing["windows"] = "请至少选一个今天以后的可上课时段，或一个愿意参加的活动。"
    if missing:
        raise _incomplete(missing)


def _incomplete(missing: dict[str, str]) -> errors.TopicIncomplete:
    return errors.TopicIncomplete(field=next(iter(missing)), what="".join(missing.values()), missing=missing)


def _from(today: date, half_days: Collection[HalfDay]) -> list[HalfDay]:
    return [half_day for half_day in half_days if half_day.day > today]


def _refuse_undecidable(application: TopicApplication, seen_at: datetime | None) -> None:
    if application.state in TopicApplication.DECIDED:
        comment = f"（{application.comment}）" if application.comment else ""
        raise errors.AlreadyDecided(
            who=str(application.decided_by),
            when=moment(application.decided_at),
            title=str(application),
            state=application.get_state_display(),
            comment=comment,
        )
    if application.state != State.SUBMITTED:
        raise errors.TopicNotSubmitted(title=str(application), state=application.get_state_display())
    if seen_at and seen_at != application.submitted_at:
        raise errors.TopicChanged(title=str(application))


def _note_step(
    application: TopicApplication, action: ApplicationStep.Action, by: User, at: datetime, comment: str = ""
) -> None:
    ApplicationStep.objects.create(application=application, action=action, by=by, at=at, comment=comment)

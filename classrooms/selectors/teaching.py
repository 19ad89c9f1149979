"""What a mentor sees of the own topics and classes, and the year in numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from classrooms.models import (
    ClassSession,
    ClassSessionQuerySet,
    MoveRequest,
    TopicApplication,
    TopicApplicationQuerySet,
)
from classrooms.models.windows import half_day_in_words
from mentor_portal.moments import midnight
from mentor_portal.reservations.models import Offering, Reservation
from mentor_portal.reservations.selectors import place_of
from mentor_portal.wording import moment
from mentors.models import Like, Mentor, TopicType

# More than so many are left to the pages behind the desk.
CLASSES_ON_DESK = 30
TOPICS_ON_DESK = 5
UNSENT_ON_DESK = 20
WINDOWS_IN_LINE = 3
USUAL_AUDIENCE = "求职者、高校毕业生"
# The reservations that count as booked, whatever came of them on the day.
BOOKED = (Reservation.State.CONFIRMED, Reservation.State.ATTENDED, Reservation.State.NO_SHOW)

State = TopicApplication.State
Answer = ClassSession.Answer


@dataclass(frozen=True, kw_only=True)
class TeachingLine:
    """A class as its mentor sees it; ``tone`` is the state of a status line."""

    pk: int
    title: str
    url: str
    starts_at: datetime
    ends_at: datetime
    place: str
    seats: str
    tone: str
    word: str
    next_step: str
    is_published: bool
    can_answer: bool
    can_move: bool
    can_upload: bool


@dataclass(frozen=True, kw_only=True)
class TopicLine:
    """A topic as its mentor sees it: where it stands, since when, by whom, and what was said."""

    pk: int
    title: str
    url: str
    edit_url: str
    type_name: str
    windows: str
    tone: str
    word: str
    told: str
    comment: str


@dataclass(frozen=True, kw_only=True)
class YearInNumbers:
    """A mentor's calendar year: the classes held, their hours, bookings and persons, and the likes."""

    year: int
    classes: int
    hours: str
    bookings: int
    persons: int
    likes: int

    @property
    def figures(self) -> list[tuple[str, str]]:
        """Each number in words, with its name."""
        return [
            ("已上课堂", f"{self.classes} 场"),
            ("授课时长", f"{self.hours} 小时"),
            ("预约", f"{self.bookings} 人次"),
            ("预约的求职者", f"{self.persons} 人"),
            ("收到的点赞", f"{self.likes} 个"),
        ]


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Everything about classes and topics on a mentor's desk."""

    following: TeachingLine | None
    coming: list[TeachingLine]
    to_answer: list[TeachingLine]
    returned: list[TopicLine]
    drafts: list[TopicLine]
    moves: list[MoveRequest]
    topics: list[TopicLine]
    last_topic: int | None
    year: YearInNumbers

    @property
    def to_do_count(self) -> int:
        """How much waits for the mentor; an asked-for move waits for staff."""
        return len(self.to_answer) + len(self.returned) + len(self.drafts)


def desk_of(mentor: Mentor, at: datetime) -> Desk:
    """Return what a mentor's desk shows at a moment, in a fixed number of queries."""
    ahead = teaching_lines(coming_classes(mentor, at)[:CLASSES_ON_DESK], at)
    following = next((line for line in ahead if line.is_published), None)
    own = TopicApplication.objects.of(mentor)
    unsent = own.filter(state__in=TopicApplication.EDITABLE).for_lines().order_by("-changed_at", "-pk")
    unsent = list(unsent[:UNSENT_ON_DESK])
    moves = MoveRequest.objects.open().filter(mentor=mentor).select_related("session__offering")
    return Desk(
        following=following,
        coming=[line for line in ahead if not line.can_answer and line is not following],
        to_answer=[line for line in ahead if line.can_answer],
        returned=[topic_line(topic) for topic in unsent if topic.state == State.RETURNED],
        drafts=[topic_line(topic) for topic in unsent if topic.state == State.DRAFT],
        moves=list(moves.order_by("asked_at", "pk")),
        topics=[topic_line(topic) for topic in sent_topics(mentor)[:TOPICS_ON_DESK]],
        last_topic=own.exclude(title="").order_by("-pk").values_list("pk", flat=True).first(),
        year=year_in_numbers(mentor, at),
    )


def usual_topic(mentor: Mentor) -> dict[str, object]:
    """Return what a new topic begins with: the profile, loaded by ``with_fields``, and the last audience."""
    own_types = mentor.topic_types.all()
    last = TopicApplication.objects.of(mentor).exclude(audience="").order_by("-pk")
    return {
        "topic_type": next(iter(own_types or TopicType.objects.all()[:1]), None),
        "category": mentor.primary_category,
        "chains": mentor.all_chains,
        "audience": last.values_list("audience", flat=True).first() or USUAL_AUDIENCE,
    }


def sent_topics(mentor: Mentor) -> TopicApplicationQuerySet:
    """Those that reviewers have or have had before them, the latest word first."""
    own = TopicApplication.objects.of(mentor).exclude(state__in=[*TopicApplication.EDITABLE, State.WITHDRAWN])
    return own.for_lines().order_by(Coalesce("decided_at", "submitted_at").desc(), "-pk")


def classes_of(mentor: Mentor) -> ClassSessionQuerySet:
    """The mentor's classes, drafts and past ones too, loaded for ``teaching_line``."""
    open_moves = MoveRequest.objects.open().filter(session=OuterRef("pk"), mentor=mentor)
    own = ClassSession.objects.given_by(mentor).annotate(has_open_move=Exists(open_moves))
    return own.select_related("offering__venue__host_unit")


def coming_classes(mentor: Mentor, at: datetime) -> ClassSessionQuerySet:
    """Those that have not ended and were not called off, the next one first."""
    kept = classes_of(mentor).exclude(offering__state=Offering.State.CANCELLED)
    return kept.filter(offering__ends_at__gt=at).order_by("offering__starts_at", "pk")


def teaching_lines(sessions: Iterable[ClassSession], at: datetime) -> list[TeachingLine]:
    return [teaching_line(session, at) for session in sessions]


def teaching_line(session: ClassSession, at: datetime) -> TeachingLine:
    """Return a class as its mentor sees it; its offering and venue are loaded with it."""
    offering = session.offering
    is_ahead = offering.starts_at > at
    is_draft = offering.state == Offering.State.DRAFT
    tone, word, next_step = _standing(session, at)
    return TeachingLine(
        pk=session.pk,
        title=offering.title,
        url=reverse("classrooms:teaching-detail", args=[session.pk]),
        starts_at=offering.starts_at,
        ends_at=offering.ends_at,
        place=place_of(offering),
        seats=_seats(offering),
        tone=tone,
        word=word,
        next_step=next_step,
        is_published=offering.state == Offering.State.PUBLISHED,
        can_answer=is_draft and is_ahead and session.answer == Answer.ASKED,
        can_move=is_ahead
        and offering.state in (Offering.State.DRAFT, Offering.State.PUBLISHED)
        and not getattr(session, "has_open_move", False),
        can_upload=offering.state in (Offering.State.PUBLISHED, Offering.State.FINISHED),
    )


def topic_line(topic: TopicApplication) -> TopicLine:
    """Return a topic loaded with ``for_lines`` as its mentor sees it."""
    is_told = topic.state in TopicApplication.DECIDED
    return TopicLine(
        pk=topic.pk,
        title=str(topic),
        url=reverse("classrooms:topic-detail", args=[topic.pk]),
        edit_url=reverse("classrooms:topic-edit", args=[topic.pk]) if topic.is_editable else "",
        type_name=topic.topic_type.name,
        windows=_windows_in_short(topic),
        tone=_TONES[topic.state],
        word=topic.get_state_display(),
        told=_told(topic),
        comment=topic.comment if is_told else "",
    )


def year_in_numbers(mentor: Mentor, at: datetime) -> YearInNumbers:
    """Count a mentor's calendar year, Shanghai time, from its classes, reservations and likes."""
    year = timezone.localtime(at).year
    span = (midnight(date(year, 1, 1)), midnight(date(year + 1, 1, 1)))
    shown = (Offering.State.PUBLISHED, Offering.State.FINISHED)
    of_year = Offering.objects.filter(
        class_session__mentors=mentor, state__in=shown, starts_at__gte=span[0], starts_at__lt=span[1]
    )
    held = of_year.filter(ends_at__lte=at).aggregate(
        classes=Count("pk"), length=Sum(F("ends_at") - F("starts_at"))
    )
    booked = Reservation.objects.filter(offering__in=of_year, state__in=BOOKED).aggregate(
        bookings=Count("pk"), persons=Count("person", distinct=True)
    )
    return YearInNumbers(
        year=year,
        classes=held["classes"],
        hours=_hours(held["length"]),
        likes=Like.objects.of_year(year).filter(mentor=mentor).count(),
        **booked,
    )


_TONES = {
    State.DRAFT: "draft",
    State.SUBMITTED: "waitlisted",
    State.RETURNED: "offered",
    State.APPROVED: "confirmed",
    State.REJECTED: "no_show",
    State.WITHDRAWN: "cancelled",
}


def _told(topic: TopicApplication) -> str:
    """Return who moved it last and when: 刘静怡 3月12日 14:05 通过."""
    match topic.state:
        case State.SUBMITTED:
            return f"{moment(topic.submitted_at)} 提交，请等待审核"
        case State.DRAFT:
            return f"{moment(topic.changed_at)} 保存，还没有提交"
        case State.WITHDRAWN:
            return f"{moment(topic.changed_at)} 撤回"
        case _:
            return f"{topic.decided_by} {moment(topic.decided_at)}"


def _windows_in_short(topic: TopicApplication) -> str:
    """Return 3月12日（周四）上午、3月13日（周五）晚上 等 5 个时段; events by their names."""
    words = [half_day_in_words(half_day) for half_day in topic.half_days]
    words += [f"“{event.title}”" for event in topic.events.all()]
    if not words:
        return "还没有选时段"
    more = f" 等 {len(words)} 个时段" if len(words) > WINDOWS_IN_LINE else ""
    return "、".join(words[:WINDOWS_IN_LINE]) + more


def _seats(offering: Offering) -> str:
    if offering.state == Offering.State.DRAFT:
        return f"{offering.capacity} 个名额"
    waiting = f"，候补 {offering.waiting_count} 人" if offering.waiting_count else ""
    return f"已约 {offering.places_taken} / {offering.capacity} 席{waiting}"


def _standing(session: ClassSession, at: datetime) -> tuple[str, str, str]:
    """Return the tone, the word and the next step of a class."""
    offering = session.offering
    if offering.state == Offering.State.CANCELLED:
        return "cancelled", "已取消", offering.cancel_reason
    if offering.ends_at <= at:
        return "attended", "已结束", ""
    if offering.starts_at <= at:
        return "confirmed", "正在进行", ""
    if getattr(session, "has_open_move", False):
        return "waitlisted", "已申请调课", "等待工作人员处理"
    if offering.state == Offering.State.DRAFT:
        return _DRAFTS[session.answer]
    return "confirmed", "已发布", "不能到场请尽早申请调课"


_DRAFTS = {
    Answer.NOT_ASKED: ("waitlisted", "待发布", "发布后求职者可以预约"),
    Answer.ASKED: ("offered", "待您确认", "请接受；不合适请说明原因"),
    Answer.ACCEPTED: ("waitlisted", "您已接受", "等待工作人员发布"),
    Answer.DECLINED: ("cancelled", "您未接受", "等待工作人员另行安排"),
}


def _hours(length: timedelta | None) -> str:
    """Return 12 or 4.5."""
    hours = (length or timedelta()).total_seconds() / 3600
    return f"{hours:.1f}".removesuffix(".0")

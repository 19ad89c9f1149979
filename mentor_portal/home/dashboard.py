"""The first page of the staff's site: the queues that wait for someone, the year so far, today's classes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from classrooms.models import (
    ClassSession,
    ClassSessionQuerySet,
    HostEvent,
    MoveRequest,
    RatingCase,
    SimilarPair,
    TopicApplication,
)
from classrooms.selectors.courseware import sessions_without_courseware
from classrooms.selectors.extra import is_crowded
from consultations.models import Consultation, ConsultationShift, Pairing
from evaluation.selectors import statistics
from mentor_portal.accounts.models import User
from mentor_portal.home import selectors
from mentor_portal.moments import midnight
from mentor_portal.reservations.models import Offering, Reservation
from research.models import ResearchReport, ResearchTrip

ROWS = 50
TOPICS = "classrooms.view_topicapplication"
SESSIONS, RESERVATIONS = "classrooms.view_classsession", "reservations.view_reservation"
TASKS = "home.view_taskrecord"
REPORTS, TRIPS = "research.view_researchreport", "research.view_researchtrip"
EVENTS, MOVES = "classrooms.view_hostevent", "classrooms.view_moverequest"
COURSEWARE, SIMILAR = "classrooms.view_courseware", "classrooms.view_similarpair"
CASES = "classrooms.view_ratingcase"
PAIRINGS = "consultations.view_pairing"

SHIFTS, CONSULTATIONS = "consultations.view_consultationshift", "consultations.view_consultation"


@dataclass(frozen=True)
class Queue:
    """Something that waits: what, how many, and the list where it is dealt with."""

    word: str
    count: int
    url: str


def dashboard(request: HttpRequest, context: dict[str, object]) -> dict[str, object]:
    """Add what this member of staff may see of today and of the queues."""
    user, at = request.user, timezone.now()
    may_see_sessions = user.has_perm(SESSIONS)
    context["today"] = timezone.localdate()
    context["may_see_sessions"] = may_see_sessions
    context["sessions"] = _today(user, at) if may_see_sessions else []
    context["crowded"] = _crowded(user, at) if may_see_sessions else []
    context["queues"] = list(_queues(user, at))
    context |= _year_so_far(user, at) if may_see_sessions else {}
    context["task_troubles"] = selectors.task_troubles(at) if user.has_perm(TASKS) else []
    return context


def _year_so_far(user: User, at: datetime) -> dict[str, object]:
    """The figures since January beside those of the same months of last year, and the chains without."""
    today = timezone.localdate(at)
    period = statistics.Period.so_far(today)
    pairs = statistics.headlines(statistics.totals(period, user), user)
    return {"period": period, "pairs": pairs, "coverage": statistics.coverage(period, at, today)}


def _today(user: User, at: datetime) -> ClassSessionQuerySet:
    """The classes of this day that are not cancelled, by time."""
    start = midnight(timezone.localtime(at).date())
    sessions = ClassSession.objects.managed_by(user).between(start, start + timedelta(days=1))
    return sessions.exclude(offering__state=Offering.State.CANCELLED).for_cards()[:ROWS]


def _crowded(user: User, at: datetime) -> ClassSessionQuerySet:
    """Coming classes whose waiting list asks for an extra class (notice 三（二）3)."""
    waited_for = ClassSession.objects.managed_by(user).filter(is_crowded(at))
    return waited_for.order_by("offering__starts_at", "pk").for_cards()[:ROWS]


def _queues(user: User, at: datetime) -> Iterator[Queue]:
    if user.has_perm(TOPICS):
        yield from _topic_queues()
    if user.has_perm(SESSIONS):
        yield from _session_queues(user, at)
    if user.has_perm(EVENTS):
        yield _wishes(user, at)
    if user.has_perm(MOVES):
        yield _moves(user)
    if user.has_perm(COURSEWARE) and user.has_perm(SESSIONS):
        yield _without_courseware(user, at)
    if user.is_provincial and user.has_perm(SIMILAR):
        yield _similar(at)
    if user.has_perm(CASES):
        yield from _cases(user, at)
    if user.has_perm(SHIFTS):
        yield _shifts(user, at)
    if user.has_perm(CONSULTATIONS):
        yield _requests(user)
    if user.has_perm(REPORTS):
        yield _reports()
    if user.has_perm(TRIPS):
        yield _short_trips(at)
    if user.has_perm(RESERVATIONS):
        yield from _reservation_queues(user)
    if user.is_provincial and user.has_perm(PAIRINGS):
        yield _placements()


def _topic_queues() -> Iterator[Queue]:
    topics = TopicApplication.objects
    yield Queue(
        "待审核的主题申报",
        topics.submitted().count(),
        reverse("admin:classrooms_topicapplication_changelist"),
    )
    yield Queue(
        "待排课的主题",
        topics.approved().unplaced().count(),
        reverse("admin:classrooms_topicapplication_board"),
    )


def _session_queues(user: User, at: datetime) -> Iterator[Queue]:
    sessions = reverse("admin:classrooms_classsession_changelist")
    drafts = ClassSession.objects.managed_by(user).filter(
        offering__state=Offering.State.DRAFT, offering__starts_at__gt=at
    )
    declined = drafts.filter(answer=ClassSession.Answer.DECLINED)
    of_drafts = f"{sessions}?offering__state__exact=draft"
    yield Queue("导师不接受的安排", declined.count(), f"{of_drafts}&answer__exact=declined")
    yield Queue("待发布的课堂", drafts.count(), of_drafts)


def _reservation_queues(user: User) -> Iterator[Queue]:
    reservations = reverse("admin:reservations_reservation_changelist")
    managed = Reservation.objects.managed_by(user)
    excuses = managed.filter(excuse=Reservation.Excuse.ASKED)
    offers = managed.filter(state=Reservation.State.OFFERED)
    yield Queue("待处理的请假", excuses.count(), f"{reservations}?excuse__exact=asked")
    yield Queue("待确认的递补", offers.count(), f"{reservations}?state__exact=offered")


def _wishes(user: User, at: datetime) -> Queue:
    """The coming events whose host units wait for a class; the list shows these same ones."""
    wishes = HostEvent.objects.managed_by(user).wanting_class(at)
    address = reverse("admin:classrooms_hostevent_changelist")
    return Queue("待安排的活动需求", wishes.count(), f"{address}?standing=coming&wish__exact=wanted")


def _moves(user: User) -> Queue:
    moves = MoveRequest.objects.managed_by(user).open()
    address = reverse("admin:classrooms_moverequest_changelist")
    return Queue("待处理的调课申请", moves.count(), f"{address}?state__exact=open")


def _without_courseware(user: User, at: datetime) -> Queue:
    """The classes that left nothing behind (notice 三（二）3)."""
    sessions = sessions_without_courseware(at).managed_by(user)
    address = reverse("admin:classrooms_classsession_changelist")
    return Queue("缺课件的课堂", sessions.count(), f"{address}?courseware=missing")


def _similar(at: datetime) -> Queue:
    """The list shows those that wait unless it is asked for others."""
    waiting = SimilarPair.objects.waiting_for_staff(at)
    address = reverse("admin:classrooms_similarpair_changelist")
    return Queue("待查看的相似课件", waiting.count(), address)


def _cases(user: User, at: datetime) -> Iterator[Queue]:
    """Low ratings; the list shows those that are not settled unless it is asked for others."""
    cases = RatingCase.objects.managed_by(user)
    address = reverse("admin:classrooms_ratingcase_changelist")
    yield Queue("待回复的差评", cases.unanswered().count(), f"{address}?standing=unanswered")
    yield Queue("待办结的差评", cases.unsettled().count(), address)
    yield Queue("逾期的差评", cases.late(at).count(), f"{address}?standing=late")


def _shifts(user: User, at: datetime) -> Queue:
    """The duties that can still be given a room; the list shows these same ones."""
    shifts = ConsultationShift.objects.managed_by(user).waiting(at)
    address = reverse("admin:consultations_consultationshift_changelist")
    return Queue("待安排的咨询值班", shifts.count(), f"{address}?state={ConsultationShift.State.SUBMITTED}")


def _requests(user: User) -> Queue:
    """Bookings for 高端人才洽谈室 that wait for the staff's yes (notice 三（二）2)."""
    requests = Consultation.objects.managed_by(user).requested()
    address = reverse("admin:consultations_consultation_changelist")
    return Queue("待审核的洽谈预约", requests.count(), f"{address}?reservation__state__exact=requested")


def _placements() -> Queue:
    """What both of a pairing have stated; the province's alone, as pairings belong to no unit."""
    waiting = Pairing.objects.waiting_for_staff()
    address = reverse("admin:consultations_pairing_changelist")
    return Queue("待核实的安置", waiting.count(), f"{address}?state={Pairing.State.CONFIRMED}")


def _reports() -> Queue:
    """The list shows those that wait unless it is asked for others."""
    waiting = ResearchReport.objects.submitted()
    return Queue("待审核的调研报告", waiting.count(), reverse("admin:research_researchreport_changelist"))


def _short_trips(at: datetime) -> Queue:
    short = ResearchTrip.objects.short(at)
    address = reverse("admin:research_researchtrip_changelist")
    return Queue("报名不足的调研", short.count(), f"{address}?standing=short")

"""A small portal with people of every role and things in every state, for tests that visit pages."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone

from classrooms.models import (
    ClassRating,
    ClassSession,
    Courseware,
    HostEvent,
    MoveRequest,
    SimilarPair,
    TopicApplication,
)
from classrooms.rules import Decision
from classrooms.services import (
    add_version,
    ask_for_class,
    ask_mentor,
    ask_move,
    cancel_session,
    decide_topic,
    reply_to_case,
    withdraw_courseware,
)
from consultations.models import Consultation, ConsultationShift, Pairing, PanelClinic
from consultations.services import book_slot, call_next, cancel_clinic, note_turn
from mentor_portal.accounts.models import HostUnit, User
from mentor_portal.home.roles import PROVINCE_GROUP, UNIT_GROUP
from mentor_portal.home.services import record_task_failure, record_task_success
from mentor_portal.notifications.models import Notice
from mentor_portal.notifications.services import attach_file, publish_notice
from mentor_portal.reservations.models import Reservation, Suspension
from mentor_portal.reservations.services import cancel, check_in_at_desk
from mentors.models import Appointment, IndustrialChain, Like, Mentor
from mentors.services import like
from research.models import ReportFile, ResearchReport, ResearchTheme, ResearchTrip
from tests import (
    clinics,
    courseware,
    documents,
    duties,
    feedback,
    moments,
    offerings,
    pairings,
    topics,
    trips,
)

PASSWORD = "demo-password-1"
# The unit of the role "unit"; everything else belongs to the provincial centre.
PREFECTURE = "4312"


@dataclass
class Scene:
    """People by role, and what they have to do with, each by a name that says how it stands."""

    people: dict[str, User]
    sessions: dict[str, ClassSession] = field(default_factory=dict)
    topics: dict[str, TopicApplication] = field(default_factory=dict)
    reservations: dict[str, Reservation] = field(default_factory=dict)
    notices: dict[str, Notice] = field(default_factory=dict)
    events: dict[str, HostEvent] = field(default_factory=dict)
    moves: dict[str, MoveRequest] = field(default_factory=dict)
    clinics: dict[str, PanelClinic] = field(default_factory=dict)
    shifts: dict[str, ConsultationShift] = field(default_factory=dict)
    consultations: dict[str, Consultation] = field(default_factory=dict)
    pairings: dict[str, Pairing] = field(default_factory=dict)
    themes: dict[str, ResearchTheme] = field(default_factory=dict)
    trips: dict[str, ResearchTrip] = field(default_factory=dict)
    reports: dict[str, ResearchReport] = field(default_factory=dict)
    ratings: dict[str, ClassRating] = field(default_factory=dict)
    report_files: dict[str, ReportFile] = field(default_factory=dict)
    courseware: dict[str, Courseware] = field(default_factory=dict)
    similar: dict[str, SimilarPair] = field(default_factory=dict)
    like: Like | None = None

    @property
    def suspension(self) -> Suspension:
        return Suspension.objects.get()

    @property
    def owner(self) -> User:
        return self.people["owner"]


def build(at: datetime | None = None) -> Scene:
    """Make the scene; every class has a time of its own, so that nobody is in two places."""
    at = at or timezone.now()
    scene = Scene(people=make_people())
    mentor = make_listed_mentor(scene.people["mentor"])
    _make_bookable(scene, mentor, at)
    _make_owned(scene, at)
    _make_todays(scene, at)
    _make_feedback(scene, at)
    _make_unit_things(scene, at)
    _make_task_records(at)
    _make_topics(scene, mentor, at)
    _make_wishes(scene, at)
    _make_pairings(scene, mentor)
    [scene.people["paused"]] = offerings.make_people(1)
    Suspension.objects.create(
        person=scene.people["paused"],
        starts_at=at - timedelta(days=2),
        ends_at=at + timedelta(days=28),
        reason="90 天内预约后未到场 3 次",
    )
    _make_notices(scene, at)
    _make_clinics(scene, mentor, at)
    _make_duties(scene, mentor, at)
    _make_research(scene, mentor, at)
    _make_courseware(scene, mentor, at)
    return scene


def make_people() -> dict[str, User]:
    """Return one account for each role; the groups are those that migrating makes."""
    make = User.objects.create_user
    people = {
        "stranger": make("13700000001", name="求职者小陈"),
        "owner": make("13700000002", name="求职者小李"),
        "mentor": make("13700000003", name="周建国"),
        "judge": make("13700000004", name="评审专家老周", is_judge=True),
        "unit": make("13700000005", PASSWORD, name="怀化小张", is_staff=True, host_unit=unit()),
        "staff": make("13700000006", PASSWORD, name="中心小王", is_staff=True),
        "root": make("13700000007", PASSWORD, name="系统管理员", is_staff=True, is_superuser=True),
    }
    people["unit"].groups.add(Group.objects.get(name=UNIT_GROUP))
    people["staff"].groups.add(Group.objects.get(name=PROVINCE_GROUP))
    return people


def unit() -> HostUnit:
    """The centre of one prefecture, seeded by migration."""
    return HostUnit.objects.get(kind=HostUnit.Kind.PREFECTURE, prefecture=PREFECTURE)


def make_listed_mentor(user: User, number: int = 1) -> Mentor:
    """Make a mentor whose term is running, with everything filled in that a page can show."""
    chain = IndustrialChain.objects.select_related("category").order_by("pk").first()
    mentor = Mentor.objects.create(
        user=user,
        name=user.name,
        employer="三一重工股份有限公司",
        title="人力资源总监",
        introduction="从事招聘与培训二十年。",
        specialities_text="面试技巧、薪酬谈判",
        primary_category=chain.category,
        primary_chain=chain,
    )
    today = timezone.localdate()
    Appointment.objects.create(
        mentor=mentor,
        number=f"湘职导〔2026〕{number:04}号",
        starts_on=today - timedelta(days=30),
        ends_on=today + timedelta(days=700),
    )
    return mentor


def _make_bookable(scene: Scene, mentor: Mentor, at: datetime) -> None:
    """Classes that the owner has nothing to do with, by how their seats stand."""
    whole = at.replace(second=0, microsecond=0)
    days = (whole + timedelta(days=number) for number in range(2, 9))
    scene.sessions["free"] = free = offerings.make_session(starts_at=next(days), mentors=[mentor])
    free.chains.set(free.category.chains.all()[:2])
    scene.sessions["few"] = few = offerings.make_session(starts_at=next(days), capacity=6)
    offerings.hold(few, offerings.make_people(3))
    scene.sessions["full"] = full = offerings.make_session(starts_at=next(days), capacity=2)
    offerings.hold(full, offerings.make_people(4))
    scene.sessions["cancelled"] = off = offerings.make_session(starts_at=next(days))
    cancel_session(session=off, by=scene.people["staff"], at=at, reason="导师临时出差")
    starts_at = next(days)
    scene.sessions["not open"] = offerings.make_session(
        starts_at=starts_at, booking_opens_at=at + timedelta(days=1)
    )
    scene.sessions["draft"] = offerings.make_draft(starts_at=next(days))


def _make_owned(scene: Scene, at: datetime) -> None:
    """Classes that the owner holds, waits for, was offered, or has been to."""
    owner = scene.owner

    def own(name: str, session: ClassSession, moment: datetime = at) -> None:
        scene.sessions[name] = session
        scene.reservations[name] = offerings.hold(session, [owner], moment)[0]

    own("mine", offerings.make_session(starts_at=at + timedelta(days=10)))
    own("late", offerings.make_session(starts_at=at + timedelta(hours=1)))
    waiting = offerings.make_session(starts_at=at + timedelta(days=11), capacity=1)
    offerings.hold(waiting, offerings.make_people(2))
    own("waiting", waiting)
    offered = offerings.make_session(starts_at=at + timedelta(days=12), capacity=1)
    [first] = offerings.hold(offered, offerings.make_people(1))
    own("offered", offered)
    cancel(reservation=first, by=first.person, at=at)
    own("past", offerings.make_session(starts_at=at - timedelta(days=3)), at - timedelta(days=4))


def _make_topics(scene: Scene, mentor: Mentor, at: datetime) -> None:
    """The mentor's topics by state, a placement to answer ("proposed"), and mentors beside them."""
    staff = scene.people["staff"]
    topics.event(
        title="怀化春季招聘会", unit=unit(), starts_at=at + timedelta(days=16), wish_text="想听简历制作"
    )
    window = [topics.half_day(20), topics.half_day(21)]
    scene.topics["draft"] = topics.draft(mentor, title="", windows=window)
    scene.topics["whole draft"] = topics.draft(mentor, title="写一半的主题", windows=window)
    scene.topics["submitted"] = topics.submitted(mentor, title="待审核的主题", windows=window)
    returned = topics.submitted(mentor, title="要修改的主题", windows=window)
    scene.topics["returned"] = decide_topic(
        application=returned, decision=Decision.RETURN, by=staff, at=at, comment="请写明适合人群"
    )
    scene.topics["waiting"] = topics.approved(mentor, staff, title="待排课的主题", windows=window)
    scene.topics["approved"] = approved = topics.approved(mentor, staff, title="已通过的主题", windows=window)
    scene.sessions["proposed"] = topics.placed(approved, staff, window=window[0])
    scene.people["new mentor"], person = offerings.make_people(2)
    make_listed_mentor(scene.people["new mentor"], number=3)
    other = make_listed_mentor(person, number=2)
    scene.topics["another's"] = topics.draft(other, title="别人的主题", windows=window)
    scene.sessions["another's proposed"] = topics.placed(
        topics.approved(other, staff, title="别人的课", windows=window), staff, window=window[0]
    )


def _make_todays(scene: Scene, at: datetime) -> None:
    """A class that starts within minutes: the owner has booked, somebody else is there, one waits."""
    starts_at = at + timedelta(minutes=20)
    session = offerings.make_session(
        starts_at=starts_at, ends_at=starts_at + timedelta(minutes=30), capacity=2
    )
    scene.sessions["today"] = session
    mine, there, _waiting = offerings.hold(session, [scene.owner, *offerings.make_people(2)])
    check_in_at_desk(reservation=there, by=scene.people["staff"], at=at)
    scene.reservations |= {"today": mine, "there": there}


def _make_feedback(scene: Scene, at: datetime) -> None:
    """Classes that are over: one the owner has to rate, one rated low and answered, one of the unit's."""
    owner, stranger = scene.owner, scene.people["stranger"]
    for name, person, host in (
        ("attended", owner, offerings.province()),
        ("rated", owner, offerings.province()),
        ("unit's rated", stranger, unit()),
    ):
        scene.sessions[name] = session = feedback.past_session(days=5, host_unit=host)
        [scene.reservations[name]] = feedback.attend(session, [person])
    for name in ("rated", "unit's rated"):
        rating = feedback.give(scene.reservations[name], 1, rating_words="讲得太快", at=at)
        scene.ratings[name] = rating
    reply_to_case(case=scene.ratings["rated"].case, reply="谢谢您的意见", by=scene.people["staff"], at=at)


def _make_unit_things(scene: Scene, at: datetime) -> None:
    """A class and a draft of the prefecture's own centre; the stranger has booked the class."""
    scene.sessions["unit's"] = session = offerings.make_session(
        starts_at=at + timedelta(days=14), host_unit=unit()
    )
    scene.reservations["unit's"] = offerings.hold(session, [scene.people["stranger"]])[0]
    scene.sessions["unit's draft"] = offerings.make_draft(starts_at=at + timedelta(days=15), host_unit=unit())


def _make_task_records(at: datetime) -> None:
    """One task of the schedule that runs well, and one that failed; no worker was seen yet."""
    well, failing = list(settings.PERIODIC_TASK_NAMES)[:2]
    record_task_success(task=well, started_at=at - timedelta(seconds=2), at=at)
    record_task_failure(
        task=failing,
        started_at=at - timedelta(seconds=2),
        at=at,
        error="OperationalError: connection refused",
    )


def _make_notices(scene: Scene, at: datetime) -> None:
    """A notice that is out, a draft, each with a file, and a draft of the prefecture's centre."""
    body = "各市州：\n\n现将本季度安排通知如下，详见 https://example.com/plan 和附件。"
    for name, host_unit in (("published", None), ("draft", None), ("unit's draft", unit())):
        notice = Notice.objects.create(title="四进活动通知", body=body, host_unit=host_unit)
        if not host_unit:
            attach_file(notice=notice, upload=ContentFile(documents.PDF, name="安排.pdf"))
        scene.notices[name] = notice
    publish_notice(notice=scene.notices["published"], by=scene.people["staff"], at=at)


def _make_wishes(scene: Scene, at: datetime) -> None:
    """An event that wants a class, of the prefecture and of the province, and a request to move a class."""
    for name, person, host in (("unit's", "unit", unit()), ("province's", "staff", offerings.province())):
        event = topics.event(unit=host, starts_at=at + timedelta(days=16), wish=HostEvent.Wish.NONE)
        scene.events[name] = ask_for_class(
            event=event, text="想听简历制作，约 40 人", by=scene.people[person], at=at
        )
    for name in ("unit's", "few"):
        session = scene.sessions[name]
        mentor = session.mentors.get()
        windows = [topics.half_day(20), topics.half_day(21)]
        scene.moves[name] = ask_move(
            session=session, mentor=mentor, reason="单位临时安排出差", windows=windows, by=mentor.user, at=at
        )


def _make_clinics(scene: Scene, mentor: Mentor, at: datetime) -> None:
    """A running one, the owner in its queue, number 2 with the mentor; coming ones; drafts.

    The owner's class "today" is over before this one, and the mentor's others are on other days.
    """
    other = offerings.make_mentor(name="李慧芳")
    starts_at = at.replace(second=0, microsecond=0)
    scene.clinics["coming"] = clinics.make_clinic(
        starts_at=starts_at + timedelta(days=17), mentors=[mentor, other]
    )
    scene.clinics["full"] = full = clinics.make_clinic(starts_at=starts_at + timedelta(days=18), capacity=1)
    clinics.book(full, offerings.make_people(2))
    scene.clinics["cancelled"] = off = clinics.make_clinic(starts_at=starts_at + timedelta(days=19))
    cancel_clinic(clinic=off, by=scene.people["staff"], at=at, reason="场地检修")
    scene.clinics["draft"] = clinics.make_draft(starts_at=starts_at + timedelta(days=20))
    scene.clinics["unit's"] = clinics.make_clinic(starts_at=starts_at + timedelta(days=21), host_unit=unit())
    scene.clinics["unit's draft"] = clinics.make_draft(
        starts_at=starts_at + timedelta(days=22), host_unit=unit()
    )
    _make_running_clinic(scene, [mentor, other], starts_at)


def _make_running_clinic(scene: Scene, mentors: list[Mentor], at: datetime) -> None:
    """It began two hours ago and ends before the owner's next class."""
    scene.clinics["running"] = running = clinics.make_clinic(
        starts_at=at - timedelta(hours=2), ends_at=at + timedelta(minutes=15), mentors=mentors
    )
    people = [*offerings.make_people(4), scene.owner]
    clinics.arrive(clinics.book(running, people), at)
    mentor, other = mentors
    seen = call_next(clinic=running, mentor=mentor, by=mentor.user, at=at)
    note_turn(
        turn=seen,
        mentor=mentor,
        notes="简历重写项目经历",
        outcome=Consultation.Outcome.ADVISED,
        is_done=True,
        by=mentor.user,
        at=at,
    )
    for each in (mentor, other):
        call_next(clinic=running, mentor=each, by=each.user, at=at)


def _make_duties(scene: Scene, mentor: Mentor, at: datetime) -> None:
    """The mentor's duties by state, those of another mentor, and the prefecture's."""
    staff, other = scene.people["staff"], scene.topics["another's"].mentor
    days = iter(range(5, 15))
    for name, host in (("waiting", offerings.province()), ("unit's waiting", unit())):
        starts_at = moments.in_days(next(days))
        [scene.shifts[name]] = duties.declare(mentor, at=at, host_unit=host, starts_at=starts_at)
    for name, who, host, kind in (
        ("arranged", mentor, offerings.province(), duties.Kind.CONSULTATION),
        ("unit's", mentor, unit(), duties.Kind.CONSULTATION),
        ("another's", other, offerings.province(), duties.Kind.CONSULTATION),
        ("talent", other, offerings.province(), duties.Kind.TALENT),
    ):
        starts_at = moments.in_days(next(days))
        scene.shifts[name] = duties.make_shift(
            who, by=staff, at=at, host_unit=host, kind=kind, starts_at=starts_at
        )
    scene.people["running mentor"] = other.user
    scene.shifts["running"] = duties.running_shift(other, at=at)
    _make_consultations(scene, at)


def _make_consultations(scene: Scene, at: datetime) -> None:
    """In the first slot of each arranged duty somebody of their own; in the talk, a request for a yes."""
    names = ("arranged", "unit's", "another's", "talent", "running")
    for name, person in zip(names, offerings.make_people(len(names)), strict=True):
        moment = at - timedelta(hours=1) if name == "running" else at
        row = duties.book(duties.slots_of(scene.shifts[name])[0], person, at=moment)
        scene.consultations[name] = row.consultation
    slot = duties.slots_of(scene.shifts["arranged"])[1]
    outcome = book_slot(
        slot=slot,
        person=scene.owner,
        question="想转行做数控",
        resume=ContentFile(documents.PDF, name="简历.pdf"),
        by=scene.owner,
        at=at,
    )
    scene.consultations["owner's"] = outcome.reservation.consultation


def _make_pairings(scene: Scene, mentor: Mentor) -> None:
    """Pairings by state: "confirmed" and "ended" are of the mentor with the owner, a second claim beside.

    "proposed" and "claimed" are of the owner with other mentors, "active" of the mentor with another person,
    "another's" of other people; out of the reservation "consultation" the mentor can start one.
    """
    owner, staff = scene.owner, scene.people["staff"]
    people = offerings.make_people(7)
    others = [make_listed_mentor(person, number) for number, person in enumerate(people[:4], start=4)]
    scene.pairings["ended"] = pairings.verified(mentor, owner, staff, name="蓝思科技")
    scene.pairings["confirmed"] = pairings.confirmed(mentor, owner)
    scene.pairings["rival"] = pairings.confirmed(others[0], owner, name="三一重工")
    scene.pairings["proposed"] = pairings.proposed(others[1], owner)
    scene.pairings["claimed"] = pairings.claimed(others[2], owner, name="中联重科")
    scene.pairings["active"] = pairings.active(mentor, people[4])
    scene.pairings["another's"] = pairings.claimed(others[3], people[5])
    for name in ("confirmed", "active"):
        pairings.contact(scene.pairings[name])
    scene.reservations["consultation"] = held = pairings.consultation(mentor, people[6])
    scene.like = like(mentor=mentor, person=held.person, by=held.person, at=timezone.now())


def _make_research(scene: Scene, mentor: Mentor, at: datetime) -> None:
    """A plan, trips by how their places stand, and the mentor's reports by state, each with files."""
    staff = scene.people["staff"]
    year = timezone.localtime(at).year
    for number, name in enumerate(("this month's", "later"), start=1):
        scene.themes[name] = trips.theme(year=year, month=number, title=f"装备制造企业用工调研（{name}）")
        scene.themes[name].chains.set(IndustrialChain.objects.all()[:2])
    scene.themes["draft"] = trips.theme(year=year, month=12, published_at=None)
    theme = scene.themes["this month's"]
    days = (at.replace(second=0, microsecond=0) + timedelta(days=number) for number in range(40, 50))
    for name, many in (("open", 2), ("full", 8), ("held", 1)):
        scene.trips[name] = trips.trip(staff, theme=theme, starts_at=next(days))
        trips.hold(scene.trips[name], trips.make_mentors(many), at)
    trips.hold(scene.trips["held"], [mentor], at)
    scene.trips["draft"] = trips.draft_trip(staff, theme=theme, starts_at=next(days))
    for number, name in enumerate(("unwritten", "past")):
        scene.trips[name] = trips.attended(staff, [mentor], days_ago=7 + number, theme=theme)
    [other] = trips.make_mentors(1)
    scene.reports = {
        "draft": trips.report(mentor, body=trips.SENTENCE),
        "submitted": trips.submitted(mentor, scene.trips["past"]),
        "returned": trips.returned(mentor, staff),
        "accepted": trips.accepted(mentor, staff),
        "published": trips.published(mentor, staff),
        "another's": trips.report(other),
    }
    for name, report in scene.reports.items():
        scene.report_files[name], _paper = trips.with_files(report)


def _make_courseware(scene: Scene, mentor: Mentor, at: datetime) -> None:
    """The mentor's by audience, of a class that the owner was at; one of the unit's class; one without file.

    "copied" resembles "another's"; about a likeness of "public" the mentor is asked.
    """
    staff = scene.people["staff"]
    scene.similar["found"] = found = courseware.pair(mentor)
    scene.courseware["another's"] = found.earlier.courseware
    scene.courseware["copied"] = found.version.courseware
    scene.courseware["free"] = courseware.kept(mentor, text="", session=scene.sessions["free"])
    scene.sessions["taught"] = taught = courseware.finished_class(mentor, days_ago=12)
    courseware.attend(taught, scene.owner)
    of_unit = courseware.finished_class(mentor, days_ago=13, host_unit=unit())
    audience = Courseware.Audience
    for name, shown_to, session in (
        ("public", audience.PUBLIC, taught),
        ("attendees", audience.ATTENDEES, taught),
        ("staff's", audience.STAFF, taught),
        ("withdrawn", audience.PUBLIC, taught),
        ("unit's", audience.ATTENDEES, of_unit),
    ):
        text = f"{name}：面试前的三天怎么准备"
        scene.courseware[name] = courseware.uploaded(mentor, text, at, session=session, audience=shown_to)
    withdraw_courseware(courseware=scene.courseware["withdrawn"], by=mentor.user, at=at)
    newer = add_version(
        courseware=scene.courseware["public"],
        upload=ContentFile(documents.picture("PNG"), name="板书.png"),
        note="换成板书的照片",
        is_declared=True,
        by=mentor.user,
        at=at,
    )
    asked = SimilarPair.objects.create(version=newer, earlier=found.earlier, likeness="0.720", found_at=at)
    question = "第二部分与他人课件相同，请说明来源。"
    scene.similar["asked"] = ask_mentor(pair=asked, question=question, by=staff, at=at)

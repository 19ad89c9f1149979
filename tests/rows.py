"""Rows of every kind, made one round after another, for the tests of how lists grow."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone

from classrooms.models import ClassSession, Questionnaire, RatingTag, SimilarPair
from classrooms.rules import Decision
from classrooms.services import ask_mentor, ask_move, copy_questionnaire, decide_topic
from consultations.services import call_next, cancel_slot, finish_turn, leave_queue
from evaluation.models import (
    Award,
    BonusEvent,
    CoursewareEntry,
    EvaluationYear,
    Objection,
    RankingRun,
    RunCard,
)
from evaluation.scoring import COUNTS, MAXIMA
from evaluation.selectors.years import snapshot_of
from mentor_portal.accounts.models import Consent, HostUnit, PrivacyNotice, User
from mentor_portal.home.models import TaskRecord
from mentor_portal.notifications.models import MessageTemplate, Notice
from mentor_portal.notifications.services import attach_file, publish_notice, route_messages
from mentor_portal.reservations.models import Suspension
from mentor_portal.reservations.services import check_in_at_desk, finish_offering, make_calendar_address
from mentors.models import Category, IndustrialChain, Like, Mentor, TopicType
from tests import (
    clinics,
    courseware,
    documents,
    duties,
    feedback,
    moments,
    offerings,
    pairings,
    panel,
    scene,
    topics,
    trips,
    year_end,
)

OPENED = moments.in_days(-1)
SLOTS_IN_DAYS = 5
DAY_OF_CLASSES = 2
# Before everything else that the mentor did.
TOLD_DAYS_AGO = 200
FINAL_YEAR, SHOWN_YEAR = 2020, 2021


class Rows:
    """Makes as many rows of everything as asked for, all about one person and one mentor."""

    def __init__(self) -> None:
        self.person = User.objects.create_user("13600000001", name="求职者小李")
        self.calendar_address = make_calendar_address(person=self.person, by=self.person, at=timezone.now())
        self.mentor = scene.make_listed_mentor(User.objects.create_user("13600000000", name="周建国"), 0)
        self.staff = User.objects.create_user("13600000003", name="中心小王", is_staff=True)
        self.draft = topics.draft(self.mentor, windows=[topics.half_day(2)])
        self.topic = topics.approved(self.mentor, self.staff, windows=[topics.half_day(2)])
        self.free = offerings.make_session(starts_at=moments.in_days(60), booking_opens_at=OPENED)
        self.desk = offerings.make_session(starts_at=timezone.now() + timedelta(minutes=5), capacity=90)
        self.clinic = clinics.make_running(mentors=[self.mentor, offerings.make_mentor()], capacity=90)
        self.pairing = pairings.active(self.mentor, offerings.make_people(1)[0])
        self.own_pairing = pairings.active(self._teacher(90), self.person)
        self.duty = duties.make_shift(self.mentor, starts_at=moments.in_days(190, "00:00"), hours=15.5)
        self.duty_desk = duties.running_shift(hours=15.5)
        # Their many past trips lie within the term.
        long_ago = timezone.localdate() - timedelta(days=400)
        self.mentor.appointments.update(starts_on=long_ago)
        this_month = timezone.localdate().replace(day=1)
        self.theme = trips.theme(year=this_month.year, month=this_month.month)
        self.trip = trips.trip(self.staff, theme=self.theme, starts_at=moments.in_days(40), capacity=90)
        self.report = trips.published(trips.make_mentors(1)[0], self.staff)
        self.own_report = trips.returned(self.mentor, self.staff)
        self.chain = IndustrialChain.objects.order_by("pk").first()
        shift = duties.make_shift(self._adviser(), starts_at=moments.in_days(6))
        self.slot, self.slot_off = duties.slots_of(shift)[:2]
        cancel_slot(slot=self.slot_off, by=self.staff, at=timezone.now(), reason="导师临时出差")
        self.similar = courseware.pair(offerings.make_mentor())
        self.copied = self.similar.version.courseware
        self.told = feedback.past_session(days=TOLD_DAYS_AGO, mentors=[self.mentor])
        [row] = feedback.attend(self.told, offerings.make_people(1))
        self.case = feedback.give(row, 2, at=self.told.offering.ends_at)
        finish_offering(offering_id=self.told.pk, at=timezone.now())
        self.taught = courseware.finished_class(self.mentor, days_ago=150)
        self.courseware = courseware.kept(self.mentor, session=self.taught, audience="public")
        self.pair = self._ask()
        self.judge = panel.make_judge(panel.this_year(), self.staff)
        self.sheet = panel.give(panel.sheet_of(self.staff, self.judge), is_submitted=False)
        self.teaching = panel.teaching_sheet_of(self.staff, self.judge)
        self.count = 0

    def grow_to(self, count: int) -> None:
        while self.count < count:
            self.count += 1
            self._make(self.count)

    def _make(self, number: int) -> None:
        teacher = self._teacher(number)
        self._make_coming(number, teacher)
        self._make_waiting(number)
        self._make_past(number)
        self._make_topics(number)
        self._make_desk(number)
        self._make_duties(number)
        self._make_slots()
        self._make_wishes(number)
        self._make_clinics(number)
        self._make_pairings(number, teacher)
        self._make_research(number)
        self._make_courseware(number)
        self._make_feedback(number)
        self._make_sheets()
        self._make_records(number)
        self._make_honours(number, teacher)

    def _teacher(self, number: int) -> Mentor:
        return scene.make_listed_mentor(User.objects.create_user(f"135{number:08}", name="周建国"), number)

    def _make_coming(self, number: int, teacher) -> None:
        """All on one day, one after the other, each with two mentors.

        It is the day after tomorrow: the running clinic may go on past midnight.
        """
        day = moments.in_days(DAY_OF_CLASSES, "00:00")
        starts_at = day + timedelta(minutes=30 * number)
        ends_at = starts_at + timedelta(minutes=30)
        session = offerings.make_session(
            starts_at=starts_at,
            ends_at=ends_at,
            booking_opens_at=OPENED,
            mentors=[self.mentor, teacher],
        )
        session.chains.set(IndustrialChain.objects.all()[:2])
        offerings.hold(session, [self.person])

    def _make_waiting(self, number: int) -> None:
        session = offerings.make_session(
            starts_at=moments.in_days(DAY_OF_CLASSES + number), booking_opens_at=OPENED, capacity=1
        )
        offerings.hold(session, [*offerings.make_people(1), self.person])

    def _make_year_end(self, number: int, someone: User) -> None:
        """A year, and in the first of them a run in which each mentor made so far has a card."""
        now = timezone.now()
        EvaluationYear.objects.create(year=2050 + number, opened_by=someone)
        BonusEvent.objects.create(
            mentor=self.mentor,
            title=f"大赛 {number}",
            held_on=now.date(),
            entered_at=now,
            entered_by=someone,
            size=1,
        )
        if not hasattr(self, "run"):
            self.run = self._run(0)
        RankingRun.objects.filter(pk=self.run.pk).update(mentor_count=number)
        run = self._run(number)
        Objection.objects.create(year=run.year, run=run, text="少记了", raised_at=now, recorded_by=self.staff)
        RunCard.objects.create(
            run=self.run,
            mentor=offerings.make_mentor(f"导师{number}"),
            evidence=dict.fromkeys((*COUNTS, "plagiarised"), 0) | {"teaching_skill": None},
            lines={
                key: {"points": "1.00", "maximum": "3.00", "uncapped": "1.00", "reason": "—"}
                for key in MAXIMA
            },
            total=11,
            rank=1,
        )

    def _make_honours(self, number: int, teacher: Mentor) -> None:
        """One more name in a year in 公示 and in one that is final, one more final year, and an objection."""
        entry = {at: self._entry(at, teacher) for at in (SHOWN_YEAR, FINAL_YEAR)}
        if number == 1:
            self.shown = {at: self._shown(at) for at in (SHOWN_YEAR, FINAL_YEAR)}
        final = year_end.in_stage(year_end.year_of(FINAL_YEAR - number), EvaluationYear.Stage.FINAL)
        year_end.done_run(final, [(self.mentor, "40")], is_result=True)
        for at, run in self.shown.items():
            year_end.card_of(run, teacher, "40")
            year_end.placed(run, entry[at], "90", 1)
            year_end.placed(run, self._entry(at, self.mentor), "90", 1)
        run, now = self.shown[FINAL_YEAR], timezone.now()
        of_both = {"year": run.year, "run": run, "mentor": teacher, "rank": 1, "total": 40, "awarded_at": now}
        Award.objects.create(kind=Award.Kind.MENTOR, **of_both)
        Award.objects.create(kind=Award.Kind.COURSEWARE, entry=entry[FINAL_YEAR], **of_both)
        of_mentor = {**of_both, "mentor": self.mentor, "entry": self._entry(FINAL_YEAR, self.mentor)}
        Award.objects.create(kind=Award.Kind.COURSEWARE, **of_mentor)
        run = self.shown[SHOWN_YEAR]
        Objection.objects.create(year=run.year, run=run, person=self.person, text="少记了", raised_at=now)

    def _shown(self, number: int) -> RankingRun:
        year = year_end.year_of(number)
        is_final = number == FINAL_YEAR
        year_end.in_stage(year, EvaluationYear.Stage.FINAL if is_final else EvaluationYear.Stage.OBJECTIONS)
        return year_end.done_run(year, [(self.mentor, "40")], is_result=True)

    def _entry(self, number: int, mentor: Mentor) -> CoursewareEntry:
        """Let a courseware of a mentor's take part in a year, for everybody to open."""
        made = courseware.kept(mentor, session=self.taught, audience="public")
        return year_end.entered(made, year=year_end.year_of(number))

    def _run(self, number: int) -> RankingRun:
        year, now = EvaluationYear.objects.get(year=2026), timezone.now()
        return RankingRun.objects.create(
            year=year,
            number=number + 1,
            state=RankingRun.State.DONE,
            created_at=now,
            ended_at=now,
            digest="0" * 64,
            rules=snapshot_of(year),
        )

    def _make_notice(self, number: int, by: User) -> None:
        """With as many files as there are notices by then."""
        unit = HostUnit.objects.get(name=f"园区{number}")
        notice = Notice.objects.create(title=f"通知{number}", body="正文", host_unit=unit)
        for each in range(number):
            attach_file(notice=notice, upload=ContentFile(documents.PDF, name=f"附件{each}.pdf"))
        publish_notice(notice=notice, by=by, at=timezone.now())

    def _make_past(self, number: int) -> None:
        starts_at = timezone.now() - timedelta(days=number, hours=2)
        session = offerings.make_session(starts_at=starts_at)
        offerings.hold(session, [self.person], starts_at - timedelta(days=1))

    def _make_topics(self, number: int) -> None:
        """Topics of the mentor in every state that the desk tells apart, some placed or for an event."""
        event = topics.event(title=f"招聘会{number}")
        days = [topics.half_day(100 + 2 * number), topics.half_day(101 + 2 * number)]
        for make in (topics.draft, topics.submitted):
            make(self.mentor, windows=days, events=[event])
        returned = topics.submitted(self.mentor, windows=days)
        decide_topic(
            application=returned, decision=Decision.RETURN, by=self.staff, at=timezone.now(), comment="请改"
        )
        topics.approved(self.mentor, self.staff, title=f"待排{number}", windows=days, events=[event])
        approved = topics.approved(self.mentor, self.staff, windows=days, events=[event])
        topics.placed(approved, self.staff, window=days[0])
        again = topics.placed(self.topic, self.staff, window=days[1], is_outside_allowed=True)
        ask_move(
            session=again,
            mentor=self.mentor,
            reason="出差",
            windows=days,
            by=self.mentor.user,
            at=timezone.now(),
        )

    def _make_desk(self, number: int) -> None:
        """Of two who booked one is there; and another desk, on the same day."""
        _, there = offerings.hold(self.desk, offerings.make_people(2))
        check_in_at_desk(reservation=there, by=self.person, at=timezone.now())
        starts_at = moments.in_days(0, "00:00") + timedelta(minutes=number)
        offerings.make_session(starts_at=starts_at, mentors=[self._teacher(100 + number)])

    def _make_duties(self, number: int) -> None:
        """Duties of the mentor to come and past, one more slot taken, and another duty today."""
        duties.declare(self.mentor, starts_at=moments.in_days(200 + number), hours=0.5)
        past = moments.in_days(-number)
        duties.make_shift(self.mentor, starts_at=past, at=past - timedelta(days=1), hours=0.5)
        duties.running_shift(hours=0.5)
        for shift in (self.duty, self.duty_desk):
            slot = duties.slots_of(shift)[number]
            [person] = offerings.make_people(1)
            duties.book_before(slot, person)

    def _make_slots(self) -> None:
        """One more mentor with times on the day that is looked at, the first of them taken."""
        shift = duties.make_shift(self._adviser(), starts_at=moments.in_days(SLOTS_IN_DAYS), hours=1)
        duties.book(duties.slots_of(shift)[0], *offerings.make_people(1))

    def _adviser(self) -> Mentor:
        mentor = offerings.make_mentor(primary_chain=self.chain, primary_category=self.chain.category)
        return duties.appoint(mentor)

    def _make_wishes(self, number: int) -> None:
        """An event with a class, and a request to move a class of one's own."""
        starts_at = moments.in_days(100 + number)
        event = topics.event(starts_at=starts_at)
        teacher = offerings.make_mentor()
        session = offerings.make_session(starts_at=starts_at, mentors=[teacher], host_event=event)
        windows = [topics.half_day(120), topics.half_day(121)]
        at = timezone.now()
        ask_move(session=session, mentor=teacher, reason="出差", windows=windows, by=teacher.user, at=at)

    def _make_clinics(self, number: int) -> None:
        """A coming clinic with one mentor more; at the running one people wait, were seen, and left."""
        teacher = offerings.make_mentor()
        coming = clinics.make_clinic(
            starts_at=moments.in_days(200 + number), booking_opens_at=OPENED, mentors=[self.mentor, teacher]
        )
        coming.chains.set(IndustrialChain.objects.all()[:2])
        turns = clinics.make_queue(self.clinic, 4)
        seen = call_next(clinic=self.clinic, mentor=self.mentor, by=self.staff, at=timezone.now())
        finish_turn(turn=seen, by=self.staff, at=timezone.now())
        leave_queue(turn=turns[-1], by=self.staff, at=timezone.now())
        self.clinic.mentors.add(teacher)
        self.clinic.offering.hosts.add(teacher.user)

    def _make_pairings(self, number: int, teacher: Mentor) -> None:
        """Of the person and of the mentor, each with contacts; and a claim beside the others."""
        for pairing in (self.pairing, self.own_pairing):
            pairings.contact(pairing)
        pairings.contact(pairings.active(self.mentor, offerings.make_people(1)[0]))
        pairings.confirmed(teacher, self.person, name=f"第{number}家公司")

    def _make_research(self, number: int) -> None:
        """Trips that come and that were, reports in every state, more files and steps on those that stay."""
        [other] = trips.make_mentors(1)
        theme = trips.theme()
        theme.chains.set(IndustrialChain.objects.all()[:2])
        coming = trips.trip(self.staff, theme=self.theme, starts_at=moments.in_days(200 + number))
        trips.hold(self.trip, [other])
        trips.hold(coming, [other], coming.offering.booking_opens_at)
        past = trips.attended(self.staff, [self.mentor, other], days_ago=1 + number, theme=theme)
        trips.published(other, self.staff, past)
        trips.submitted(other)
        trips.report(self.mentor)
        for report in (self.report, self.own_report):
            trips.with_files(report)
            report.steps.create(action="returned", by=self.staff, at=timezone.now(), comment="请改")

    def _make_courseware(self, number: int) -> None:
        """Classes that left nothing; more of one that left something; versions, likenesses, questions."""
        courseware.finished_class(offerings.make_mentor())
        courseware.finished_class(self.mentor, days_ago=60 + number)
        courseware.kept(self.mentor, session=self.taught, audience="public")
        earlier = courseware.kept(offerings.make_mentor())
        version = courseware.version(self.copied, courseware.COPY)
        for later in (version, self.similar.version):
            courseware.found(later, earlier.versions.get())
        self._ask()

    def _ask(self) -> SimilarPair:
        """A further version of the mentor's work, which resembles another's, and the question why."""
        pair = SimilarPair.objects.create(
            version=courseware.version(self.courseware, ""),
            earlier=self.copied.current,
            likeness="0.5",
            found_at=timezone.now(),
        )
        return ask_mentor(pair=pair, question="请说明来源。", by=self.staff, at=timezone.now())

    def _make_feedback(self, number: int) -> None:
        """Classes that the person has to rate and has rated low; classes of the mentor that were told.

        The one whose results are looked at has at least three answers.
        """
        for has_rated in (False, True):
            [row] = feedback.attend(feedback.past_session(days=10.25), [self.person])
            if has_rated:
                feedback.give(row, 1, tags=("互动太少",), rating_words="太快", survey_words="多举例")
        self._tell(self.told, number)
        self._tell(feedback.past_session(days=TOLD_DAYS_AGO + number, mentors=[self.mentor]), number)
        first = Questionnaire.objects.first()
        copy_questionnaire(questionnaire=first, to_year=first.year + 1, by=self.staff)
        RatingTag.objects.create(word=f"标签{number}")

    def _tell(self, session: ClassSession, number: int) -> None:
        """Three more answers to a class, given when it was over."""
        said = {"rating_words": f"好{number}", "survey_words": f"谢谢{number}"}
        for row in feedback.attend(session, offerings.make_people(3)):
            feedback.give(row, 5, tags=("互动充分",), at=session.offering.ends_at, **said)
        finish_offering(offering_id=session.pk, at=timezone.now())

    def _make_sheets(self) -> None:
        """Sheets of the judge, submitted and not, and a class more of the mentor who is judged."""
        for is_submitted in (True, False):
            panel.give(panel.sheet_of(self.staff, self.judge), is_submitted=is_submitted)
        panel.make_judge(panel.this_year(), self.staff)
        panel.teaching_sheet_of(self.staff, self.judge)
        panel.taught(self.teaching.mentor, self.staff)

    def _make_records(self, number: int) -> None:
        """What the engine does not make by itself."""
        category = Category.objects.create(name=f"类别{number}", slug=f"category-{number}", position=90)
        IndustrialChain.objects.create(category=category, name=f"产业链{number}", slug=f"chain-{number}")
        TopicType.objects.create(name=f"类型{number}", slug=f"type-{number}", position=90)
        HostUnit.objects.create(name=f"园区{number}", kind=HostUnit.Kind.PARK, prefecture="4301")
        notice = PrivacyNotice.objects.create(version=f"2026-{number}", text="隐私政策")
        [someone] = offerings.make_people(1)
        Consent.objects.create(person=someone, notice=notice, given_at=timezone.now())
        Group.objects.create(name=f"权限组{number}")
        now = timezone.now()
        Suspension.objects.create(
            person=someone, starts_at=now, ends_at=now + timedelta(days=30), reason="未到场 3 次"
        )
        Authenticator.objects.create(user=someone, type=Authenticator.Type.TOTP, data={})
        Like.objects.create(mentor=self.mentor, person=someone, year=2026, liked_at=now)
        TaskRecord.objects.create(task=f"task-{number}", noted_at=timezone.now())
        self._make_year_end(number, someone)
        MessageTemplate.objects.create(kind=f"kind-{number}", title="标题", body="正文")
        route_messages(at=timezone.now())
        self._make_notice(number, someone)

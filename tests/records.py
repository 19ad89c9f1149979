"""A year of records for the 两优, 2025, made by the services: what counts, and beside it what does not.

Each method makes one kind of record for all the mentors; ``tests/evaluation/test_year_of_records.py`` holds
what it all comes to, counted by hand. The year begins in Shanghai while UTC still has 2024, and ends while
UTC has 16 hours of it left.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from classrooms import services as classrooms
from classrooms.models import ClassSession
from consultations import services as consultations
from consultations.models import ConsultationShift, Pairing, PanelClinic
from evaluation import services
from evaluation.models import CoursewareEntry, EvaluationYear, RankingRun, ScoreSheet
from mentor_portal.accounts.models import User
from mentor_portal.moments import midnight
from mentor_portal.reservations.models import Hosting, Offering, Reservation
from mentor_portal.reservations.services import (
    add_walk_in,
    cancel,
    check_in_at_desk,
    finish_offering,
    note_presence,
)
from mentors.models import Appointment, Mentor
from mentors.services import like, take_back
from research import services as research
from research.models import ResearchReport, ResearchTrip
from research.rules import Decision
from tests import clinics, courseware, documents, duties, feedback, judged, offerings, pairings, panel, trips
from tests.moments import at

YEAR = 2025
NAMES = ("周建国", "李慧芳", "王德胜", "陈立新", "赵春梅", "刘思远", "孙国强")
LONG_TERM = (date(2024, 1, 1), date(2027, 1, 1))


class Records:
    """The year in the making: mentors by name, and the staff who note it all."""

    def __init__(self, staff: User) -> None:
        self.staff = staff
        self.year = EvaluationYear.objects.get()
        self.year.year, self.year.courseware_awards = YEAR, 1
        self.year.save(update_fields=["year", "courseware_awards"])
        self.mentors = {name: offerings.make_mentor(name) for name in NAMES}
        self.appointments()

    def make_all(self) -> None:
        self.classes()
        self.full_and_shared_classes()
        self.midnight_classes()
        self.duties()
        self.clinics()
        self.placements()
        self.collective_reports()
        self.free_reports()
        self.bonus_events()

    def appointments(self) -> None:
        Term = Appointment.State
        for name in ("周建国", "李慧芳", "王德胜", "陈立新", "刘思远"):
            self._appoint(name, *LONG_TERM)
        self._appoint("赵春梅", date(2025, 12, 31), date(2026, 12, 30))
        self._appoint("孙国强", date(2023, 1, 1), date(2024, 12, 31), Term.ENDED)
        self._appoint("孙国强", date(2025, 1, 1), date(2025, 12, 31), Term.REVOKED)

    def _appoint(self, name: str, first: date, last: date, state: Appointment.State | None = None) -> None:
        mentor = self.mentors[name]
        number = f"聘{mentor.pk}-{mentor.appointments.count()}"
        state = state or Appointment.State.IN_FORCE
        Appointment.objects.create(mentor=mentor, number=number, starts_on=first, ends_on=last, state=state)

    # Classes, with their bookings, likes and surveys.

    def classes(self) -> None:
        """Classes that took place, and those that did not or of which the mentor's presence is not known."""
        for day in range(1, 10):
            booked = offerings.make_people(8 if day == 1 else 0)
            self._taught("王德胜", f"2025-09-0{day} 09:00", booked=booked)
        self._taught("陈立新", "2025-10-09 09:00", booked=offerings.make_people(5))
        self._taught("赵春梅", "2025-10-10 09:00")
        self._taught("赵春梅", "2025-10-11 09:00")
        for day in (1, 2, 3):
            self._taught("孙国强", f"2025-11-0{day} 09:00", booked=offerings.make_people(1))
        self._taught("周建国", "2025-06-03 09:00", is_present=None)
        self._taught("周建国", "2025-06-04 09:00", is_present=False)
        self._taught("刘思远", "2025-06-05 09:00", is_present=False)
        self._called_off("周建国", "2025-05-06 09:00")
        self._called_off("刘思远", "2025-05-07 09:00")
        self._moved("周建国", "2026-01-05 14:00", "2025-12-29 14:00")
        self._moved("李慧芳", "2025-12-30 14:00", "2026-01-02 14:00")
        self._moved("刘思远", "2025-12-30 09:00", "2026-01-02 09:00")

    def full_and_shared_classes(self) -> None:
        """A full class with a queue, a no-show and a walk-in; a class of two mentors; a class of walk-ins."""
        four_places = self._session("周建国", "2025-03-05 09:00", capacity=4)
        people = offerings.make_people(6)
        rows = offerings.hold(four_places, people, at=at("2025-03-01 09:00"))
        cancel(reservation=rows[4], by=people[4], at=at("2025-03-02 09:00"))
        came = self._hold_class(four_places, rows[:3])
        add_walk_in(offering=four_places.offering, name="路过", phone="13911112222", by=self.staff, at=came)
        finish_offering(offering_id=four_places.pk, at=came + timedelta(hours=3))
        self._rate(rows[:3], [5, 4, 4])
        for row in (rows[0], rows[1], rows[1], rows[2]):
            self._like("周建国", row)
        take_back(mentor=self.mentors["周建国"], person=people[2], by=people[2])

        shared = self._session("周建国", "2025-04-10 14:00", also="李慧芳")
        people = offerings.make_people(3)
        rows = offerings.hold(shared, people, at=at("2025-04-01 09:00"))
        cancel(reservation=rows[2], by=people[2], at=at("2025-04-02 09:00"))
        self._hold_class(shared, rows[:2])
        self._rate(rows[:2], [5, 5])
        for name, row in (("周建国", rows[0]), ("李慧芳", rows[0]), ("李慧芳", rows[1])):
            self._like(name, row)

        self._taught("李慧芳", "2025-05-20 09:00", booked=offerings.make_people(1))
        walked_into = self._taught("李慧芳", "2025-05-21 09:00")
        begins = walked_into.offering.starts_at
        row = add_walk_in(
            offering=walked_into.offering, name="路过", phone="13911112223", by=self.staff, at=begins
        ).reservation
        self._rate([row], [2])

    def midnight_classes(self) -> None:
        """The first and the last half hour of the year, and what lies close on the other side."""
        self._taught("周建国", "2025-01-01 00:30")
        for name, starts_at, level in (
            ("周建国", "2025-12-31 23:30", 3),
            ("周建国", "2026-01-01 01:30", 1),
            ("刘思远", "2024-12-31 23:30", 5),
        ):
            session = self._taught(name, starts_at, booked=offerings.make_people(1))
            [row] = session.offering.reservations.all()
            check_in_at_desk(reservation=row, by=self.staff, at=session.offering.starts_at)
            self._rate([row], [level])
            self._like(name, row)

    def _taught(
        self, name: str, starts_at: str, booked: Iterable[User] = (), is_present: bool | None = True
    ) -> ClassSession:
        """Make a class, its mentor's presence confirmed, denied or left open; nobody is checked in."""
        session = self._session(name, starts_at)
        offerings.hold(session, list(booked), at=session.offering.starts_at - timedelta(days=7))
        if is_present is not None:
            self._note(session.offering, self.mentors[name], is_present)
        return session

    def _session(self, name: str, starts_at: str, also: str = "", **fields: object) -> ClassSession:
        mentors = [self.mentors[each] for each in (name, also) if each]
        return offerings.make_session(starts_at=at(starts_at), mentors=mentors, **fields)

    def _hold_class(self, session: ClassSession, rows: Iterable[Reservation]) -> datetime:
        """Let the mentors be there and these people come; returns when it began."""
        begins = session.offering.starts_at
        for mentor in session.mentors.all():
            self._note(session.offering, mentor)
        for row in rows:
            check_in_at_desk(reservation=row, by=self.staff, at=begins)
        return begins

    def _called_off(self, name: str, starts_at: str) -> None:
        session = self._session(name, starts_at)
        before = session.offering.starts_at - timedelta(days=3)
        offerings.hold(session, offerings.make_people(2), at=before)
        classrooms.cancel_session(session=session, by=self.staff, at=before, reason="导师生病")

    def _moved(self, name: str, starts_at: str, moved_to: str) -> None:
        """Move a class that three have booked; the mentor and the three are there on the new day."""
        session = self._session(name, starts_at)
        before = at("2025-12-20 09:00")
        rows = offerings.hold(session, offerings.make_people(3), at=before)
        mentors = [self.mentors[name]]
        plan = offerings.make_plan(
            starts_at=at(moved_to), mentors=mentors, title=session.offering.title, capacity=30
        )
        classrooms.change_session(session=session, plan=plan, by=self.staff, at=before)
        self._hold_class(session, rows)

    def _note(self, offering: Offering, mentor: Mentor, is_present: bool = True) -> None:
        hosting = Hosting.objects.get(offering=offering, person=mentor.user)
        note_presence(hosting=hosting, is_present=is_present, by=self.staff, at=offering.starts_at)

    def _rate(self, rows: Iterable[Reservation], levels: Iterable[int]) -> None:
        """Let people answer the survey hours after their class; five levels are 100, 75, 50, 25 and 0."""
        for row, level in zip(rows, levels, strict=True):
            feedback.give(row, level, at=feedback.offering_of(row).ends_at + timedelta(hours=2))

    def _like(self, name: str, row: Reservation) -> None:
        when = feedback.offering_of(row).ends_at + timedelta(hours=2)
        like(mentor=self.mentors[name], person=row.person, by=row.person, at=when)

    # Consultations.

    def duties(self) -> None:
        """Duties with the mentor there, absent, called off, or in the next year; one booked and liked."""
        kept = self._duty("周建国", "2025-03-12 09:00")
        self._duty("周建国", "2025-03-13 09:00", is_present=False)
        self._duty("周建国", "2026-01-01 05:00")
        self._duty("李慧芳", "2025-12-31 20:00")
        for day in range(1, 7):
            self._duty("王德胜", f"2025-07-0{day} 09:00")
        self._duty("陈立新", "2025-07-07 09:00")
        self._duty("陈立新", "2025-07-08 09:00")
        for name in ("周建国", "刘思远"):
            shift = self._duty(name, "2025-03-14 09:00", is_present=None)
            consultations.cancel_shift(
                shift=shift, by=self.staff, at=at("2025-03-13 18:00"), reason="导师出差"
            )
        [person] = offerings.make_people(1)
        row = duties.book_before(duties.slots_of(kept)[0], person)
        duties.check_in(row, self.staff, at=kept.starts_at)
        self._like("周建国", row)

    def clinics(self) -> None:
        """A clinic at which one of the two mentors was, one called off, and one of the year before."""
        self._clinic("2025-04-20 09:00", ["周建国", "李慧芳"], present=["周建国"])
        self._clinic("2025-04-21 09:00", ["王德胜", "刘思远"], present=["王德胜"])
        self._clinic("2024-12-31 23:30", ["李慧芳", "王德胜"], present=["李慧芳", "王德胜"])
        clinic = self._clinic("2025-04-22 09:00", ["李慧芳", "刘思远"], present=[])
        consultations.cancel_clinic(
            clinic=clinic, by=self.staff, at=at("2025-04-21 18:00"), reason="场地检修"
        )

    def _duty(self, name: str, starts_at: str, is_present: bool | None = True) -> ConsultationShift:
        begins = at(starts_at)
        shift = duties.make_shift(
            self.mentors[name], starts_at=begins, at=begins - timedelta(days=2), by=self.staff
        )
        if is_present is not None:
            consultations.note_duty(shift=shift, is_present=is_present, by=self.staff, at=begins)
        return shift

    def _clinic(self, starts_at: str, names: Iterable[str], present: Iterable[str]) -> PanelClinic:
        clinic = clinics.make_clinic(starts_at=at(starts_at), mentors=[self.mentors[name] for name in names])
        for name in present:
            self._note(clinic.offering, self.mentors[name])
        return clinic

    # Pairings.

    def placements(self) -> None:
        """Verified ones, a second job of one person, one that waits, one refused, and other years'."""
        first, second, third, fourth, fifth, sixth, seventh, eighth = offerings.make_people(8)
        self._verify("周建国", first, date(2025, 6, 1))
        self._verify("周建国", first, date(2025, 9, 1), employer="中联重科股份有限公司")
        self._verify("周建国", second, date(2025, 12, 31))
        self._verify("周建国", third, date(2024, 12, 31))
        self._place("周建国", fourth, date(2025, 6, 1))
        self._verify("李慧芳", fifth, date(2025, 1, 1))
        self._verify("陈立新", sixth, date(2025, 8, 1))
        self._verify("刘思远", seventh, date(2026, 1, 1))
        refused = self._place("刘思远", eighth, date(2025, 8, 1))
        consultations.refuse_placement(
            pairing=refused, by=self.staff, at=at("2025-08-03 09:00"), reason="查无此人"
        )

    def _verify(self, name: str, person: User, started_on: date, employer: str = pairings.EMPLOYER) -> None:
        pairing = self._place(name, person, started_on, employer)
        beside = set(person.placements.values_list("pk", flat=True))
        when = midnight(started_on) + timedelta(days=2)
        consultations.verify_placement(pairing=pairing, by=self.staff, at=when, beside=beside)

    def _place(self, name: str, person: User, started_on: date, employer: str = pairings.EMPLOYER) -> Pairing:
        """Let somebody find work with the mentor's help, as both of them state."""
        pairing = pairings.active(self.mentors[name], person, at=at("2024-06-01 09:00"))
        when = midnight(started_on) + timedelta(days=1)
        pairing = pairings.claim(pairing, at=when, started_on=started_on, name=employer)
        return consultations.confirm_outcome(pairing=pairing, by=person, at=when)

    # Research.

    def collective_reports(self) -> None:
        """Accepted, waiting and returned ones of one trip; those of a last and of a first day."""
        spring = self._trip("2025-05-15 08:00", ["周建国", "李慧芳", "陈立新"])
        self._decide(self._report("周建国", "2025-05-20 09:00", spring), Decision.ACCEPT)
        self._report("李慧芳", "2025-05-20 09:00", spring)
        self._decide(self._report("陈立新", "2025-05-20 09:00", spring), Decision.RETURN)
        last_day = self._trip("2025-12-31 08:00", ["周建国"])
        self._decide(self._report("周建国", "2026-01-05 09:00", last_day), Decision.ACCEPT)
        summer = self._trip("2025-07-20 08:00", ["王德胜"])
        self._decide(self._report("王德胜", "2025-07-25 09:00", summer), Decision.ACCEPT)
        next_year = self._trip("2026-01-01 00:30", ["王德胜", "刘思远"])
        for name in ("王德胜", "刘思远"):
            self._decide(self._report(name, "2026-01-06 09:00", next_year), Decision.ACCEPT)

    def free_reports(self) -> None:
        """Handed in minutes before and after the year's end; accepted, returned and taken back ones."""
        self._decide(self._report("周建国", "2025-12-31 23:50"), Decision.ACCEPT)
        self._decide(self._report("周建国", "2026-01-01 00:10"), Decision.ACCEPT)
        self._decide(self._report("李慧芳", "2025-01-01 00:10"), Decision.ACCEPT)
        self._decide(self._report("李慧芳", "2025-02-01 09:00"), Decision.ACCEPT)
        self._decide(self._report("赵春梅", "2025-02-01 09:00"), Decision.ACCEPT)
        self._decide(self._report("赵春梅", "2025-02-02 09:00"), Decision.RETURN)
        withdrawn = self._report("刘思远", "2025-02-02 09:00")
        research.withdraw_report(report=withdrawn, by=withdrawn.mentor.user, at=at("2025-02-03 09:00"))

    def _trip(self, starts_at: str, names: Iterable[str]) -> ResearchTrip:
        made = trips.trip(self.staff, starts_at=at(starts_at), minimum=1)
        for row in trips.hold(made, [self.mentors[name] for name in names]):
            check_in_at_desk(reservation=row, by=self.staff, at=made.offering.starts_at)
        return made

    def _report(self, name: str, handed_in_at: str, made: ResearchTrip | None = None) -> ResearchReport:
        mentor, when = self.mentors[name], at(handed_in_at)
        content = research.ReportContent(title="用工调研报告", body=trips.LONG)
        kept = research.save_report(mentor=mentor, content=content, by=mentor.user, at=when, trip=made)
        return research.hand_in_report(report=kept, by=mentor.user, at=when)

    def _decide(self, report: ResearchReport, decision: Decision) -> None:
        when = report.submitted_at + timedelta(days=1)
        research.decide_report(
            report=report, decision=decision, by=self.staff, at=when, comment="请补充薪酬情况"
        )

    # Bonus events.

    def bonus_events(self) -> None:
        """Verified ones, one that waits, one refused at once and one later, one of the year before."""
        self._bonus("周建国", date(2025, 3, 8), "verify")
        self._bonus("周建国", date(2025, 12, 31), "verify")
        self._bonus("周建国", date(2025, 6, 6), "enter")
        self._bonus("周建国", date(2025, 6, 7), "refuse")
        self._bonus("周建国", date(2024, 12, 31), "verify")
        self._bonus("李慧芳", date(2025, 6, 8), "verify", "refuse")
        self._bonus("陈立新", date(2025, 1, 1), "verify")

    def _bonus(self, name: str, held_on: date, *steps: str) -> None:
        when = midnight(held_on) + timedelta(days=1)
        proof = documents.upload("邀请函.pdf", documents.PDF)
        event = services.enter_bonus(
            mentor=self.mentors[name],
            title="创新创业大赛评审",
            held_on=held_on,
            proof=proof,
            by=self.staff,
            at=when,
        )
        if "verify" in steps:
            services.verify_bonus(event=event, by=self.staff, at=when)
        if "refuse" in steps:
            services.refuse_bonus(event=event, reason="与求职无关", by=self.staff, at=when)

    # The panel, and the run.

    def judge_all(self) -> None:
        """Let three judges give out their sheets, and close the judging; some sheets stay out."""
        entries = {
            title: self._entry(name, title)
            for name, title in (
                ("周建国", "面试前的三天"),
                ("周建国", "第一份合同"),
                ("李慧芳", "简历的一页"),
                ("王德胜", "从零开始学面试"),
            )
        }
        for employer in ("湖南师范大学", "湖南大学", "中南大学"):
            panel.make_judge(self.year, self.staff, employer=employer)
        services.assign_sheets(year=self.year, by=self.staff, at=at("2026-01-05 09:00"))
        self._advance("judging", at("2026-01-05 10:00"))
        for title, totals in (
            ("面试前的三天", ("80", "82.5", "84")),
            ("第一份合同", ("95", "96", "")),
            ("简历的一页", ("90", "91", "92.5")),
            ("从零开始学面试", ("95", "95", "95")),
        ):
            self._judge_entry(entries[title], totals)
        for name, points in (
            ("周建国", ("3.5 2.5 3", "3 2.5 2", "4 3 2.5")),
            ("李慧芳", ("4 3 3", "3 2 2.5", "")),
            ("王德胜", ("2 1 1", "2.5 1.5 0.5", "")),
            ("赵春梅", ("1 0.5 0", "", "")),
        ):
            self._judge_mentor(name, points)
        returned = self.year.sheets.submitted().get(mentor=self.mentors["王德胜"], total=Decimal("4.5"))
        services.return_sheet(sheet=returned, reason="请再看一遍", by=self.staff, at=at("2026-01-07 09:00"))
        self._confirm_plagiarism()
        self._advance("computing", at("2026-01-08 09:00"))

    def run(self) -> RankingRun:
        """Start a run and do it to the end."""
        return judged.done(services.start_run(year=self.year, by=self.staff, at=at("2026-01-10 09:00")))

    def _entry(self, name: str, title: str) -> CoursewareEntry:
        """Nominate and confirm a courseware of the year; that of 王德胜 is a copy of 周建国's first."""
        mentor = self.mentors[name]
        text = {"面试前的三天": courseware.TEXT, "从零开始学面试": courseware.COPY}.get(title, "")
        session = ClassSession.objects.given_by(mentor).first()
        uploaded_at = at("2025-06-01 09:00") if text == courseware.COPY else at("2025-05-01 09:00")
        made = courseware.kept(mentor, text=text, at=uploaded_at, session=session, title=title)
        when = at("2026-01-04 09:00")
        entry = services.nominate(courseware=made, year=self.year, by=self.staff, at=when)
        return services.confirm_entry(entry=entry, by=self.staff, at=when)

    def _advance(self, to: str, when: datetime) -> None:
        services.advance_year(year=self.year, to=to, by=self.staff, at=when, despite_doubts=True)
        self.year.refresh_from_db()

    def _judge_entry(self, entry: CoursewareEntry, totals: Iterable[str]) -> None:
        """Fill each sheet from the first row on to its total; whoever has none steps back."""
        items = list(self.year.items.of_courseware())
        for sheet, total in zip(entry.sheets.order_by("judge"), totals, strict=True):
            if not total:
                services.recuse(
                    sheet=sheet, reason="共事多年", by=sheet.judge.person, at=at("2026-01-06 09:00")
                )
                continue
            left, points = Decimal(total), {}
            for item in items:
                points[item.pk] = min(left, item.maximum)
                left -= points[item.pk]
            self._submit(sheet, points)

    def _judge_mentor(self, name: str, points: Iterable[str]) -> None:
        """Give 教学技巧, 课堂组织 and 调控课堂; a sheet without points stays open."""
        items = list(self.year.items.of_mentors().order_by("position")[:3])
        sheets = self.mentors[name].sheets.order_by("judge")
        for sheet, given in zip(sheets, points, strict=True):
            if given:
                values = map(Decimal, given.split())
                self._submit(sheet, {item.pk: each for item, each in zip(items, values, strict=True)})

    def _submit(self, sheet: ScoreSheet, points: dict[int, Decimal]) -> None:
        by, when = sheet.judge.person, at("2026-01-06 09:00")
        kept = services.save_sheet(
            sheet=sheet, points=points, remark="", revision=sheet.revision, by=by, at=when
        )
        services.submit_sheet(sheet=kept, revision=kept.revision, by=by, at=when)

    def _confirm_plagiarism(self) -> None:
        [found] = courseware.compared(self.mentors["王德胜"].courseware.get())
        when = at("2026-01-06 09:00")
        asked = classrooms.ask_mentor(pair=found, question="第二部分相同。", by=self.staff, at=when)
        by = self.mentors["王德胜"].user
        answered = classrooms.answer_pair(pair=asked, answer="引用了公开资料。", by=by, at=when)
        classrooms.confirm_pair(
            pair=answered, by=self.staff, at=at("2026-01-07 09:00"), reason="两份课件正文相同"
        )

"""The demo data: whole, realistic in its spread, the same when sown twice, and growing with the days."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from constance import config
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from classrooms.models import (
    ClassSession,
    Courseware,
    CoursewareVersion,
    HostEvent,
    MoveRequest,
    RatingCase,
    SimilarPair,
    SurveyResult,
    TopicApplication,
)
from classrooms.selectors import missing_of, questions_of, to_rate
from consultations.models import Pairing, PairingContact, PanelClinic, Placement
from evaluation.models import BonusEvent, EvaluationYear
from mentor_portal.accounts.models import Prefecture, User
from mentor_portal.home.demo import people
from mentor_portal.home.demo.calendar import classes_on, days_around, plans_by_day
from mentor_portal.home.demo.seeding import go_on
from mentor_portal.moments import midnight
from mentor_portal.notifications.models import Message
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Hosting, Offering, Reservation, Suspension, Venue
from mentor_portal.reservations.rules import overlaps
from mentors.models import Appointment, Category, IndustrialChain, Like, Mentor, TopicType
from research.models import ResearchReport, ResearchTheme, ResearchTrip
from tests import offerings

pytestmark = pytest.mark.django_db

TODAY, CLOCK = date(2026, 11, 23), time(15)
OWN_LABELS = {
    *("accounts", "reservations", "notifications", "mentors", "classrooms", "consultations", "research"),
    *("constance", "auth"),
}


def seed(**options: object) -> str:
    out = StringIO()
    call_command("seed_demo", stdout=out, **{"today": TODAY, "clock": CLOCK, **options})
    return out.getvalue()


def everything() -> dict[str, list[tuple]]:
    """Return every row of the portal's own tables."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in models
        if model._meta.app_label in OWN_LABELS
    }


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """A portal seeded on ``TODAY``, for every test that only looks; what the command said."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield seed()
        transaction.set_rollback(True)


@pytest.fixture
def classes(seeded: str) -> list[ClassSession]:
    return list(ClassSession.objects.select_related("offering__venue__host_unit"))


def test_seed_demo_run_twice_changes_nothing(seeded):
    before = everything()
    said = seed()
    assert everything() == before
    assert "up to date" in said


def test_seed_demo_leaves_no_broken_invariant(seeded):
    call_command("check_invariants", stdout=StringIO())


def test_seed_demo_has_two_listed_mentors_in_every_chain_and_category(seeded):
    listed = Mentor.objects.listed(TODAY)
    assert all(listed.in_chain(chain).count() >= 2 for chain in IndustrialChain.objects.all())
    assert all(listed.in_category(category).count() >= 2 for category in Category.objects.all())
    assert all(listed.teaching(topic_type).count() >= 2 for topic_type in TopicType.objects.all())


def test_seed_demo_has_mentors_out_of_office(seeded):
    assert Appointment.objects.filter(state=Appointment.State.REVOKED).count() == 1
    assert Mentor.objects.filter(is_listed=False).count() == 1
    without_term = Mentor.objects.exclude(pk__in=Mentor.objects.appointed(TODAY))
    assert without_term.count() == 2
    assert not ClassSession.objects.filter(mentors__in=without_term).exists()


def test_seed_demo_has_a_class_room_and_a_class_in_every_prefecture(seeded, classes):
    rooms = Venue.objects.filter(kind=Venue.Kind.CLASSROOM)
    assert set(rooms.values_list("host_unit__prefecture", flat=True)) == set(Prefecture.values)
    held = {each.offering.venue.host_unit.prefecture for each in classes}
    assert held == set(Prefecture.values)


def test_seed_demo_has_classes_in_every_category_chain_and_type(seeded, classes):
    assert Category.objects.filter(class_sessions=None).count() == 0
    assert IndustrialChain.objects.filter(class_sessions=None).count() == 0
    assert TopicType.objects.filter(class_sessions=None).count() == 0


def test_seed_demo_has_pairings_in_every_state_and_two_claims_for_one_job(seeded):
    states = Counter(Pairing.objects.values_list("state", flat=True))
    assert set(states) == set(Pairing.State.values)
    mentor = Pairing.objects.filter(mentor__user__phone=people.MENTOR)
    assert set(mentor.values_list("state", flat=True)) == set(Pairing.State.values)
    seeker = Pairing.objects.filter(job_seeker__phone=people.SEEKER).values_list("state", flat=True)
    assert sorted(seeker) == ["active", "claimed", "proposed"]
    waiting = Placement.objects.filter(pairing__state=Pairing.State.CONFIRMED)
    jobs = Counter(waiting.values_list("person", "name_key", "started_month"))
    assert max(jobs.values()) == 2
    assert PairingContact.objects.exclude(note="").exists()


def test_seed_demo_gives_mentors_their_own_topics(seeded):
    for session in ClassSession.objects.prefetch_related("mentors__topic_types", "mentors__chains", "chains"):
        lead = session.mentors.all()
        assert any(session.topic_type in mentor.topic_types.all() for mentor in lead)
        assert all({mentor.primary_chain for mentor in lead} == {chain} for chain in session.chains.all())


def test_seed_demo_has_classes_on_every_day_of_six_weeks(seeded, classes):
    by_day = Counter(timezone.localtime(each.offering.starts_at).date() for each in classes)
    days = days_around(TODAY)
    assert len(days) == 42
    assert set(by_day) >= set(days)
    assert max(by_day.values()) <= 6


def test_seed_demo_has_held_and_rated_classes_in_every_month_of_this_year_and_the_last(seeded):
    finished = ClassSession.objects.filter(offering__state=Offering.State.FINISHED)
    rated = finished.filter(offering__reservations__class_rating__isnull=False)
    for sessions in (finished, rated):
        months = {
            (local.year, local.month)
            for local in map(timezone.localtime, sessions.values_list("offering__starts_at", flat=True))
        }
        until = (TODAY.year, TODAY.month)
        assert months == {(y, m) for y in (2025, 2026) for m in range(1, 13) if (y, m) <= until}
    assert not Hosting.objects.filter(offering__state=Offering.State.FINISHED, presence="unknown").exists()


def test_seed_demo_has_offerings_in_every_state(seeded):
    coming = Offering.objects.coming(moment(TODAY))
    assert coming.filter(state=Offering.State.DRAFT, class_session__application=None).count() in (1, 2)
    assert coming.filter(state=Offering.State.CANCELLED).exclude(cancel_reason="").exists()
    published = coming.published()
    assert published.filter(booking_opens_at__gt=moment(TODAY) + timedelta(days=1)).exists()
    assert published.filter(places_taken=0, booking_opens_at__lt=moment(TODAY)).exists()
    assert published.filter(places_taken=F("capacity"), waiting_count=0).exists()
    assert published.filter(waiting_count__gte=10).exists()
    assert published.filter(places_taken__gte=F("capacity") - 5, places_taken__lt=F("capacity")).exists()


def test_seed_demo_has_closed_what_is_over(seeded):
    over = Offering.objects.filter(ends_at__lt=moment(TODAY, 11)).exclude(state=Offering.State.CANCELLED)
    assert not over.exclude(state=Offering.State.FINISHED).exists()
    states = Counter(Reservation.objects.filter(offering__in=over).values_list("state", flat=True))
    assert states["attended"] > 500
    assert 0 < states["no_show"] < states["attended"] / 10
    assert states["confirmed"] == Reservation.objects.filter(offering__in=over, excuse="asked").count()
    assert Reservation.objects.filter(is_walk_in=True).count() > 20
    assert not Hosting.objects.filter(offering__in=over, presence="").exists()


def test_seed_demo_has_a_lively_desk_today(seeded):
    soon = Offering.objects.coming(moment(TODAY)).published().filter(places_taken__gt=9).first()
    go_on(soon.starts_at - timedelta(minutes=10))
    states = Counter(soon.reservations.values_list("state", flat=True))
    assert states["attended"] > 0
    assert states["confirmed"] > 0


def test_seed_demo_has_paused_booking_for_one_person(seeded):
    suspension = Suspension.objects.get()
    assert suspension.starts_at < midnight(TODAY + timedelta(days=1)) < suspension.ends_at
    missed = Reservation.objects.of(suspension.person).filter(state=Reservation.State.NO_SHOW)
    assert missed.count() >= 3
    other = Reservation.objects.filter(state=Reservation.State.NO_SHOW).exclude(person=suspension.person)
    assert max(Counter(other.values_list("person_id", flat=True)).values()) < 3


def test_seed_demo_has_ratings_and_low_ones_in_every_standing(seeded):
    at = moment(TODAY)
    answers = SurveyResult.objects.values_list("answers", flat=True)
    assert sum(each >= 3 for each in answers) >= 5
    assert 2 in answers
    cases = RatingCase.objects
    assert cases.unanswered().exclude(pk__in=cases.late(at)).exists()
    assert cases.unanswered().late(at).exists()
    assert cases.filter(replied_at__isnull=False, settled_at=None).exists()
    assert cases.filter(settled_at__isnull=False, rating__follow_up_level__isnull=False).exists()
    of_mentor = SurveyResult.objects.filter(session__mentors__user__phone=people.MENTOR)
    assert of_mentor.shown_from(3).exists()
    assert len(to_rate(User.objects.get(phone=people.SEEKER), at)) == 1
    unit = User.objects.get(phone=people.UNIT_STAFF)
    assert cases.managed_by(unit).exists()


def test_seed_demo_has_an_excuse_waiting(seeded):
    waiting = Reservation.objects.live().get(excuse=Reservation.Excuse.ASKED)
    assert waiting.excuse_reason


def test_seed_demo_gives_one_job_seeker_something_of_everything(seeded):
    mine = Reservation.objects.of(User.objects.get(phone=people.SEEKER))
    states = Counter(mine.filter(offering__kind=OfferingKind.CLASS).values_list("state", flat=True))
    assert states == {"attended": 2, "confirmed": 3, "waitlisted": 2, "offered": 1, "cancelled": 1}
    assert mine.filter(offering__kind=OfferingKind.CLINIC, state="confirmed").exists()
    consulted = mine.filter(offering__kind=OfferingKind.CONSULTATION).values_list("state", flat=True)
    assert sorted(consulted) == ["attended", "confirmed", "requested"]
    messages = Message.objects.of(User.objects.get(phone=people.SEEKER)).filter(path__startswith="/classes/")
    assert messages.unread().count() == 4
    assert messages.unread().filter(kind="offered").count() == 1


def check_events(today: date) -> None:
    events = HostEvent.objects.filter(starts_at__gte=midnight(days_around(today)[0]))
    coming = events.filter(starts_at__gt=moment(today))
    assert set(events.values_list("kind", flat=True)) == set(HostEvent.Kind.values)
    assert set(events.values_list("reach", flat=True)) == set(HostEvent.Reach.values)
    assert set(events.values_list("wish", flat=True)) == set(HostEvent.Wish.values)
    of_unit_staff = coming.filter(host_unit__staff__phone=people.UNIT_STAFF)
    assert coming.filter(wish=HostEvent.Wish.WANTED).count() >= 2
    assert of_unit_staff.filter(wish=HostEvent.Wish.WANTED).exists()
    declined = events.filter(wish=HostEvent.Wish.DECLINED)
    assert declined.exclude(answer="").count() == declined.count() >= 1
    assert coming.filter(wish=HostEvent.Wish.ARRANGED, sessions__isnull=False).exists()
    assert 9 <= events.count() <= 12
    assert coming.count() < events.count()
    assert MoveRequest.objects.open().filter(session__offering__starts_at__gt=moment(today)).count() == 1


@pytest.mark.parametrize("days", [0, 1, 9, 25, 60])
def test_seed_demo_has_events_of_every_kind_and_wishes_to_answer_on_any_day(seeded, days):
    """``seeded`` is of the first day already; what has passed since stays, what has come is added."""
    seed(today=TODAY + timedelta(days=days))
    check_events(TODAY + timedelta(days=days))


def test_seed_demo_does_not_make_an_event_again_that_staff_moved(seeded):
    event = HostEvent.objects.filter(starts_at__gt=moment(TODAY)).first()
    moved = {name: getattr(event, name) + timedelta(days=2) for name in ("starts_at", "ends_at")}
    HostEvent.objects.filter(pk=event.pk).update(**moved)
    seed(today=TODAY + timedelta(days=1))
    assert HostEvent.objects.filter(title=event.title).count() == 1


def test_seed_demo_gives_the_demo_mentor_coming_classes(seeded):
    mentor = Mentor.objects.listed(TODAY).get(user__phone=people.MENTOR)
    assert mentor.class_sessions.filter(offering__starts_at__gt=moment(TODAY)).exists()


def test_seed_demo_gives_the_demo_mentor_topics_in_every_state(seeded):
    own = TopicApplication.objects.filter(mentor__user__phone=people.MENTOR)
    assert set(own.values_list("state", flat=True)) == set(TopicApplication.State.values)
    coming = ClassSession.objects.filter(application__in=own, offering__starts_at__gt=moment(TODAY))
    assert coming.filter(offering__state=Offering.State.DRAFT).get().answer == ClassSession.Answer.ASKED
    assert coming.published().count() == 1


@pytest.mark.parametrize("days", [0, 9, 40])
def test_seed_demo_has_topics_to_place_and_to_review_on_any_day(seeded, days):
    today = TODAY + timedelta(days=days)
    seed(today=today)
    others = TopicApplication.objects.exclude(mentor__user__phone=people.MENTOR)
    ahead = others.filter(windows__day__range=(today + timedelta(days=2), today + timedelta(days=21)))
    by_state = Counter(ahead.distinct().values_list("state", flat=True))
    assert by_state == {"approved": 14, "submitted": 6}
    proposed = ClassSession.objects.filter(
        answer=ClassSession.Answer.ASKED, offering__starts_at__gt=moment(today)
    )
    assert proposed.filter(mentors__user__phone=people.MENTOR).count() == 1


def test_seed_demo_staff_have_their_groups_units_and_password(seeded):
    staff, unit_staff = (User.objects.get(phone=each) for each in (people.STAFF, people.UNIT_STAFF))
    assert staff.is_provincial
    assert not unit_staff.is_provincial
    assert unit_staff.host_unit.prefecture == Prefecture.HUAIHUA
    assert list(staff.groups.values_list("name", flat=True)) == ["中心工作人员"]
    assert list(unit_staff.groups.values_list("name", flat=True)) == ["承办单位工作人员"]
    superuser = User.objects.get(is_superuser=True)
    assert all(user.check_password(people.PASSWORD) for user in (staff, unit_staff, superuser))


def test_seed_demo_has_a_plan_of_research_and_trips_in_every_standing(seeded):
    at = moment(TODAY)
    assert ResearchTheme.objects.published().of_year(TODAY.year).count() == 12
    coming = [trip.offering for trip in ResearchTrip.objects.coming(at).select_related("offering")]
    standings = [(each.places_taken, each.waiting_count) for each in coming]
    assert standings == [(3, 0), (3, 0), (6, 3)]
    short = ResearchTrip.objects.short(moment(TODAY, 23))
    assert [trip.offering for trip in short] == coming[:1]
    past = ResearchTrip.objects.filter(offering__ends_at__lt=at)
    attended = Reservation.objects.filter(offering__in=past.values("offering"), state="attended")
    assert (past.count(), attended.count()) == (3, 16)


def test_seed_demo_has_reports_in_every_state(seeded):
    reports = ResearchReport.objects.all()
    assert set(reports.values_list("state", flat=True)) == {"draft", "submitted", "returned", "accepted"}
    assert reports.published().filter(is_excellent=True).exists()
    assert reports.published().filter(is_excellent=False).exists()
    assert reports.accepted().filter(published_at=None).exists()
    own = reports.filter(mentor__user__phone=people.MENTOR)
    assert set(own.values_list("kind", "state")) == {
        ("collective", "accepted"),
        ("collective", "returned"),
        ("free", "draft"),
    }


def test_seed_demo_tells_one_sign_in_for_each_role(seeded):
    told = StringIO()
    call_command("seed_demo", sign_ins=True, stdout=told)
    lines = [line for line in told.getvalue().splitlines() if "138001380" in line]
    roles = [line.split()[0] for line in lines]
    assert len(roles) == len(set(roles)) == 7
    assert all(User.objects.filter(phone__in=line.split()).count() == 1 for line in lines)
    assert seeded.endswith(told.getvalue())


@pytest.mark.parametrize("days", [1, 9, 60])
def test_seed_demo_on_a_later_day_adds_only_what_has_come(seeded, days):
    before = {row.pk: (row.title, row.starts_at) for row in _of_the_calendar()}
    later = TODAY + timedelta(days=days)
    seed(today=later)
    call_command("check_invariants", stdout=StringIO())
    now = {row.pk: (row.title, row.starts_at) for row in _of_the_calendar()}
    assert before.items() <= now.items()
    assert len(set(now.values())) == len(now)
    known = {plan.number for plans in plans_by_day(TODAY) for plan in plans}
    new = {plan.number for plans in plans_by_day(later) for plan in plans} - known
    assert len(now) - len(before) == len(new)
    assert {day for day in days_around(later) if not _has_class(day)} == set()


def test_seed_demo_on_a_later_day_is_done_once(seeded):
    later = TODAY + timedelta(days=3)
    seed(today=later)
    before = everything()
    assert "up to date" in seed(today=later)
    assert everything() == before


def test_seed_demo_on_a_later_day_books_what_opened_meanwhile(seeded):
    tomorrow = moment(TODAY) + timedelta(days=1)
    opening = _of_the_calendar().filter(state="published", booking_opens_at__gt=tomorrow).first()
    assert opening.reservations.count() == 0
    seed(today=opening.booking_opens_at.date() + timedelta(days=2))
    assert opening.reservations.exists()


def test_seed_demo_leaves_a_class_alone_that_staff_moved(seeded):
    moved = _of_the_calendar().filter(starts_at__gt=moment(TODAY)).first()
    Offering.objects.filter(pk=moved.pk).update(
        starts_at=moved.starts_at + timedelta(minutes=7), ends_at=moved.ends_at + timedelta(minutes=7)
    )
    seed(today=TODAY + timedelta(days=1))
    assert Offering.objects.filter(title=moved.title, starts_at__date=moved.starts_at.date()).count() == 1


def test_seed_demo_leaves_out_what_clashes_with_the_staffs_own(seeded):
    plan = classes_on(TODAY + timedelta(days=28))[0]
    room = Venue.objects.filter(host_unit__prefecture=plan.prefecture, kind=Venue.Kind.CLASSROOM)
    for venue in room:
        offerings.make_session(
            title="专场",
            starts_at=plan.starts_at - timedelta(minutes=30),
            ends_at=plan.ends_at,
            host_unit=venue.host_unit,
            venue=venue,
        )
    seed(today=TODAY + timedelta(days=1))
    assert not Offering.objects.filter(title=plan.topic.title, starts_at=plan.starts_at).exists()
    call_command("check_invariants", stdout=StringIO())


def test_seed_demo_among_real_people_is_refused(seeded):
    User.objects.filter(is_superuser=True).update(phone="13900000001")
    with pytest.raises(CommandError, match="DEMO=1"):
        seed(today=TODAY + timedelta(days=1))


def test_seed_demo_keeps_the_words_that_staff_set(seeded):
    config.TELEPHONE, config.ADDRESS = "0731-12345678", ""
    seed(today=TODAY + timedelta(days=1))
    assert config.TELEPHONE == "0731-12345678"
    assert "演示" in config.ADDRESS


# The calendar alone, over a year.


def test_calendar_never_has_two_classes_of_a_day_at_once():
    for day in _year():
        plans = classes_on(day)
        spans = [(plan.starts_at, plan.ends_at) for plan in plans]
        assert not any(overlaps(*one, *other) for one, other in pairwise(spans))


def test_calendar_has_two_classes_to_come_until_half_past_five():
    for day in _year():
        at = moment(day, 17)
        to_come = [plan for plan in classes_on(day) if plan.ends_at > at and plan.standing == "held"]
        assert len(to_come) >= 2


def test_calendar_shows_free_few_and_full_within_any_six_classes():
    shown = [plan for day in _year() for plan in classes_on(day) if plan.standing == "held"]
    for first in range(len(shown) - 6):
        six = shown[first : first + 6]
        left = [40 - plan.taken_of(40) for plan in six]
        assert any(seats > 5 for seats in left)
        assert any(0 < seats <= 5 for seats in left)
        assert 0 in left
        assert len({plan.topic.category for plan in six}) >= 3
        assert len({plan.topic.title for plan in six}) == 6


def _year() -> list[date]:
    return [TODAY + timedelta(days=offset) for offset in range(365)]


def _of_the_calendar() -> QuerySet[Offering]:
    """All classes but what was placed of mentors' topics."""
    return Offering.objects.filter(kind=OfferingKind.CLASS, class_session__application=None)


def _has_class(day: date) -> bool:
    return Offering.objects.filter(starts_at__range=(moment(day, 0), moment(day, 23))).exists()


def moment(day: date, hour: int = 12) -> datetime:
    return midnight(day) + timedelta(hours=hour)


def test_seed_demo_has_held_one_clinic_and_offers_others(seeded):
    at = moment(TODAY)
    held = PanelClinic.objects.filter(offering__ends_at__lt=at)
    states = Counter(held.values_list("turns__state", flat=True))
    assert states["done"] > 9
    assert set(states) == {"done"}
    outcomes = set(held.values_list("turns__reservation__consultation__outcome", flat=True))
    assert len(outcomes) > 2
    assert held.filter(turns__reservation__consultation__rating__gte=3).exists()
    coming = PanelClinic.objects.published().filter(offering__starts_at__gt=at)
    assert coming.count() >= 2
    assert coming.filter(offering__places_taken__gte=F("offering__capacity") - 5).exists()


def test_seed_demo_on_the_day_of_a_clinic_lets_its_mentors_call(seeded):
    clinic = PanelClinic.objects.published().order_by("offering__starts_at").last()
    go_on(clinic.offering.starts_at + timedelta(minutes=20))
    states = Counter(clinic.turns.values_list("state", flat=True))
    assert states["called"] == clinic.mentors.count()
    go_on(clinic.offering.ends_at + timedelta(minutes=40))
    assert set(clinic.turns.values_list("state", flat=True)) == {"done"}
    call_command("check_invariants", stdout=StringIO())


def test_demo_shows_courseware_of_every_kind_and_likeness_in_every_state(seeded):
    kept = Courseware.objects.all()
    assert set(kept.values_list("audience", flat=True)) == set(Courseware.Audience)
    assert kept.filter(withdrawn_at__isnull=False).exists()
    assert kept.filter(versions__number=2).exists()
    versions = CoursewareVersion.objects.all()
    assert {Path(name).suffix for name in versions.values_list("original_name", flat=True)} == {
        ".pptx",
        ".pdf",
        ".docx",
    }
    pairs = SimilarPair.objects.all()
    assert Counter(pairs.values_list("state", flat=True)) == dict.fromkeys(SimilarPair.State, 1)
    mentor = Mentor.objects.get(user__phone=people.MENTOR)
    assert questions_of(mentor) and missing_of(mentor, midnight(TODAY + timedelta(days=1)))
    seen = Courseware.objects.filter(session__offering__reservations__person__phone=people.SEEKER)
    assert seen.visible_to(User.objects.get(phone=people.SEEKER)).exists()
    assert Like.objects.filter(mentor=mentor).exists()


def test_demo_has_a_panel_in_the_middle_of_its_judging(seeded):
    year = EvaluationYear.objects.get()
    assert (year.stage, year.entries.undecided().count()) == (EvaluationYear.Stage.JUDGING, 0)
    assert year.entries.confirmed().count() >= 8
    sheets = {phone: set(year.sheets.filter(judge__person__phone=phone)) for phone in people.JUDGES}
    states = {phone: {sheet.state for sheet in of_judge} for phone, of_judge in sheets.items()}
    assert states[people.JUDGE] == {"open", "returned", "submitted"}
    assert {"submitted"} in states.values()
    assert len({len(of_judge) for of_judge in sheets.values()}) == 1
    assert set(BonusEvent.objects.values_list("state", flat=True)) == {"verified", "entered"}

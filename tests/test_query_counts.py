"""Each list costs the same number of queries with one row and with thirty."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consultations.models import Consultation, Pairing, PanelClinic
from mentor_portal import portal_settings
from mentor_portal.accounts.models import User
from mentor_portal.notifications.models import Message, Notice
from mentor_portal.reservations.models import Reservation
from mentor_portal.reservations.selectors.calendars import secret_of
from tests import moments
from tests.rows import DAY_OF_CLASSES, FINAL_YEAR, SHOWN_YEAR, SLOTS_IN_DAYS, Rows

pytestmark = pytest.mark.django_db

FEW, MANY = 1, 30
MOST_ON_PUBLIC_PAGES = 12
SLOTS_ON = moments.in_days(SLOTS_IN_DAYS).date().isoformat()
PUBLIC = {
    "home": "/",
    "schedule": "/classes/",
    "one day": "/classes/?span=day",
    "everything": f"/search/?q={quote('讲')}",
    "everything by sound": "/search/?q=zhou",
    "search": f"/classes/?q={quote('讲')}",
    "filters": "/classes/?category=machinery&type=interview&free=1&prefecture=4301",
    "directory": "/mentors/",
    "directory search": f"/mentors/?q={quote('周')}",
    "mentor": "/mentors/{mentor}/",
    "session": "/classes/{session}/",
    "class with courseware": "/classes/{taught}/",
    "courseware": "/classes/courseware/{work}/",
    "seats": "/classes/{session}/seats/",
    "slots": f"/consultations/?day={SLOTS_ON}",
    "slots of a chain": f"/consultations/?chain={{chain}}&day={SLOTS_ON}",
    "slot": "/consultations/{slot}/",
    "slot seats": "/consultations/{slot}/seats/",
    "slot called off": "/consultations/{slot_off}/",
    "clinics": "/consultations/clinics/",
    "clinic": "/consultations/clinics/{clinic}/",
    "clinic seats": "/consultations/clinics/{clinic}/seats/",
    "feed of classes": "/classes/feed.atom",
    "filtered feed": "/classes/feed.atom?category=machinery&free=1&prefecture=4301",
    "calendar of classes": "/classes/calendar.ics",
    "calendar of a class": "/classes/{session}/calendar.ics",
    "calendar of a mentor": "/mentors/{mentor}/calendar.ics",
    "feed of notices": "/notices/feed.atom",
    "notices": "/notices/",
    "notice": "/notices/{notice}/",
    "research": "/research/",
    "theme": "/research/themes/{theme}/",
    "trip": "/research/trips/{trip}/",
    "trip seats": "/research/trips/{trip}/seats/",
    "reports": "/research/published/",
    "report": "/research/reports/{report}/",
    "awards": "/awards/",
    "year in the days of objecting": f"/awards/{SHOWN_YEAR}/",
    "final year": f"/awards/{FINAL_YEAR}/",
    "widget": "/widget/classes/?count=20",
    "API": "/api/v1/",
    **{
        f"API {name}": f"/api/v1/{name}/?page_size=100"
        for name in (
            *("categories", "chains", "mentors", "sessions", "slots", "notices"),
            *("research/themes", "research/reports"),
        )
    },
    "API session": "/api/v1/sessions/{session}/",
    "privacy": "/privacy/",
    "terms": "/terms/",
    "sitemap": "/sitemap/",
}
SIGNED_OUT = {**PUBLIC, "sign in": "/sign-in/", "staff sign in": "/account/login/"}
OWN = {
    **PUBLIC,
    "me": "/me/",
    "own pairings": "/pairings/",
    "coming": "/me/reservations/",
    "waiting": "/me/reservations/?tab=waiting",
    "past": "/me/reservations/?tab=past",
    "messages": "/me/messages/",
    "calendar page": "/me/calendar/",
    "own calendar": "/calendar/{own_calendar}.ics",
    "API reservations": "/api/v1/reservations/?page_size=100",
    "booking": "/classes/{free}/book/",
    "slot booking": "/consultations/{slot}/book/",
    "clinic booking": "/consultations/clinics/{coming_clinic}/book/",
    "pairing": "/pairings/{own_pairing}/",
    "to rate": "/classes/{to_rate}/feedback/",
    "rated": "/classes/{rated}/feedback/",
    "objecting": f"/awards/{SHOWN_YEAR}/objections/new/",
}
OF_THE_MENTOR = {
    "me": "/me/",
    "desk": "/me/desk/",
    "score": "/me/score/",
    "score of the result": f"/me/score/?year={SHOWN_YEAR}",
    "final score": f"/me/score/?year={FINAL_YEAR}",
    "nominations": "/me/nominations/",
    "topics": "/classes/topics/",
    "new topic": "/classes/topics/new/",
    "topic": "/classes/topics/{topic}/",
    "edit": "/classes/topics/{draft}/edit/",
    "teaching": "/classes/teaching/{session}/",
    "results": "/classes/teaching/{told}/",
    "move": "/classes/teaching/{session}/move/",
    "own courseware": "/classes/courseware/",
    "new courseware": "/classes/courseware/new/",
    "one courseware": "/classes/courseware/{work}/",
    "question": "/classes/courseware/pairs/{question}/",
    "room": "/consultations/clinics/{clinic}/room/",
    "pairings": "/pairings/mine/",
    "pairing": "/pairings/{pairing}/",
    "outcome": "/pairings/{pairing}/outcome/",
    "duties": "/consultations/duties/",
    "past duties": "/consultations/duties/?tab=past",
    "new duty": "/consultations/duties/new/",
    "duty": "/consultations/duties/{duty}/",
    "cancel duty": "/consultations/duties/{duty}/cancel/",
    "consultation": "/consultations/held/{consultation}/",
    "research": "/research/",
    "sign-up": "/research/trips/{trip}/book/",
    "own reports": "/research/reports/",
    "new report": "/research/reports/new/",
    "own report": "/research/reports/{own_report}/",
    "edit report": "/research/reports/{own_report}/edit/",
}
OF_THE_JUDGE = {
    "me": "/me/",
    "sheets": "/judging/",
    "sheet": "/judging/{sheet}/",
    "submitting": "/judging/{sheet}/submit/",
    "stepping back": "/judging/{sheet}/recuse/",
    "sheet of a mentor": "/judging/{teaching}/",
}
DESK = {
    "desks": "/desk/",
    "desk": "/desk/{desk}/",
    "desk search": f"/desk/{{desk}}/?q={quote('求职者')}",
    "poster": "/desk/{desk}/poster/",
    "sheet": "/desk/{desk}/sheet/",
    "clinic room": "/consultations/clinics/{clinic}/room/",
    "duty desk": "/consultations/duties/{duty_desk}/desk/",
}


@pytest.fixture
def rows() -> Rows:
    return Rows()


def test_public_pages_cost_the_same_with_one_row_and_with_thirty_and_at_most_twelve(rows):
    few, many = _costs_with_few_and_many(Client(), SIGNED_OUT, rows)
    assert few == many, _told(few, many)
    assert max(many.values()) <= MOST_ON_PUBLIC_PAGES, _told(many)
    for year in (FINAL_YEAR, SHOWN_YEAR):
        result = Client().get(f"/awards/{year}/").context["result"]
        assert min(len(result.mentors), len(result.courseware)) >= MANY


def test_pages_of_a_person_cost_the_same_with_one_row_and_with_thirty(rows):
    client = Client()
    client.force_login(rows.person)
    few, many = _costs_with_few_and_many(client, OWN, rows)
    assert few == many, _told(few, many)
    _check_that_the_person_has_thirty_of_everything(client, rows.person)


def test_pages_of_a_mentor_cost_the_same_with_one_row_and_with_thirty(rows):
    client = Client()
    client.force_login(rows.mentor.user)
    few, many = _costs_with_few_and_many(client, OF_THE_MENTOR, rows)
    assert few == many, _told(few, many)
    desk = client.get("/me/desk/").context["desk"]
    assert min(map(len, (desk.coming, desk.drafts, desk.returned, desk.topics))) > 1
    assert len(desk.moves) == MANY


def test_pages_of_a_judge_cost_the_same_with_one_row_and_with_thirty(rows):
    client = Client()
    client.force_login(rows.judge.person)
    few, many = _costs_with_few_and_many(client, OF_THE_JUDGE, rows)
    assert few == many, _told(few, many)
    page = client.get("/judging/")
    assert page.context["page_obj"].paginator.count >= 3 * MANY
    assert len(client.get(f"/judging/{rows.teaching.pk}/").context["lessons"]) > FEW + 1


def test_pages_of_the_desk_cost_the_same_with_one_row_and_with_thirty(rows):
    client = Client()
    client.force_login(User.objects.create_superuser("13600000002", name="系统管理员"))
    few, many = _costs_with_few_and_many(client, DESK, rows)
    assert few == many, _told(few, many)
    assert client.get(f"/desk/{rows.desk.pk}/").context["page_obj"].paginator.count == 2 * MANY


def test_admin_lists_cost_the_same_with_one_row_and_with_thirty(rows):
    client = Client()
    client.force_login(User.objects.create_superuser("13600000002", name="系统管理员"))
    board = reverse("admin:classrooms_topicapplication_board")
    claim = f"{reverse('admin:consultations_pairing_changelist')}{{claim}}/change/"
    kept = f"{reverse('admin:classrooms_courseware_changelist')}{{courseware}}/change/"
    alike = f"{reverse('admin:classrooms_similarpair_changelist')}{{similar}}/change/"
    pages = {
        "first page": reverse("admin:index"),
        "figures": f"{reverse('statistics:figures')}?by=chain",
        "coverage": reverse("statistics:coverage"),
        "board": board,
        "path": reverse("admin:evaluation_evaluationyear_path", args=[rows.judge.year_id]),
        "panel": reverse("admin:evaluation_evaluationyear_panel", args=[rows.judge.year_id]),
        "claim": claim,
        "courseware": kept,
        "similar": alike,
        "run": f"{reverse('admin:evaluation_rankingrun_changelist')}{{run}}/change/",
        "comparison": f"{reverse('admin:evaluation_rankingrun_changelist')}{{run}}/compare/",
        **_of_feedback(),
        **_changelists(),
    }
    few, many = _costs_with_few_and_many(client, pages, rows)
    assert few == many, _told(few, many)
    short = [model for model in admin.site._registry if _is_counted(model) and model.objects.count() < MANY]
    assert not short, f"make rows of {short} in Rows"


def _of_feedback() -> dict[str, str]:
    """Pages of the staff about one row: a low rating, and what a class was told."""
    case, result = (f"admin:classrooms_{each}_changelist" for each in ("ratingcase", "surveyresult"))
    return {
        "case": f"{reverse(case)}{{case}}/change/",
        "results": f"{reverse(result)}{{told}}/change/",
        "all cases": f"{reverse(case)}?standing=all",
    }


def _check_that_the_person_has_thirty_of_everything(client: Client, person: User) -> None:
    mine = Reservation.objects.of(person)
    assert mine.filter(state=Reservation.State.CONFIRMED).count() >= 2 * MANY
    assert mine.filter(state=Reservation.State.WAITLISTED).count() == MANY
    assert Message.objects.of(person).count() >= MANY
    that_day = client.get(f"/classes/?span=day&day={_day_of_classes()}")
    assert that_day.context["results"].paginator.count >= MANY
    assert client.get("/mentors/").context["count"] >= MANY


def _costs_with_few_and_many(
    client: Client, pages: dict[str, str], rows: Rows
) -> tuple[dict[str, int], dict[str, int]]:
    rows.grow_to(FEW)
    few = _costs(client, _addresses(pages, rows))
    rows.grow_to(MANY)
    return few, _costs(client, _addresses(pages, rows))


def _costs(client: Client, pages: dict[str, str]) -> dict[str, int]:
    """Return how many queries each page takes, the portal's settings read anew for each."""
    costs = {}
    for name, path in pages.items():
        client.get(path)  # what is kept for good, such as content types, is not counted
        portal_settings.forget()
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        costs[name] = len(queries)
    return costs


def _addresses(pages: dict[str, str], rows: Rows) -> dict[str, str]:
    """Fill in the mentor, a class of theirs, one that the person could still book, and the day of classes."""
    session = rows.mentor.class_sessions.published().last()
    values = {
        "mentor": rows.mentor.pk,
        "courseware": rows.copied.pk,
        "similar": rows.similar.pk,
        "session": session.pk,
        "free": rows.free.pk,
        "topic": rows.topic.pk,
        "draft": rows.draft.pk,
        "taught": rows.taught.pk,
        "work": rows.courseware.pk,
        "question": rows.pair.pk,
        "desk": rows.desk.pk,
        "clinic": rows.clinic.pk,
        "coming_clinic": PanelClinic.objects.first().pk,
        "notice": Notice.objects.first().pk,
        "pairing": rows.pairing.pk,
        "own_pairing": rows.own_pairing.pk,
        "run": rows.run.pk,
        "claim": Pairing.objects.waiting_for_staff().first().pk,
        "chain": rows.chain.slug,
        "slot": rows.slot.pk,
        "slot_off": rows.slot_off.pk,
        "duty": rows.duty.pk,
        "duty_desk": rows.duty_desk.pk,
        "consultation": Consultation.objects.filter(reservation__offering__in=rows.duty.slots.values("pk"))
        .first()
        .pk,
        "told": rows.told.pk,
        "case": rows.case.pk,
        "to_rate": _own_class(rows.person, has_rated=False),
        "rated": _own_class(rows.person, has_rated=True),
        "theme": rows.theme.pk,
        "trip": rows.trip.pk,
        "report": rows.report.pk,
        "own_report": rows.own_report.pk,
        "sheet": rows.sheet.pk,
        "own_calendar": secret_of(rows.calendar_address),
        "teaching": rows.teaching.pk,
    }
    return {
        name: path.format(**values) + (f"&day={_day_of_classes()}" if name == "one day" else "")
        for name, path in pages.items()
    }


def _own_class(person: User, *, has_rated: bool) -> int:
    attended = Reservation.objects.of(person).filter(state=Reservation.State.ATTENDED)
    return attended.filter(class_rating__isnull=not has_rated).first().offering_id


def _changelists() -> dict[str, str]:
    return {
        model._meta.label: reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in admin.site._registry
        if _is_counted(model)
    }


def _is_counted(model: type) -> bool:
    """The portal's settings have one page and no rows."""
    return model._meta.app_label != "constance"


def _day_of_classes() -> str:
    return (timezone.localdate() + timedelta(days=DAY_OF_CLASSES)).isoformat()


def _told(*costs: dict[str, int]) -> str:
    """Return the numbers of queries page by page, those that differ marked."""
    lines = []
    for name in costs[0]:
        numbers = [each[name] for each in costs]
        mark = "  <--" if len(set(numbers)) > 1 else ""
        lines.append(f"{name}: {' → '.join(map(str, numbers))}{mark}")
    return "queries:\n" + "\n".join(lines)

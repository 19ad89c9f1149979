"""The pages of the staff's site."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from evaluation.models import EvaluationYear
from evaluation.services import record_objection, start_draft
from mentor_portal.notifications.models import MessageTemplate
from tests import judged, panel, topics, year_end
from tests.browser.pages import acts
from tests.browser.pages.stop import Stop
from tests.scene import Scene


def of_the_staff(scene: Scene) -> Iterator[Stop]:
    """The staff's site: its first page, lists, and the form of a class."""
    session = scene.sessions["free"].pk
    review = "admin:classrooms_topicapplication_change"
    board, window = reverse("admin:classrooms_topicapplication_board"), topics.half_day(20)
    topic, venue = scene.topics["waiting"].pk, scene.sessions["free"].offering.venue_id
    event, move = scene.events["unit's"].pk, scene.moves["few"].pk
    names = {
        "first page": reverse("admin:index"),
        "figures": reverse("statistics:figures"),
        "figures by chain": f"{reverse('statistics:figures')}?by=chain",
        "figures of no months": f"{reverse('statistics:figures')}?first=6&last=2",
        "coverage": reverse("statistics:coverage"),
        "embedding": reverse("embedding"),
        "review queue": reverse("admin:classrooms_topicapplication_changelist"),
        "topic": reverse(review, args=[scene.topics["submitted"].pk]),
        "topic placed": reverse(review, args=[scene.topics["approved"].pk]),
        "board": board,
        "board with a topic": f"{board}?topic={topic}",
        "board with a cell": f"{board}?topic={topic}&week={window.day}&at={window.code}&venue={venue}",
        "classes": reverse("admin:classrooms_classsession_changelist"),
        "class": reverse("admin:classrooms_classsession_change", args=[session]),
        "new class": reverse("admin:classrooms_classsession_add"),
        "extra class": reverse("admin:classrooms_classsession_extra", args=[scene.sessions["full"].pk]),
        "text for the group": reverse("admin:classrooms_classsession_group_text", args=[session]),
        "clinics": reverse("admin:consultations_panelclinic_changelist"),
        "clinic": reverse("admin:consultations_panelclinic_change", args=[scene.clinics["coming"].pk]),
        "new clinic": reverse("admin:consultations_panelclinic_add"),
        "reservations": reverse("admin:reservations_reservation_changelist"),
        "reservation": reverse("admin:reservations_reservation_change", args=[scene.reservations["mine"].pk]),
        "notices": reverse("admin:notifications_notice_changelist"),
        "notice": reverse("admin:notifications_notice_change", args=[scene.notices["draft"].pk]),
        "draft notice": f"/notices/{scene.notices['draft'].pk}/",
        "wordings": reverse("admin:notifications_messagetemplate_changelist"),
        "wording": reverse(
            "admin:notifications_messagetemplate_change", args=[MessageTemplate.objects.first().pk]
        ),
        "said": reverse("admin:notifications_message_changelist"),
        "deliveries": reverse("admin:notifications_delivery_changelist"),
        "events": reverse("admin:classrooms_hostevent_changelist"),
        "event": reverse("admin:classrooms_hostevent_change", args=[event]),
        "new event": reverse("admin:classrooms_hostevent_add"),
        "wish": reverse("admin:classrooms_hostevent_ask", args=[event]),
        "wish withdrawn": reverse("admin:classrooms_hostevent_withdraw", args=[event]),
        "wish declined": reverse("admin:classrooms_hostevent_decline", args=[event]),
        "class for an event": f"{reverse('admin:classrooms_classsession_add')}?host_event={event}",
        "moves": reverse("admin:classrooms_moverequest_changelist"),
        "move": reverse("admin:classrooms_moverequest_change", args=[move]),
        "move refused": reverse("admin:classrooms_moverequest_refuse", args=[move]),
        "pairings": reverse("admin:consultations_pairing_changelist"),
        "pairing": reverse("admin:consultations_pairing_change", args=[scene.pairings["active"].pk]),
        "pairing to verify": reverse(
            "admin:consultations_pairing_change", args=[scene.pairings["confirmed"].pk]
        ),
        "pairing to stop": reverse("admin:consultations_pairing_stop", args=[scene.pairings["active"].pk]),
        "new pairing": reverse("admin:consultations_pairing_add"),
        **_of_consultations(scene),
        "themes": reverse("admin:research_researchtheme_changelist"),
        "theme": reverse("admin:research_researchtheme_change", args=[scene.themes["later"].pk]),
        "plan": reverse("admin:research_researchtheme_plan"),
        "trips": reverse("admin:research_researchtrip_changelist"),
        "trip": reverse("admin:research_researchtrip_change", args=[scene.trips["full"].pk]),
        "new trip": reverse("admin:research_researchtrip_add"),
        "text for the mentors": reverse(
            "admin:research_researchtrip_group_text", args=[scene.trips["full"].pk]
        ),
        "reports": reverse("admin:research_researchreport_changelist"),
        "report": reverse("admin:research_researchreport_change", args=[scene.reports["submitted"].pk]),
        "accepted report": reverse(
            "admin:research_researchreport_change", args=[scene.reports["accepted"].pk]
        ),
        **_of_the_year_end(),
        **_of_objections(scene),
        **_of_the_panel(scene),
        "mentors": reverse("admin:mentors_mentor_changelist"),
        "people": reverse("admin:accounts_user_changelist"),
        "roster": reverse("admin:mentors_mentor_import"),
        "settings": reverse("admin:constance_config_changelist"),
        "records": reverse("admin:auditlog_logentry_changelist"),
        "tasks": reverse("admin:home_taskrecord_changelist"),
    }
    yield from (Stop(f"admin {name}", "staff", path) for name, path in names.items())
    yield Stop("admin move shown first", "staff", names["class"], act=acts.move_a_class)
    yield Stop("admin board refused", "staff", names["board with a cell"], act=acts.ask_for_too_many_seats)
    yield Stop("admin topic refused", "staff", names["topic"], act=acts.return_without_a_word)
    yield Stop("admin pairing refused", "staff", names["pairing to verify"], act=acts.verify_without_looking)
    yield Stop("admin topics refused", "staff", names["review queue"], act=acts.reject_what_is_listed)


def _of_the_year_end() -> dict[str, str]:
    """The runs of the year: one beside another, and one that no worker has begun."""
    year = EvaluationYear.objects.get()
    runs = [judged.done(start_draft(year=year, at=timezone.now())) for _ in range(2)]
    waiting = start_draft(year=year, at=timezone.now())
    run = "admin:evaluation_rankingrun"
    return {
        "runs": reverse(f"{run}_changelist"),
        "run": reverse(f"{run}_change", args=[runs[1].pk]),
        "run that waits": reverse(f"{run}_change", args=[waiting.pk]),
        "card in a run": reverse(f"{run}_card", args=[runs[1].pk, runs[1].cards.first().mentor_id]),
        "two runs": reverse(f"{run}_compare", args=[runs[1].pk]),
        "run to cancel": reverse(f"{run}_cancel", args=[waiting.pk]),
    }


def _of_the_panel(scene: Scene) -> dict[str, str]:
    """Who judges, what takes part, what was given: a sheet that is submitted and one that is not."""
    staff = scene.people["staff"]
    panel.nominated(staff)
    submitted = panel.give(panel.sheet_of(staff), "0.8")
    judge, entry, sheet = (
        f"admin:evaluation_{each}" for each in ("paneljudge", "coursewareentry", "scoresheet")
    )
    return {
        "judges": reverse(f"{judge}_changelist"),
        "judge": reverse(f"{judge}_change", args=[submitted.judge_id]),
        "new judge": reverse(f"{judge}_add"),
        "judge released": reverse(f"{judge}_release", args=[submitted.judge_id]),
        "entries": reverse(f"{entry}_changelist"),
        "entry": reverse(f"{entry}_change", args=[submitted.entry_id]),
        "new entry": reverse(f"{entry}_add"),
        "entry confirmed": reverse(f"{entry}_confirm", args=[submitted.entry_id]),
        "entry declined": reverse(f"{entry}_decline", args=[submitted.entry_id]),
        "score sheets": reverse(f"{sheet}_changelist"),
        "score sheet": reverse(f"{sheet}_change", args=[submitted.pk]),
        "score sheet returned": reverse(f"{sheet}_send_back", args=[submitted.pk]),
        "panel": reverse("admin:evaluation_evaluationyear_panel", args=[submitted.year_id]),
        "years": reverse("admin:evaluation_evaluationyear_changelist"),
        "year": reverse("admin:evaluation_evaluationyear_change", args=[submitted.year_id]),
        "path in judging": reverse("admin:evaluation_evaluationyear_path", args=[submitted.year_id]),
    }


def _of_objections(scene: Scene) -> dict[str, str]:
    """An objection to the result of the year before, which is shown."""
    year = year_end.year_of(panel.this_year().year - 1)
    year_end.shown(year, [(scene.people["mentor"].mentor, "59.02")])
    words = {"name": "李明", "phone": "13900001234", "text": "上课次数少记了一次，请核实。"}
    objection = record_objection(year=year, **words, by=scene.people["staff"], at=timezone.now())
    return {
        "objections": reverse("admin:evaluation_objection_changelist"),
        "objection": reverse("admin:evaluation_objection_change", args=[objection.pk]),
        "path in objections": reverse("admin:evaluation_evaluationyear_path", args=[year.pk]),
        "new objection": reverse("admin:evaluation_objection_add"),
    }


def _of_consultations(scene: Scene) -> dict[str, str]:
    """Duties to arrange, decline and call off, and requests to answer."""
    shift, record = "admin:consultations_consultationshift", "admin:consultations_consultation"
    waiting, arranged = scene.shifts["waiting"].pk, scene.shifts["arranged"].pk
    requested = scene.consultations["talent"].pk
    return {
        "duties": reverse(f"{shift}_changelist"),
        "duty": reverse(f"{shift}_change", args=[arranged]),
        "duty arranged": reverse(f"{shift}_arrange_one", args=[waiting]),
        "duty declined": reverse(f"{shift}_decline_one", args=[waiting]),
        "duty called off": reverse(f"{shift}_call_off_one", args=[arranged]),
        "consultations": reverse(f"{record}_changelist"),
        "request": reverse(f"{record}_change", args=[requested]),
        "request approved": reverse(f"{record}_approve_one", args=[requested]),
        "request refused": reverse(f"{record}_refuse_one", args=[requested]),
    }

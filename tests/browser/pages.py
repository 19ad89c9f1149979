"""Every page a person can meet, and how to get there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote, urlencode

from django.urls import reverse
from django.utils import timezone

from evaluation.models import CoursewareEntry, EvaluationYear, Objection
from evaluation.services import raise_objection, record_objection, start_draft
from mentor_portal.notifications.models import MessageTemplate
from mentors.models import Mentor
from tests import courseware, duties, judged, offerings, panel, topics, year_end
from tests.browser.visitor import Visitor
from tests.scene import PASSWORD, Scene


@dataclass(frozen=True)
class Stop:
    """A page to look at: whose it is, its address, and what must be done there first."""

    name: str
    who: str
    path: str
    status: int = 200
    act: Callable[[Visitor], None] | None = None


def of_everyone(scene: Scene) -> Iterator[Stop]:
    """The pages of a person who is not signed in."""
    tomorrow = (timezone.localdate() + timedelta(days=2)).isoformat()
    addresses = {
        "home": "/",
        "schedule": "/classes/",
        "one day": f"/classes/?day={tomorrow}&span=day",
        "search": f"/classes/?q={quote('面试')}",
        "search without results": f"/classes/?q={quote('没有这样的课')}",
        "filters": "/classes/?category=machinery&free=1",
        "directory": "/mentors/",
        "directory without results": f"/mentors/?q={quote('没有这个人')}",
        "mentor": f"/mentors/{scene.people['mentor'].mentor.pk}/",
        "sign-in": "/sign-in/?next=/classes/",
        "sign-in by e-mail": "/sign-in/?email=1",
        "notices": "/notices/",
        "notice": f"/notices/{scene.notices['published'].pk}/",
        "research": "/research/",
        "theme": f"/research/themes/{scene.themes['later'].pk}/",
        "published reports": "/research/published/",
        "published report": f"/research/reports/{scene.reports['published'].pk}/",
        "privacy": "/privacy/",
        "terms": "/terms/",
        "sitemap": "/sitemap/",
        "staff sign-in": "/account/login/",
    }
    yield from (Stop(name, "everyone", path) for name, path in addresses.items())
    for name in ("free", "few", "full", "cancelled", "not open"):
        yield Stop(f"class {name}", "everyone", f"/classes/{scene.sessions[name].pk}/")
    yield Stop("class with courseware", "everyone", f"/classes/{scene.sessions['taught'].pk}/")
    yield Stop("public courseware", "everyone", scene.courseware["public"].get_absolute_url())
    for name in ("open", "full"):
        yield Stop(f"trip {name}", "everyone", f"/research/trips/{scene.trips[name].pk}/")
    yield Stop("no such page", "everyone", "/no/such/page/", status=404)
    yield Stop("sign-in refused", "everyone", "/sign-in/", act=_send_an_empty_form)
    yield Stop("code", "everyone", "/sign-in/", act=_ask_for_a_code)
    yield Stop("code refused", "everyone", "/sign-in/code/", act=_give_a_wrong_code)
    yield Stop("password refused", "everyone", "/account/login/", act=_give_a_wrong_password)


def of_the_owner(scene: Scene) -> Iterator[Stop]:
    """The pages of a person with bookings, in the order of visiting."""
    addresses = {
        "home signed in": "/",
        "schedule signed in": "/classes/",
        "booking": f"/classes/{scene.sessions['free'].pk}/book/",
        "waiting list": f"/classes/{scene.sessions['full'].pk}/book/",
        "me": "/me/",
        "coming": "/me/reservations/",
        "waiting": "/me/reservations/?tab=waiting",
        "past": "/me/reservations/?tab=past",
        "cancel": f"/me/reservations/{scene.reservations['mine'].pk}/cancel/",
        "leave the queue": f"/me/reservations/{scene.reservations['waiting'].pk}/cancel/",
        "excuse": f"/me/reservations/{scene.reservations['late'].pk}/excuse/",
        "messages": "/me/messages/",
        "profile": "/me/profile/",
        "phone": "/me/phone/",
        "second factor": "/account/2fa/",
        "password": "/account/password/set/",
        "sign out": "/account/logout/",
    }
    addresses |= {
        f"pairing {name}": f"/pairings/{scene.pairings[name].pk}/" for name in ("proposed", "ended")
    }
    addresses["own pairings"] = "/pairings/"
    yield from (Stop(name, "owner", path) for name, path in addresses.items())
    to_rate = f"/classes/{scene.sessions['attended'].pk}/feedback/"
    yield Stop("class to rate", "owner", f"{to_rate}?level=2")
    yield Stop("rating refused", "owner", to_rate, act=_rate_nothing)
    yield Stop("own rating", "owner", f"/classes/{scene.sessions['rated'].pk}/feedback/")
    claimed = f"/pairings/{scene.pairings['claimed'].pk}/"
    yield Stop("outcome to confirm", "owner", claimed)
    yield Stop("outcome not disputed", "owner", claimed, act=_dispute_without_a_reason)
    yield Stop("pairing to end", "owner", f"{claimed}end/")
    for name in ("mine", "late", "waiting", "offered", "past"):
        yield Stop(f"class {name}", "owner", f"/classes/{scene.sessions[name].pk}/")
    code, free = (scene.sessions[name].offering.check_in_code for name in ("today", "free"))
    yield Stop("checked in", "owner", f"/check-in/{code}/")
    yield Stop("check-in refused", "owner", f"/check-in/{free}/")
    yield Stop("forbidden", "owner", "/styleguide/", status=403)
    yield Stop("sheet", "owner", f"/classes/{scene.sessions['free'].pk}/", act=_open_the_sheet)
    yield Stop("filter open", "owner", "/classes/", act=_open_a_filter)


def of_one_to_ones(scene: Scene) -> Iterator[Stop]:
    """约咨询 as everybody and somebody who has booked see it."""
    taken = {name: row.reservation.offering_id for name, row in scene.consultations.items()}
    slot = {name: f"/consultations/{pk}/" for name, pk in taken.items()}
    one, talk = duties.slots_of(scene.shifts["arranged"])[2], duties.slots_of(scene.shifts["talent"])[1]
    free, chain = one.get_absolute_url(), scene.people["mentor"].mentor.primary_chain
    at = urlencode({"chain": chain.slug, "at": one.offering.starts_at.isoformat()})
    day = timezone.localtime(scene.shifts["arranged"].starts_at).date().isoformat()
    yield Stop("one-to-ones", "everyone", "/consultations/")
    yield Stop("one-to-ones of a chain", "everyone", f"/consultations/?chain={chain.slug}&day={day}")
    yield Stop("talks", "everyone", "/consultations/?kind=talent")
    yield Stop("no one-to-ones", "everyone", f"/consultations/?day={timezone.localdate().isoformat()}")
    yield Stop("free slot", "everyone", free)
    yield Stop("taken slot", "everyone", slot["arranged"])
    yield Stop("one-to-ones with one's own", "owner", f"/consultations/?day={day}")
    yield Stop("slot of one's own", "owner", slot["owner's"])
    yield Stop("slot booking", "owner", f"{free}book/")
    yield Stop("slot refused", "owner", f"{free}book/", act=_ask_nothing)
    yield Stop("slot sheet", "owner", free, act=_open_the_sheet)
    yield Stop("any mentor", "stranger", f"/consultations/any/?{at}")
    yield Stop("request for a talk", "stranger", f"{talk.get_absolute_url()}book/")


def of_clinics(scene: Scene) -> Iterator[Stop]:
    """Clinics as everybody, somebody in the queue, a mentor and staff see them."""
    path = {name: f"/consultations/clinics/{clinic.pk}/" for name, clinic in scene.clinics.items()}
    yield Stop("clinics", "everyone", "/consultations/clinics/")
    for name in ("coming", "full", "cancelled", "running"):
        yield Stop(f"clinic {name}", "everyone", path[name])
    yield Stop("number at a clinic", "owner", path["running"])
    yield Stop("clinic booking", "owner", f"{path['coming']}book/")
    yield Stop("clinic sheet", "owner", path["coming"], act=_open_the_sheet)
    yield Stop("room", "mentor", f"{path['running']}room/")
    yield Stop("room before the day", "mentor", f"{path['coming']}room/")
    yield Stop("notes", "mentor", f"{path['running']}room/1/")
    yield Stop("room of staff", "staff", f"{path['running']}room/")
    yield Stop("desk of a clinic", "staff", f"/desk/{scene.clinics['running'].pk}/")


def of_the_mentor(scene: Scene) -> Iterator[Stop]:
    """The pages of a mentor with topics in every state, and those of one who has just begun."""
    topic = {name: f"/classes/topics/{row.pk}/" for name, row in scene.topics.items()}
    teaching = f"/classes/teaching/{scene.sessions['proposed'].pk}/"
    published = f"/classes/teaching/{scene.sessions['free'].pk}/"
    addresses = {
        "mentor's me": "/me/",
        "desk": "/me/desk/",
        "own score": "/me/score/",
        "nominations": "/me/nominations/",
        "topics": "/classes/topics/",
        "new topic": "/classes/topics/new/",
        "copy": f"/classes/topics/new/?copy={scene.topics['approved'].pk}",
        "edit draft": f"{topic['draft']}edit/",
        "edit returned": f"{topic['returned']}edit/",
        "withdraw": f"{topic['submitted']}withdraw/",
        "proposed class": teaching,
        "published class": published,
        "move": f"{published}move/",
        "pairings": "/pairings/mine/",
        "pairing active": f"/pairings/{scene.pairings['active'].pk}/",
        "pairing confirmed": f"/pairings/{scene.pairings['confirmed'].pk}/",
        "start a pairing": f"/pairings/start/{scene.reservations['consultation'].pk}/",
        "outcome": f"/pairings/{scene.pairings['active'].pk}/outcome/",
        "end a pairing": f"/pairings/{scene.pairings['active'].pk}/end/",
        **_research_of_the_mentor(scene),
        **_courseware_of_the_mentor(scene),
        **{f"topic {name}": topic[name] for name in ("draft", "submitted", "returned", "approved")},
    }
    duty = {name: shift.get_absolute_url() for name, shift in scene.shifts.items()}
    running = scene.consultations["running"]
    addresses |= {
        "duties": "/consultations/duties/",
        "past duties": "/consultations/duties/?tab=past",
        "new duty": "/consultations/duties/new/",
        "duty waiting": duty["waiting"],
        "duty arranged": duty["arranged"],
        "withdraw duty": f"{duty['waiting']}withdraw/",
        "cancel duty": f"{duty['arranged']}cancel/",
        "coming consultation": f"/consultations/held/{scene.consultations['arranged'].pk}/",
    }
    yield from (Stop(name, "mentor", path) for name, path in addresses.items())
    yield Stop("weekly duty", "mentor", "/consultations/duties/new/", act=_repeat_weekly)
    yield Stop("duty refused", "mentor", "/consultations/duties/new/", act=_end_before_the_start)
    yield Stop("consultation", "running mentor", f"/consultations/held/{running.pk}/")
    yield Stop("outcome refused", "running mentor", f"/consultations/held/{running.pk}/", act=_note_nothing)
    yield Stop("no duties", "new mentor", "/consultations/duties/")
    yield Stop("topic refused", "mentor", "/classes/topics/new/", act=_send_an_empty_topic)
    yield Stop("new topic unfolded", "mentor", "/classes/topics/new/", act=_unfold_everything)
    yield Stop("not declined", "mentor", teaching, act=_decline_without_a_reason)
    active = f"/pairings/{scene.pairings['active'].pk}/"
    yield Stop("contact refused", "mentor", active, act=_log_an_empty_contact)
    yield Stop("outcome refused", "mentor", f"{active}outcome/", act=_report_nothing)
    yield Stop("no pairings", "new mentor", "/pairings/mine/")
    yield Stop("report refused", "mentor", "/research/reports/new/", act=_send_an_empty_report)
    yield Stop("empty desk", "new mentor", "/me/desk/")
    yield Stop("nothing to nominate", "new mentor", "/me/nominations/")
    yield Stop("no score", "new mentor", "/me/score/")
    yield Stop("no own pairings", "new mentor", "/pairings/")
    yield Stop("no reports", "new mentor", "/research/reports/")
    yield Stop("no topics", "new mentor", "/classes/topics/")
    yield Stop("no courseware", "new mentor", "/classes/courseware/")
    yield Stop("upload refused", "mentor", "/classes/courseware/new/", act=_upload_nothing)


def of_the_judge(scene: Scene) -> Iterator[Stop]:
    """The pages of a judge with sheets in every state, and of one who has none."""
    judge, staff = scene.people["judge"], scene.people["staff"]
    yield Stop("nothing to judge", "judge", "/judging/")
    member = panel.appointed(judge, panel.this_year(), staff)
    names = ("empty", "whole", "submitted", "returned", "recused")
    of_work = {name: panel.sheet_of(staff, member) for name in names}
    panel.give(of_work["whole"], "0.7", is_submitted=False)
    panel.give(of_work["submitted"], "0.8")
    panel.changed(of_work["returned"], state="returned", reason="第三组的分数与评语不一致，请核对")
    panel.changed(of_work["recused"], state="recused", reason="师生关系")
    teaching = panel.teaching_sheet_of(staff, member)
    yield Stop("judge's me", "judge", "/me/")
    yield Stop("sheets", "judge", "/judging/")
    yield from (Stop(f"sheet {name}", "judge", row.get_absolute_url()) for name, row in of_work.items())
    whole = of_work["whole"].get_absolute_url()
    yield Stop("sheet of a mentor", "judge", teaching.get_absolute_url())
    yield Stop("submitting", "judge", f"{whole}submit/")
    yield Stop("stepping back", "judge", f"{whole}recuse/")
    yield Stop("not submitted", "judge", of_work["empty"].get_absolute_url(), act=_submit_nothing)


def of_the_year_end(scene: Scene) -> Iterator[Stop]:
    """两优 before any result is shown, open to objections, and final: for everybody and for a mentor."""
    yield Stop("no awards", "everyone", "/awards/")
    this_year, mentor = panel.this_year().year, scene.people["mentor"].mentor
    shown, final = year_end.year_of(this_year - 1), year_end.year_of(this_year - 2)
    others = [offerings.make_mentor(name=name) for name in ("欧阳慧芳", "陈思远", "王海燕")]
    cards = [*zip([mentor, *others], ["59.02", "88.5", "59.02", "12"], strict=True)]
    for year in (final, shown):
        works = [_entered(scene, each, year) for each in (mentor, *others)]
        placed = [*zip(works, ["91.45", "88", "88", None], [1, 2, 2, None], strict=True)]
        year_end.shown(year, cards, courseware=placed)
    year_end.made_final(final)
    objection = f"/awards/{shown.year}/objections/new/"
    raised = _objections(shown, scene)
    year_end.answered(raised[0], "upheld", "经核实少记了一次课，已重新计算并更正结果。")
    year_end.answered(raised[1], "declined", "经核实，您的上课次数记录无误。")
    yield Stop("awards", "everyone", "/awards/")
    for name, year in (("year in the days of objecting", shown), ("final year", final)):
        yield Stop(name, "everyone", f"/awards/{year.year}/")
        yield Stop(f"score of a {name}", "mentor", f"/me/score/?year={year.year}")
    yield Stop("own objections", "owner", f"/awards/{shown.year}/")
    yield Stop("objecting", "owner", objection)
    yield Stop("objection refused", "owner", objection, act=_object_to_nothing)
    yield Stop("score of no year", "mentor", "/me/score/?year=1999")


def _entered(scene: Scene, mentor: Mentor, year: EvaluationYear) -> CoursewareEntry:
    title = "从投递到入职：制造业一线技术岗位的简历、面试与薪酬谈判"
    made = courseware.kept(mentor, title=title, session=scene.sessions["taught"], audience="public")
    return year_end.entered(made, year=year)


def _objections(year: EvaluationYear, scene: Scene) -> list[Objection]:
    said = {"name": "求职者小李", "phone": "13900001234", "by": scene.owner, "at": timezone.now()}
    texts = ("导师周建国 6 月 3 日的课没有计入，请核实。", "名次不对", "长" * 300)
    return [raise_objection(year=year, text=text, **said) for text in texts]


def _research_of_the_mentor(scene: Scene) -> dict[str, str]:
    """A mentor's trips and reports in every state."""
    trip, report = (
        {name: row.get_absolute_url() for name, row in rows.items()} for rows in (scene.trips, scene.reports)
    )
    states = ("draft", "submitted", "returned", "accepted", "published")
    return {
        "research of a mentor": "/research/",
        "trip to sign up for": trip["open"],
        "sign-up": f"{trip['open']}book/",
        "sign-up for the queue": f"{trip['full']}book/",
        "own trip": trip["held"],
        "trip to write about": trip["unwritten"],
        "own reports": "/research/reports/",
        "new report": "/research/reports/new/",
        "new report about a trip": f"/research/reports/new/?trip={scene.trips['unwritten'].pk}",
        "edit draft report": f"{report['draft']}edit/",
        "edit returned report": f"{report['returned']}edit/",
        "withdraw report": f"{report['submitted']}withdraw/",
        **{f"own {name} report": report[name] for name in states},
    }


def _courseware_of_the_mentor(scene: Scene) -> dict[str, str]:
    """A mentor's courseware by audience, what can be done with it, and the question about one."""
    path = {name: row.get_absolute_url() for name, row in scene.courseware.items()}
    names = ("public", "attendees", "withdrawn")
    return {
        "own courseware": "/classes/courseware/",
        "new courseware": f"/classes/courseware/new/?session={scene.sessions['taught'].pk}",
        "new version": f"{path['public']}version/",
        "edit courseware": f"{path['public']}edit/",
        "withdraw courseware": f"{path['attendees']}withdraw/",
        "question about courseware": f"/classes/courseware/pairs/{scene.similar['asked'].pk}/",
        **{f"{name} courseware": path[name] for name in names},
    }


def of_the_stranger(scene: Scene) -> Iterator[Stop]:
    """Pages that have nothing to show yet, a pause, the desk, and the style guide."""
    yield Stop("nothing coming", "judge", "/me/")
    yield Stop("no bookings", "judge", "/me/reservations/")
    yield Stop("not waiting", "judge", "/me/reservations/?tab=waiting")
    yield Stop("no past", "judge", "/me/reservations/?tab=past")
    yield Stop("no messages", "judge", "/me/messages/")
    yield Stop("style guide", "staff", "/styleguide/")
    yield Stop("booking paused", "paused", "/me/")
    yield Stop("class while booking is paused", "paused", f"/classes/{scene.sessions['free'].pk}/")
    yield Stop("desks", "staff", "/desk/")
    desk = f"/desk/{scene.sessions['today'].pk}/"
    for name, path in {
        "class desk": "",
        "desk search": "?q=小李",
        "poster": "poster/",
        "sheet": "sheet/",
    }.items():
        yield Stop(name, "staff", desk + path)
    yield Stop("walk-in refused", "staff", desk, act=_note_nobody)
    duty_desk = f"{scene.shifts['running'].get_absolute_url()}desk/"
    yield Stop("duty desk", "staff", duty_desk)
    yield Stop("duty desk closed", "staff", f"{scene.shifts['arranged'].get_absolute_url()}desk/")
    yield Stop("duty walk-in refused", "staff", duty_desk, act=_note_nobody)


def of_the_staff(scene: Scene) -> Iterator[Stop]:
    """The staff's site: its first page, lists, and the form of a class."""
    session = scene.sessions["free"].pk
    review = "admin:classrooms_topicapplication_change"
    board, window = reverse("admin:classrooms_topicapplication_board"), topics.half_day(20)
    topic, venue = scene.topics["waiting"].pk, scene.sessions["free"].offering.venue_id
    event, move = scene.events["unit's"].pk, scene.moves["few"].pk
    names = {
        "first page": reverse("admin:index"),
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
    yield Stop("admin move shown first", "staff", names["class"], act=_move_a_class)
    yield Stop("admin board refused", "staff", names["board with a cell"], act=_ask_for_too_many_seats)
    yield Stop("admin topic refused", "staff", names["topic"], act=_return_without_a_word)
    yield Stop("admin pairing refused", "staff", names["pairing to verify"], act=_verify_without_looking)
    yield Stop("admin topics refused", "staff", names["review queue"], act=_reject_what_is_listed)


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


def _repeat_weekly(visitor: Visitor) -> None:
    visitor.page.get_by_label("每周重复").check()
    visitor.sees("共 4 次")
    visitor.page.locator("input[name=exceptions]").nth(1).check()


def _end_before_the_start(visitor: Visitor) -> None:
    visitor.page.get_by_label("开始", exact=True).fill("09:00")
    visitor.page.get_by_label("结束", exact=True).fill("06:00")
    visitor.tap_button("提交申报")
    visitor.sees("结束时间须晚于开始时间。")


def _submit_nothing(visitor: Visitor) -> None:
    visitor.tap_button("提交")
    visitor.sees("请打分。")


def _rate_nothing(visitor: Visitor) -> None:
    visitor.button("提交评价").click()
    visitor.sees("请选择满意度。")


def _note_nothing(visitor: Visitor) -> None:
    visitor.tap_button("保存记录")
    visitor.sees("请选择咨询结果。")


def _ask_for_too_many_seats(visitor: Visitor) -> None:
    visitor.page.get_by_label("名额").fill("4000")
    visitor.page.get_by_role("button", name="排课", exact=True).click()
    visitor.sees("名额不能多于")


def _return_without_a_word(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="退回修改").click()
    visitor.sees("请写明原因，导师会据此修改。")


def _reject_what_is_listed(visitor: Visitor) -> None:
    visitor.page.locator("input.action-select").first.check()
    visitor.page.locator("select[name=action]").select_option("reject")
    visitor.page.locator("button[name=index]").first.click()
    visitor.sees("个主题将设为“不通过”")


def _send_an_empty_form(visitor: Visitor) -> None:
    visitor.tap_button("获取验证码")
    visitor.sees("请先阅读并同意《隐私政策》。")


def _ask_for_a_code(visitor: Visitor) -> None:
    visitor.page.get_by_label("手机号").fill(visitor.number)
    visitor.page.get_by_role("checkbox").check()
    visitor.tap_button("获取验证码")
    visitor.comes_to("/sign-in/code/")


def _give_a_wrong_code(visitor: Visitor) -> None:
    visitor.page.get_by_label("验证码").fill("12345")
    visitor.page.get_by_role("button", name="登录", exact=True).click()
    visitor.sees("请填写 6 位数字验证码。")


def _give_a_wrong_password(visitor: Visitor) -> None:
    visitor.page.locator("input[name=login]").fill("13700000006")
    visitor.page.locator("input[name=password]").fill(PASSWORD[::-1])
    visitor.page.get_by_role("button", name="登录", exact=True).click()
    visitor.page.wait_for_load_state()


def _send_an_empty_topic(visitor: Visitor) -> None:
    visitor.tap_button("提交申报")
    visitor.sees("请填写主题。")


def _send_an_empty_report(visitor: Visitor) -> None:
    visitor.tap_button("提交报告")
    visitor.sees("还差 800 字。")


def _object_to_nothing(visitor: Visitor) -> None:
    visitor.tap_button("提交异议")
    visitor.sees("请写明异议内容。")


def _upload_nothing(visitor: Visitor) -> None:
    visitor.tap_button("上传课件")
    visitor.sees("请选择要上传的文件。")


def _ask_nothing(visitor: Visitor) -> None:
    visitor.tap_button("确认预约")
    visitor.sees("请用一句话写明想咨询什么。")


def _unfold_everything(visitor: Visitor) -> None:
    folded = visitor.page.locator("details:not([open]) > summary")
    while folded.count():
        folded.first.click()


def _dispute_without_a_reason(visitor: Visitor) -> None:
    visitor.page.get_by_text("有误，写明哪里不对").click()
    visitor.tap_button("退回给导师")
    visitor.sees("请写明哪里有误，导师据此核对。")


def _log_an_empty_contact(visitor: Visitor) -> None:
    visitor.page.get_by_text("登记一次联系").click()
    visitor.page.get_by_label("联系日期").fill("")
    visitor.page.get_by_role("button", name="登记", exact=True).click()
    visitor.sees("请选择联系日期。")


def _report_nothing(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="上报", exact=True).click()
    visitor.sees("请上传证明材料")


def _verify_without_looking(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="认定", exact=True).click()
    visitor.sees("请对照后勾选")


def _decline_without_a_reason(visitor: Visitor) -> None:
    visitor.page.get_by_text("不接受，说明原因").click()
    visitor.tap_button("不接受这个安排")
    visitor.sees("请写明原因，工作人员据此另行安排。")


def _note_nobody(visitor: Visitor) -> None:
    visitor.tap_button("登记到场")
    visitor.sees("请填写来人的姓名。")


def _move_a_class(visitor: Visitor) -> None:
    visitor.page.locator("input[name=starts_at_1]").fill("08:00")
    visitor.page.locator("input[name=ends_at_1]").fill("09:00")
    visitor.page.locator("[name=_save]").click()
    visitor.sees("保存后将通知：")


def _open_the_sheet(visitor: Visitor) -> None:
    visitor.tap_link("立即预约")
    visitor.page.locator("dialog[open] form").wait_for()


def _open_a_filter(visitor: Visitor) -> None:
    visitor.page.locator("details[data-filter] summary").first.click()

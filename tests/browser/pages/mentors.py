"""The pages of a mentor."""

from collections.abc import Iterator

from tests.browser.pages import acts
from tests.browser.pages.stop import Stop
from tests.scene import Scene


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
    yield Stop("weekly duty", "mentor", "/consultations/duties/new/", act=acts.repeat_weekly)
    yield Stop("duty refused", "mentor", "/consultations/duties/new/", act=acts.end_before_the_start)
    yield Stop("consultation", "running mentor", f"/consultations/held/{running.pk}/")
    yield Stop(
        "outcome refused", "running mentor", f"/consultations/held/{running.pk}/", act=acts.note_nothing
    )
    yield Stop("no duties", "new mentor", "/consultations/duties/")
    yield Stop("topic refused", "mentor", "/classes/topics/new/", act=acts.send_an_empty_topic)
    yield Stop("new topic unfolded", "mentor", "/classes/topics/new/", act=acts.unfold_everything)
    yield Stop("not declined", "mentor", teaching, act=acts.decline_without_a_reason)
    active = f"/pairings/{scene.pairings['active'].pk}/"
    yield Stop("contact refused", "mentor", active, act=acts.log_an_empty_contact)
    yield Stop("outcome refused", "mentor", f"{active}outcome/", act=acts.report_nothing)
    yield Stop("no pairings", "new mentor", "/pairings/mine/")
    yield Stop("report refused", "mentor", "/research/reports/new/", act=acts.send_an_empty_report)
    yield Stop("empty desk", "new mentor", "/me/desk/")
    yield Stop("nothing to nominate", "new mentor", "/me/nominations/")
    yield Stop("no score", "new mentor", "/me/score/")
    yield Stop("no own pairings", "new mentor", "/pairings/")
    yield Stop("no reports", "new mentor", "/research/reports/")
    yield Stop("no topics", "new mentor", "/classes/topics/")
    yield Stop("no courseware", "new mentor", "/classes/courseware/")
    yield Stop("upload refused", "mentor", "/classes/courseware/new/", act=acts.upload_nothing)


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

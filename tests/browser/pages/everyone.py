"""The pages of everyone."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote, urlencode

from django.utils import timezone

from tests import duties
from tests.browser.pages import acts
from tests.browser.pages.stop import Stop
from tests.scene import Scene


def of_everyone(scene: Scene) -> Iterator[Stop]:
    """The pages of a person who is not signed in."""
    tomorrow = (timezone.localdate() + timedelta(days=2)).isoformat()
    addresses = {
        "home": "/",
        "schedule": "/classes/",
        "one day": f"/classes/?day={tomorrow}&span=day",
        "everything": f"/search/?q={quote('周')}",
        "everything of a chain": f"/search/?q={quote('工程机械')}",
        "nothing searched for": "/search/",
        "nothing found": f"/search/?q={quote('没有这样的词')}",
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
        "API": "/api/v1/",
        "widget": "/widget/classes/",
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
    yield Stop("sign-in refused", "everyone", "/sign-in/", act=acts.send_an_empty_form)
    yield Stop("code", "everyone", "/sign-in/", act=acts.ask_for_a_code)
    yield Stop("code refused", "everyone", "/sign-in/code/", act=acts.give_a_wrong_code)
    yield Stop("password refused", "everyone", "/account/login/", act=acts.give_a_wrong_password)


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
    yield Stop("slot refused", "owner", f"{free}book/", act=acts.ask_nothing)
    yield Stop("slot sheet", "owner", free, act=acts.open_the_sheet)
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
    yield Stop("clinic sheet", "owner", path["coming"], act=acts.open_the_sheet)
    yield Stop("room", "mentor", f"{path['running']}room/")
    yield Stop("room before the day", "mentor", f"{path['coming']}room/")
    yield Stop("notes", "mentor", f"{path['running']}room/1/")
    yield Stop("room of staff", "staff", f"{path['running']}room/")
    yield Stop("desk of a clinic", "staff", f"/desk/{scene.clinics['running'].pk}/")

"""The pages of a person with bookings, and of one without."""

from collections.abc import Iterator

from tests.browser.pages import acts
from tests.browser.pages.stop import Stop
from tests.scene import Scene


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
        "calendar": "/me/calendar/",
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
    yield Stop("rating refused", "owner", to_rate, act=acts.rate_nothing)
    yield Stop("own rating", "owner", f"/classes/{scene.sessions['rated'].pk}/feedback/")
    claimed = f"/pairings/{scene.pairings['claimed'].pk}/"
    yield Stop("outcome to confirm", "owner", claimed)
    yield Stop("outcome not disputed", "owner", claimed, act=acts.dispute_without_a_reason)
    yield Stop("pairing to end", "owner", f"{claimed}end/")
    for name in ("mine", "late", "waiting", "offered", "past"):
        yield Stop(f"class {name}", "owner", f"/classes/{scene.sessions[name].pk}/")
    code, free = (scene.sessions[name].offering.check_in_code for name in ("today", "free"))
    yield Stop("checked in", "owner", f"/check-in/{code}/")
    yield Stop("check-in refused", "owner", f"/check-in/{free}/")
    yield Stop("forbidden", "owner", "/styleguide/", status=403)
    yield Stop("sheet", "owner", f"/classes/{scene.sessions['free'].pk}/", act=acts.open_the_sheet)
    yield Stop("filter open", "owner", "/classes/", act=acts.open_a_filter)


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
    yield Stop("walk-in refused", "staff", desk, act=acts.note_nobody)
    duty_desk = f"{scene.shifts['running'].get_absolute_url()}desk/"
    yield Stop("duty desk", "staff", duty_desk)
    yield Stop("duty desk closed", "staff", f"{scene.shifts['arranged'].get_absolute_url()}desk/")
    yield Stop("duty walk-in refused", "staff", duty_desk, act=acts.note_nobody)

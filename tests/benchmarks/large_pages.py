"""Run inside the portal's Django: what is measured on a large portal, with its queries. Prints JSON."""

import json
from urllib.parse import urlencode

import django


def main() -> None:
    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from mentor_portal import portal_settings

    pages = []
    for what, path, session_key in paths():
        client = Client(headers={"host": "localhost"})
        if session_key:
            client.cookies[settings.SESSION_COOKIE_NAME] = session_key
        portal_settings.forget()
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
        if response.status_code != 200:
            raise SystemExit(f"{path} answered {response.status_code}")
        pages.append({"what": what, "path": path, "session_key": session_key, "queries": len(queries)})
    print(json.dumps(pages))


def paths() -> list[tuple[str, str, str]]:
    """Return what each page is, its address, and the session of who asks for it ("" for a visitor)."""
    from django.db.models import Count
    from django.urls import reverse
    from django.utils import timezone

    from classrooms.models import ClassSession
    from mentor_portal.accounts.models import User
    from mentor_portal.home.demo import people
    from mentor_portal.reservations.selectors.calendars import secret_of
    from mentor_portal.reservations.services import make_calendar_address
    from mentors.models import Mentor
    from tests.benchmarks.crowd import sign_in

    by_year = ClassSession.objects.values("offering__starts_at__year").annotate(classes=Count("pk"))
    year = by_year.order_by("-classes").first()["offering__starts_at__year"]
    staff = sign_in(User.objects.get(phone=people.SUPERUSER))
    seeker = User.objects.get(phone=people.SEEKER)
    # What visitors see is kept for some seconds; for a person all is done anew.
    person = sign_in(seeker)
    whole_year = {"year": year, "first": 1, "last": 12}
    june = {"year": year, "first": 6, "last": 6}

    def figures(**asked: object) -> str:
        return f"{reverse('statistics:figures')}?{urlencode(asked)}"

    def searched(words: str) -> str:
        return f"{reverse('home:search')}?{urlencode({'q': words})}"

    mentor = Mentor.objects.listed(timezone.localdate()).in_directory_order().last()
    whole, initials = mentor.spelling.split()[:2]
    address = make_calendar_address(person=seeker, by=seeker, at=timezone.now())
    return [
        ("the staff's first page", reverse("admin:index"), staff),
        ("figures of a year by month", figures(**whole_year, by="month"), staff),
        ("figures of a year by chain", figures(**whole_year, by="chain"), staff),
        ("figures of June by month", figures(**june, by="month"), staff),
        ("coverage of the chains", f"{reverse('statistics:coverage')}?{urlencode({'year': year})}", staff),
        ("API: the coming classes", reverse("api:session-list"), ""),
        ("API: 100 mentors", f"{reverse('api:mentor-list')}?page_size=100", ""),
        ("API: all classes of the year", f"{reverse('api:session-list')}?since={year}-01-01", ""),
        ("calendar of the schedule", reverse("classrooms:schedule-calendar"), ""),
        ("calendar of a mentor", reverse("mentors:mentor-calendar", args=[mentor.pk]), ""),
        ("calendar of a person", reverse("reservations:calendar-private", args=[secret_of(address)]), ""),
        ("feed of the classes", reverse("classrooms:session-feed"), ""),
        (f"search for a name ({mentor.name})", searched(mentor.name), person),
        (f"search for a sound ({whole})", searched(whole), person),
        (f"search for initials ({initials})", searched(initials), person),
        ("search for words of an outline", searched("简历 面试"), person),
        ("search for a part of a chain", searched("工程机"), person),
        ("search for what is not there", searched("绝无此词"), person),
    ]


if __name__ == "__main__":
    main()

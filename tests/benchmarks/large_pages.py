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

    from classrooms.models import ClassSession
    from mentor_portal.accounts.models import User
    from mentor_portal.home.demo import people
    from tests.benchmarks.crowd import sign_in

    by_year = ClassSession.objects.values("offering__starts_at__year").annotate(classes=Count("pk"))
    year = by_year.order_by("-classes").first()["offering__starts_at__year"]
    staff = sign_in(User.objects.get(phone=people.SUPERUSER))
    whole, month = {"year": year, "first": 1, "last": 12}, {"year": year, "first": 6, "last": 6}

    def figures(**asked: object) -> str:
        return f"{reverse('statistics:figures')}?{urlencode(asked)}"

    return [
        ("the staff's first page", reverse("admin:index"), staff),
        ("figures of a year by month", figures(**whole, by="month"), staff),
        ("figures of a year by chain", figures(**whole, by="chain"), staff),
        ("figures of June by month", figures(**month, by="month"), staff),
        ("coverage of the chains", f"{reverse('statistics:coverage')}?{urlencode({'year': year})}", staff),
        ("the schedule", reverse("classrooms:session-list"), staff),
        ("feed of the classes", reverse("classrooms:session-feed"), ""),
        ("the directory", reverse("mentors:mentor-list"), staff),
    ]


if __name__ == "__main__":
    main()

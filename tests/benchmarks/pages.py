"""Run inside the portal's Django: count the queries of every public page. Prints JSON."""

import json

import django


def main() -> None:
    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from mentor_portal import portal_settings

    counts = {}
    for path in public_paths():
        client = Client(headers={"host": "localhost"})
        portal_settings.forget()
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
        if response.status_code != 200:
            raise SystemExit(f"{path} answered {response.status_code}")
        counts[path] = len(queries)
    print(json.dumps(counts))


def public_paths() -> list[str]:
    """Return one address of every public page, the fullest where there is a choice."""
    from django.urls import reverse
    from django.utils import timezone

    from classrooms.models import ClassSession
    from mentors.models import Mentor

    session = (
        ClassSession.objects.published()
        .filter(offering__ends_at__gt=timezone.now())
        .order_by("-offering__waiting_count", "pk")
        .first()
    )
    mentor = Mentor.objects.listed(timezone.localdate()).filter(class_sessions=session).first()
    plain = [
        "home:index",
        "classrooms:session-list",
        "mentors:mentor-list",
        "home:privacy",
        "home:terms",
        "home:sitemap",
        "accounts:sign-in",
    ]
    return [
        *map(reverse, plain),
        reverse("classrooms:session-list") + "?q=简历",
        session.get_absolute_url(),
        mentor.get_absolute_url(),
    ]


main()

"""Run inside the portal's Django: count the queries of every public page, by address. Prints JSON."""

import json

import django


def main() -> None:
    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from mentor_portal import portal_settings

    pages = {}
    for name, path in public_paths().items():
        client = Client(headers={"host": "localhost"})
        portal_settings.forget()
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
        if response.status_code != 200:
            raise SystemExit(f"{path} answered {response.status_code}")
        pages[name] = {"path": path, "queries": len(queries)}
    print(json.dumps(pages))


def public_paths() -> dict[str, str]:
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
    return {
        "home": reverse("home:index"),
        "schedule": reverse("classrooms:session-list"),
        "session page": session.get_absolute_url(),
        "search": reverse("classrooms:session-list") + "?q=简历",
        "directory": reverse("mentors:mentor-list"),
        "mentor page": reverse("mentors:mentor-detail", args=[mentor.pk]),
        "privacy": reverse("home:privacy"),
        "terms": reverse("home:terms"),
        "site map": reverse("home:sitemap"),
        "sign-in": reverse("accounts:sign-in"),
    }


if __name__ == "__main__":
    main()

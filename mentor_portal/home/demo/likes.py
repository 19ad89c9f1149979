"""Likes of the demo: some of those who came to a class like its mentor."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from mentor_portal.home.demo.people import SEEKER
from mentor_portal.reservations.models import Offering, Reservation
from mentors.models import Like, Mentor
from mentors.services import like

# How many classes are looked at, and how many of those who came to each like the mentor at most.
CLASSES, MOST = 12, 5
HOURS_LATER = timedelta(hours=3)


def tell(at: datetime, mentor: Mentor) -> None:
    """Let people like mentors, once: the mentor of the sign-ins too, and the job seeker among them."""
    if Like.objects.exists():
        return
    attended = Reservation.objects.filter(
        state=Reservation.State.ATTENDED, offering__state=Offering.State.FINISHED
    )
    classes = Offering.objects.filter(state=Offering.State.FINISHED, class_session__isnull=False)
    of_mentor = classes.hosted_by(mentor.user).values_list("pk", flat=True)
    others = classes.order_by("-starts_at", "-pk").values_list("pk", flat=True)[:CLASSES]
    mine = attended.filter(person__phone=SEEKER, offering__in=classes).order_by("pk")[:1]
    for turn, pk in enumerate(dict.fromkeys([*of_mentor, *others])):
        some = attended.filter(offering=pk).order_by("pk")[: 1 + turn * 2 % MOST if turn else MOST]
        _like(some, at)
    _like(mine, at)


def _like(attended: QuerySet[Reservation], at: datetime) -> None:
    rows = attended.select_related("person", "offering__class_session")
    for row in rows:
        mentor = row.offering.class_session.mentors.first()
        when = min(row.offering.ends_at + HOURS_LATER, at)
        like(mentor=mentor, person=row.person, by=row.person, at=when)

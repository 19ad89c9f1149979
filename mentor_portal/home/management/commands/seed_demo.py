"""``manage.py seed_demo``: people, mentors, six weeks of classes and their bookings to look at and try."""

import unicodedata
from datetime import date, datetime, time
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone

from mentor_portal.accounts.models import User
from mentor_portal.home.demo import people, scale
from mentor_portal.home.demo.scale.plan import ATTENDED, RESERVATIONS
from mentor_portal.home.demo.seeding import go_on, is_up_to_date, refresh_statistics, seed
from mentor_portal.moments import midnight

MENTORS = 10_000
TOLD_EVERY_SECONDS = 10


class Command(BaseCommand):
    help = (
        "Add the demo data that is missing: run twice it changes nothing, run on a later day it adds the "
        "days that have come since."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sign-ins", action="store_true", help="only tell as whom one can sign in")
        parser.add_argument(
            "--scale",
            type=int,
            nargs="?",
            const=MENTORS,
            metavar="MENTORS",
            help=(
                f"for measurements: instead of the demo, a year of so many mentors ({MENTORS:,}), each with "
                f"{RESERVATIONS} reservations, {ATTENDED} of them attended; only where no real people are"
            ),
        )
        parser.add_argument("--today", type=date.fromisoformat, help="seed as on this day: 2026-03-12")
        parser.add_argument("--clock", type=time.fromisoformat, help="seed as at this time of day: 12:00")

    def handle(self, *args: Any, **options: Any) -> None:
        today = options["today"] or timezone.localdate()
        clock = options["clock"] or timezone.localtime().time()
        at = timezone.make_aware(datetime.combine(today, clock))
        if options["scale"] is not None:
            self._fill(options["scale"], today)
            return
        if not options["sign_ins"]:
            self._refuse_among_real_people()
            self._seed(today, at)
            go_on(at)
        self._tell_sign_ins()

    def _refuse_among_real_people(self) -> None:
        """The demo's accounts have a password that everybody knows."""
        is_demo = settings.DEMO or settings.DEBUG or User.objects.filter(phone=people.SUPERUSER).exists()
        if not is_demo and User.objects.exists():
            raise CommandError(
                "This portal has people already; set DEMO=1 to add the demo's accounts anyway."
            )

    def _seed(self, today: date, at: datetime) -> None:
        if is_up_to_date(today):
            self.stdout.write("The demo data is up to date.")
            return
        seeded = seed(today, at)
        self.stdout.write(f"Added {seeded.classes} classes with {seeded.bookings} bookings.")

    def _fill(self, mentors: int, today: date) -> None:
        """Fill an empty portal, or one with the demo alone, with a year for measurements."""
        if mentors < 1:
            raise CommandError("--scale needs at least one mentor.")
        if User.objects.exists() and not User.objects.filter(phone=people.SUPERUSER).exists():
            raise CommandError("This portal has people already; --scale fills an empty one only.")
        if scale.is_made():
            raise CommandError("This portal has a scaled year already; --scale needs an empty one.")
        year = scale.year_before(today)
        began, told = monotonic(), 0.0

        def tell(filled: scale.Filled) -> None:
            nonlocal told
            seconds = monotonic() - began
            if seconds - told >= TOLD_EVERY_SECONDS:
                told = seconds
                self.stdout.write(f"{filled.mentors:,} of {mentors:,} mentors, {seconds:.0f} s")
                self.stdout.flush()

        staff = people.ensure_staff(midnight(date(year, 1, 1)))
        filled = scale.fill(mentors=mentors, year=year, today=today, staff=staff, tell=tell)
        refresh_statistics()
        self.stdout.write(
            f"Filled {year}: {filled.mentors:,} mentors, {filled.reservations:,} reservations, "
            f"{filled.attended:,} of them attended, {monotonic() - began:.0f} s."
        )

    def _tell_sign_ins(self) -> None:
        lines = people.sign_ins(reverse("admin:index"))
        width = max(_width(line.role) for line in lines)
        self.stdout.write("演示账号（验证码会显示在页面上的“演示短信”里）：")
        for line in lines:
            gap = " " * (width - _width(line.role))
            self.stdout.write(f"  {line.role}{gap}  {line.phone}  {line.note}")


def _width(text: str) -> int:
    """Return how many columns a terminal gives a text: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)

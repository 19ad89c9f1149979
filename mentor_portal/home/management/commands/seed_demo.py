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
from mentor_portal.home.demo import people
from mentor_portal.home.demo.seeding import go_on, is_up_to_date, refresh_statistics, seed, seed_further

TOLD_EVERY = 5


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
            default=1,
            help="for measurements: N times the people and classes, with more bookings each",
        )
        parser.add_argument("--today", type=date.fromisoformat, help="seed as on this day: 2026-03-12")
        parser.add_argument("--clock", type=time.fromisoformat, help="seed as at this time of day: 12:00")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["sign_ins"]:
            self._refuse_among_real_people()
            today = options["today"] or timezone.localdate()
            clock = options["clock"] or timezone.localtime().time()
            at = timezone.make_aware(datetime.combine(today, clock))
            self._seed(today, at)
            self._seed_further(today, options["scale"])
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

    def _seed_further(self, today: date, scale: int) -> None:
        began = monotonic()
        bookings = 0
        for copy in range(1, scale):
            bookings += seed_further(copy, today).bookings
            if copy % TOLD_EVERY == 0 or copy == scale - 1:
                seconds = monotonic() - began
                self.stdout.write(f"Copy {copy + 1} of {scale}: {bookings:,} bookings, {seconds:.0f} s")
                self.stdout.flush()
        if bookings:
            refresh_statistics()

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

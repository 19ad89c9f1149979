"""``manage.py check_invariants``: go through the whole database and name what is broken."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from classrooms import invariants as classes
from consultations import invariants as consultations
from mentor_portal.reservations import invariants as reservations
from mentors import invariants as mentors
from research import invariants as research


class Command(BaseCommand):
    help = "Go through the whole database and name every broken invariant; exits 1 where there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        found = [
            *reservations.broken(timezone.now()),
            *classes.broken(),
            *consultations.broken(),
            *research.broken(),
            *mentors.broken(),
        ]
        for sentence in found:
            self.stdout.write(sentence)
        if found:
            raise CommandError(f"{len(found)} broken invariants")
        self.stdout.write("No broken invariant.")

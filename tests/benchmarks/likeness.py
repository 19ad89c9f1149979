"""Measure how copied courseware is found among made decks, and how long it takes; print a Markdown table.

The likeness is measured on texts alone, the time with the portal's own service on PostgreSQL
(DATABASE_URL says where), in a database of the benchmark's own.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

import django

from tests import decks
from tests.benchmarks import databases

os.environ["DATABASE_URL"] = databases.fresh("portal_benchmark_likeness")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentor_portal.settings")
os.environ.setdefault("SECRET_KEY", "for-measuring-only")
os.environ.setdefault("LOG_LEVEL", "ERROR")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from classrooms.models import Courseware, CoursewareVersion, SimilarPair  # noqa: E402
from classrooms.rules.similarity import likeness, sketch_of  # noqa: E402
from classrooms.services import compare_version  # noqa: E402
from tests import courseware, offerings  # noqa: E402

AUTHORS = 9
MANY = (200, 5000)
LINE = 0.40


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/benchmark likeness", description=__doc__)
    parser.add_argument("--many", type=int, nargs="+", default=MANY, help="how many decks to compare with")
    parser.add_argument("--turns", type=int, default=5, help="how often each time is taken")
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    print("| what | measured |")
    print("| --- | --- |")
    for what, measured in (*_found(), *_times(options.many, options.turns)):
        print(f"| {what} | {measured} |")


def _found() -> Iterator[tuple[str, str]]:
    """Copy each of the decks once, and look for what each copy resembles most."""
    originals = decks.originals(AUTHORS)
    copies = [decks.copy_of(deck, len(originals) + deck.number) for deck in originals]
    sketches = {deck.number: sketch_of(deck.text) for deck in [*originals, *copies]}
    lengths = [len(deck.text) for deck in originals]
    yield (
        "made decks",
        f"{len(originals)}: {len(decks.SUBJECTS)} subjects, {AUTHORS} authors of each, "
        f"{min(lengths):,} to {max(lengths):,} characters; and a copy of each",
    )
    found = {
        copy.number: {
            deck.number: likeness(sketches[copy.number], sketches[deck.number]) for deck in originals
        }
        for copy in copies
    }
    right = [
        copy for copy in copies if max(found[copy.number], key=found[copy.number].get) == copy.copied_from
    ]
    yield "copies whose original is the closest of all", f"{len(right)} of {len(copies)}"
    own = [found[copy.number][copy.copied_from] for copy in copies]
    yield "likeness of a copy to its original", f"{min(own):.0%} to {max(own):.0%}"
    pairs = [(one, other) for one in originals for other in originals if one.number < other.number]
    for what, is_same in (("one subject", True), ("different subjects", False)):
        alike = [
            likeness(sketches[one.number], sketches[other.number])
            for one, other in pairs
            if (one.subject == other.subject) == is_same
        ]
        above = sum(each >= LINE for each in alike)
        yield (
            f"likeness of two authors' decks on {what} ({len(alike):,} pairs)",
            f"{statistics.median(alike):.0%}, at most {max(alike):.0%}; {above} not below {LINE:.0%}",
        )


def _times(many: Sequence[int], turns: int) -> Iterator[tuple[str, str]]:
    """Take the time of reading a text and of comparing one new deck with so many earlier ones."""
    text = (decks.originals(1)[0].text * 8)[:10_000]
    yield "sketch of 10,000 characters", _milliseconds(lambda: sketch_of(text), turns)
    earlier = decks.originals(max(many) // len(decks.SUBJECTS) + 1, seed=2)
    shelf, kept = Shelf(), 0
    copy = shelf.keep(decks.copy_of(earlier[0], len(earlier)))
    for count in sorted(many):
        for deck in earlier[kept:count]:
            shelf.keep(deck)
        kept = count
        shelf.analyze()
        what = f"comparing a copy with {count:,} earlier decks and noting the one"
        yield what, _milliseconds(lambda: shelf.compare(copy), turns)


class Shelf:
    """Keeps decks as versions that were read; each author is a mentor with one courseware."""

    def __init__(self) -> None:
        self.works: dict[int, Courseware] = {}

    def keep(self, deck: decks.Deck) -> CoursewareVersion:
        """Keep a deck; a copy is of today, what it copies of last month."""
        if deck.author not in self.works:
            mentor = offerings.make_mentor(f"导师{deck.author}")
            self.works[deck.author] = courseware.kept(mentor, text="")
        at = timezone.now() - timedelta(days=0 if deck.copied_from is not None else 30)
        return courseware.version(self.works[deck.author], deck.text, at, number=2 + deck.number)

    def compare(self, version: CoursewareVersion) -> None:
        """Compare as if for the first time."""
        SimilarPair.objects.all().delete()
        CoursewareVersion.objects.filter(pk=version.pk).update(compared_at=None)
        compare_version(version_pk=version.pk, at=timezone.now())
        assert SimilarPair.objects.count() == 1

    def analyze(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _milliseconds(verb: Callable[[], object], turns: int) -> str:
    """Return the median of the time that passes, and of what the process itself works in it."""
    passed, worked = [], []
    for _turn in range(turns):
        started, begun = time.perf_counter(), time.process_time()
        verb()
        passed.append((time.perf_counter() - started) * 1000)
        worked.append((time.process_time() - begun) * 1000)
    return f"{statistics.median(passed):,.0f} ms, {statistics.median(worked):,.0f} ms of them at work"


if __name__ == "__main__":
    main()

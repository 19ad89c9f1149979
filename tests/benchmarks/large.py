"""Measure pages that add up and list on a large portal, with gunicorn on PostgreSQL; print a Markdown table.

The portal has the demo, and beside it a past year of so many mentors as ``seed_demo --scale`` makes it, in a
database of the benchmark's own (DATABASE_URL says on which server). Each page is asked for by one person
after another, so that the time is what one waits.
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from tests.benchmarks import client, databases, processes

DATABASE = "portal_benchmark_large"
COUNTED = {
    "mentors": "mentors_mentor",
    "classes": "classrooms_classsession",
    "reservations": "reservations_reservation",
}


@dataclass(frozen=True)
class Page:
    """A page to measure: its address, who asks for it, and its queries."""

    what: str
    path: str
    session_key: str
    queries: int


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/benchmark large", description=__doc__)
    parser.add_argument("--mentors", type=int, default=10_000, help="of the past year")
    parser.add_argument("--times", type=int, default=9, help="how often each page is asked for")
    parser.add_argument("--keep", action="store_true", help="take the database of the last time as it is")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        url = databases.url(DATABASE) if options.keep else databases.fresh(DATABASE)
        environment = processes.environment(url, folder)
        processes.run(environment, "manage.py", "prepare")
        if not options.keep:
            _fill(environment, options.mentors)
        sizes = _sizes(url)
        pages = [
            Page(**page)
            for page in json.loads(processes.run(environment, "-m", f"{__package__}.large_pages"))
        ]
        port = processes.free_port()
        stack.enter_context(processes.served(environment, port))
        rows = [(page, _seconds(port, page, options.times)) for page in pages]
    print(f"On {sizes}, each page {options.times} times:\n")
    print("| what | the middle time | the longest | queries |")
    print("| --- | --- | --- | --- |")
    for page, seconds in rows:
        middle, longest = _words(statistics.median(seconds)), _words(max(seconds))
        print(f"| {page.what} | {middle} | {longest} | {page.queries} |")


def _fill(environment: dict[str, str], mentors: int) -> None:
    _say("Filling the demo …")
    processes.run(environment, "manage.py", "seed_demo")
    _say(f"Filling a year of {mentors:,} mentors …")
    processes.run(environment, "manage.py", "seed_demo", "--scale", str(mentors))


def _sizes(url: str) -> str:
    """Tell what the database holds, its statistics brought up to date."""
    connection = databases.connect(url)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        words = []
        for name, table in COUNTED.items():
            cursor.execute(f"SELECT count(*) FROM {table}")
            words.append(f"{cursor.fetchone()[0]:,} {name}")
    connection.close()
    return ", ".join(words)


def _seconds(port: int, page: Page, times: int) -> Sequence[float]:
    """Return how long each answer took, after one that warms up."""
    _say(f"{page.what} …")
    return [client.get_seconds(port, page.path, page.session_key) for _ in range(times + 1)][1:]


def _words(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

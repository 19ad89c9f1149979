"""Measure the portal beside a bare Django project, in one run, turn by turn; print a Markdown table.

PostgreSQL comes from DATABASE_URL (its database is not touched: two of the benchmark's own are made
anew). Both projects run under gunicorn with two workers, the same way.
"""

import argparse
import itertools
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from tests.benchmarks import client, databases, processes, weight

CONNECTIONS = 8
CROWD, SEATS = 200, 30
LESSONS_A_TURN = 10
MEASURED_PAGES = ("home", "schedule", "session page")

PAGE_RATIO, BOOKING_RATIO = 0.60, 0.80
RUSH_SECONDS, PAGE_QUERIES, HOME_KILOBYTES = 2.0, 12, 120


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    what: str
    measured: str
    target: str
    is_met: bool


@dataclass(frozen=True)
class Project:
    """One of the two projects, with the people and the things to book made for the run."""

    name: str
    environment: dict[str, str]
    port: int
    session_keys: list[str]
    targets: list[list[str]]

    def posts(self, day: int, count: int) -> list[client.Post]:
        """The first people's posts, spread over what can be booked on one day."""
        keys = self.session_keys[:count]
        return [client.Post(path, key) for path, key in zip(itertools.cycle(self.targets[day]), keys)]


def main() -> None:
    options = _options()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        _say("Preparing both projects …")
        rush_turns = 1 if options.quick else 3
        bookings = [[CROWD] * LESSONS_A_TURN] * options.turns
        portal = _prepare_portal(folder, days=[*bookings, *[[SEATS]] * rush_turns])
        bare = _prepare_bare(days=bookings)
        pages = json.loads(processes.run(portal.environment, "-m", "tests.benchmarks.pages"))
        for project in (portal, bare):
            package = "mentor_portal" if project is portal else "tests.benchmarks.bare"
            stack.enter_context(processes.served(project.environment, project.port, package))
        lines = [
            *_pages(portal, bare, pages, options),
            _bookings(portal, bare, options),
            *_rush(portal, rush_turns, first_day=options.turns),
            _queries(pages),
            *_weight(portal),
        ]
    _print_table(lines)
    if options.check and not all(line.is_met for line in lines):
        sys.exit(1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/benchmark", description=__doc__)
    parser.add_argument("--check", action="store_true", help="end with status 1 where a target is missed")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter turns: a first look")
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=3, help="for each page and turn")
    parser.add_argument("--posts", type=int, default=CROWD, help="bookings in each turn, 200 at most")
    options = parser.parse_args()
    if options.quick:
        options.turns, options.seconds = 3, 1.5
    return options


# --- Both projects ------------------------------------------------------------------------------


def _prepare_portal(folder: str, days: list[list[int]]) -> Project:
    environment = processes.environment(databases.fresh("portal_benchmark"), folder)
    environment.pop("REDIS_URL", None)
    processes.run(environment, "manage.py", "prepare")
    processes.run(environment, "manage.py", "seed_demo")
    return _with_crowd("portal", environment, days)


def _prepare_bare(days: list[list[int]]) -> Project:
    environment = {
        **os.environ,
        "DATABASE_URL": databases.fresh("portal_benchmark_bare"),
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.bare.settings",
    }
    processes.run(environment, "-m", "django", "migrate", "--verbosity", "0")
    return _with_crowd("bare", environment, days)


def _with_crowd(name: str, environment: dict[str, str], days: list[list[int]]) -> Project:
    arguments = ["-m", "tests.benchmarks.crowd", name, "--people", str(CROWD)]
    made = json.loads(processes.run(environment, *arguments, "--days", json.dumps(days)))
    connection = databases.connect(environment["DATABASE_URL"])
    connection.cursor().execute("VACUUM ANALYZE")
    connection.close()
    return Project(name=name, environment=environment, port=processes.free_port(), **made)


# --- What is measured ---------------------------------------------------------------------------


def _pages(portal: Project, bare: Project, known: dict, options: argparse.Namespace) -> Iterator[Line]:
    """Requests a second of three pages, each turn beside the bare page's of the same turn."""
    pages = {name: known[name]["path"] for name in MEASURED_PAGES}
    rates: dict[str, list[float]] = {name: [] for name in ("bare", *pages)}
    for turn in range(-1, options.turns):
        _say(f"Pages, turn {turn + 1} of {options.turns} …")
        seconds = 1 if turn < 0 else options.seconds
        for name, path in {"bare": "/", **pages}.items():
            port = bare.port if name == "bare" else portal.port
            rate = client.get_rate(port, path, seconds=seconds, connections=CONNECTIONS)
            if turn >= 0:  # the turn before the first warms up
                rates[name].append(rate)
    for name in pages:
        yield _ratio_line(f"{name}, beside the bare page of 50 rows", rates[name], rates["bare"], PAGE_RATIO)


def _bookings(portal: Project, bare: Project, options: argparse.Namespace) -> Line:
    rates: dict[str, list[float]] = {"portal": [], "bare": []}
    for turn in range(options.turns):
        _say(f"Bookings, turn {turn + 1} of {options.turns} …")
        for project in (bare, portal):
            posts = project.posts(turn, options.posts)
            rates[project.name].append(client.post_rate(project.port, posts, connections=CONNECTIONS))
    return _ratio_line(
        "booking, beside the bare POST with lock and insert", rates["portal"], rates["bare"], BOOKING_RATIO
    )


def _rush(portal: Project, turns: int, first_day: int) -> Iterator[Line]:
    """A crowd books a small class at one moment; afterwards the seats must be right."""
    seconds, outcomes = [], []
    for turn in range(turns):
        _say(f"The rush, turn {turn + 1} of {turns} …")
        day = first_day + turn
        seconds.append(client.post_all_at_once(portal.port, portal.posts(day, CROWD)))
        outcomes.append(_outcome(portal, *portal.targets[day]))
    what = f"{CROWD} people for {SEATS} seats, until all have an answer"
    median = statistics.median(seconds)
    yield Line(what, f"{median:.2f} s", f"≤ {RUSH_SECONDS:.0f} s", median <= RUSH_SECONDS)
    wanted = {"confirmed": SEATS, "waitlisted": CROWD - SEATS}
    words = ", ".join(f"{count} {state}" for state, count in sorted(outcomes[-1].items()))
    is_right = all(outcome == wanted for outcome in outcomes)
    yield Line("… and what they got", words, f"{SEATS} confirmed, {CROWD - SEATS} waitlisted", is_right)


def _outcome(portal: Project, path: str) -> dict[str, int]:
    connection = databases.connect(portal.environment["DATABASE_URL"])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state, count(*) FROM reservations_reservation WHERE offering_id = %s GROUP BY state",
            [int(path.strip("/").split("/")[1])],
        )
        outcome = dict(cursor.fetchall())
    connection.close()
    return outcome


def _queries(pages: dict[str, dict]) -> Line:
    name, page = max(pages.items(), key=lambda item: item[1]["queries"])
    most = page["queries"]
    measured = f"{most} ({name}; {len(pages)} pages looked at)"
    return Line("queries of a public page, at most", measured, f"≤ {PAGE_QUERIES}", most <= PAGE_QUERIES)


def _weight(portal: Project) -> Iterator[Line]:
    home = weight.weigh(portal.port, "/")
    kilobytes = home.total / 1024
    yield Line(
        f"home page with all it loads, gzipped ({len(home.sizes)} files)",
        f"{kilobytes:.0f} KB",
        f"≤ {HOME_KILOBYTES} KB",
        kilobytes <= HOME_KILOBYTES,
    )
    yield Line("requests to other hosts", str(len(home.foreign)), "0", not home.foreign)


# --- Words --------------------------------------------------------------------------------------


def _ratio_line(what: str, rates: Sequence[float], bare_rates: Sequence[float], target: float) -> Line:
    """Compare turn by turn; the median of the ratios is what counts."""
    ratio = statistics.median(ours / bare for ours, bare in zip(rates, bare_rates, strict=True))
    measured = f"{ratio:.0%} ({statistics.median(rates):.0f} / {statistics.median(bare_rates):.0f} a second)"
    return Line(what, measured, f"≥ {target:.0%}", ratio >= target)


def _print_table(lines: Sequence[Line]) -> None:
    print("| what | measured | target | |")
    print("| --- | --- | --- | --- |")
    for line in lines:
        print(f"| {line.what} | {line.measured} | {line.target} | {'met' if line.is_met else 'missed'} |")


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

"""Measure a year's ranking by real workers beside one hand-written statement; print a Markdown table.

Each number of mentors has a PostgreSQL database of the benchmark's own (DATABASE_URL says on which server),
filled by ``seed_demo --scale``. Two workers and the clock run as in production; the broker is that of
REDIS_URL, or the one in a folder. What the run keeps of every mentor must be what the statement says, or
there is no figure.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.benchmarks import databases, processes

WORKERS = 2
STATEMENT = Path(__file__).with_suffix(".sql").read_text()
# The columns of the statement that are lines of a score card.
LINES = (
    *("teaching_skill", "class_organisation", "class_control", "participation", "placements"),
    *("likes", "bookings", "survey", "research", "bonus"),
)
MEGABYTES, RATIO, GROWTH = 500, 25, 12
RUN_WITHIN_SECONDS = 600
KILO = 1024
TICK = 0.02


@dataclass(frozen=True)
class Turn:
    """One run in seconds: from its start to the result, from its first work on, and on the processor."""

    seconds: float
    work: float
    processor: float


@dataclass
class Measured:
    """What was measured with so many mentors."""

    mentors: int
    reservations: int
    attended: int
    turns: list[Turn] = field(default_factory=list)
    statements: list[float] = field(default_factory=list)
    peak_megabytes: float = 0
    queries: tuple[int, int] = (0, 0)

    def median(self, what: str) -> float:
        return statistics.median(getattr(turn, what) for turn in self.turns)

    @property
    def statement(self) -> float:
        return statistics.median(self.statements)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/benchmark ranking", description=__doc__)
    parser.add_argument("--mentors", type=int, nargs="+", default=[1000, 10_000], help="how many are ranked")
    parser.add_argument("--turns", type=int, default=5, help="how often each is ranked")
    parser.add_argument("--check", action="store_true", help="end with status 1 where a target is missed")
    parser.add_argument("--keep", action="store_true", help="take the databases of the last time as they are")
    options = parser.parse_args()
    measured = [_measure(mentors, options.turns, options.keep) for mentors in sorted(options.mentors)]
    lines = [*_lines(measured)]
    print("| what | measured | target | |")
    print("| --- | --- | --- | --- |")
    for what, figure, target, is_met in lines:
        print(f"| {what} | {figure} | {target} | {_verdict(is_met)} |")
    if options.check and any(is_met is False for *_, is_met in lines):
        sys.exit(1)


def _measure(mentors: int, turns: int, is_kept: bool) -> Measured:
    name = f"portal_benchmark_ranking_{mentors}"
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        url = databases.url(name) if is_kept else databases.fresh(name)
        environment = processes.environment(url, folder)
        processes.run(environment, "manage.py", "migrate", "--verbosity", "0")
        processes.run(environment, "manage.py", "createcachetable")
        if not is_kept:
            _say(f"Filling a year of {mentors:,} mentors …")
            processes.run(environment, "manage.py", "seed_demo", "--scale", str(mentors))
        connection = databases.connect(url)
        stack.callback(connection.close)
        _ask(connection, "VACUUM ANALYZE")
        measured = _counted(connection, mentors)
        workers = stack.enter_context(_workers(environment))
        for turn in range(turns + 1):
            _say(f"{mentors:,} mentors, turn {turn} of {turns} …")
            found = _run(connection, environment, workers)
            statement, rows = _timed(connection)
            _compare(connection, rows)
            if turn:  # the turn before the first warms up
                measured.turns.append(found)
                measured.statements.append(statement)
        measured.queries = _gathering_queries(environment)
        measured.peak_megabytes = max(_peak_kilobytes(pid) for pid in workers) / KILO
    return measured


def _counted(connection: Any, mentors: int) -> Measured:
    [[rows, attended]] = _ask(
        connection,
        "SELECT count(*), count(*) FILTER (WHERE state = 'attended') FROM reservations_reservation",
    )
    return Measured(mentors, rows, attended)


# --- The run by real workers --------------------------------------------------------------------


@contextmanager
def _workers(environment: dict[str, str]) -> Iterator[list[int]]:
    """Run the workers and the clock; yield the process that does the work of each worker."""
    celery = [sys.executable, "-W", "ignore", "-m", "celery", "--quiet", "--app", "mentor_portal"]
    quiet = ["--loglevel", "ERROR"]
    commands = [[*celery, "worker", "--concurrency", "1", "-n", f"w{n}@%h", *quiet] for n in range(WORKERS)]
    commands.append([*celery, "beat", *quiet])
    started = [subprocess.Popen(each, env=environment, stdout=subprocess.DEVNULL) for each in commands]
    try:
        yield [_child_of(each.pid) for each in started[:WORKERS]]
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(60)


def _run(connection: Any, environment: dict[str, str], workers: Sequence[int]) -> Turn:
    """Start a run and wait until the workers have ended it."""
    before = sum(map(_processor_seconds, workers))
    processes.run(environment, "manage.py", "shell", "-c", START)
    until = time.monotonic() + RUN_WITHIN_SECONDS
    while time.monotonic() < until:
        [row] = _ask(connection, LAST_RUN)
        state, seconds, work = row
        if state == "done":
            return Turn(float(seconds), float(work), sum(map(_processor_seconds, workers)) - before)
        if state in ("failed", "cancelled"):
            raise SystemExit(f"the run ended as {state}")
        time.sleep(TICK)
    raise SystemExit("the workers did not end the run")


START = """
from django.utils import timezone
from evaluation.models import EvaluationYear
from evaluation.services import start_draft
year = EvaluationYear.objects.filter(entries__isnull=False).first()
start_draft(year=year, at=timezone.now())
"""
LAST_RUN = """
    SELECT state, extract(epoch FROM ended_at - created_at), extract(epoch FROM ended_at - begun_at)
    FROM evaluation_rankingrun ORDER BY id DESC LIMIT 1
"""


def _child_of(pid: int) -> int:
    """Return the process that a worker has begun for the tasks, once it is there."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        if children:
            return int(children[0])
        time.sleep(0.1)
    raise SystemExit("the worker does not come up")


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _peak_kilobytes(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])


def _gathering_queries(environment: dict[str, str]) -> tuple[int, int]:
    """Return the queries of gathering the evidence of ten mentors, and of all."""
    few, all_of_them = processes.run(
        environment, "manage.py", "shell", "--verbosity", "0", "-c", GATHER
    ).split()
    return int(few), int(all_of_them)


GATHER = """
from django.db import connection
from django.test.utils import CaptureQueriesContext
from evaluation.models import RankingRun
from evaluation.selectors import gather, mentors_of
run = RankingRun.objects.select_related("year").latest("pk")
everybody = mentors_of(run.year)
few = everybody.filter(pk__in=list(everybody.values_list("pk", flat=True)[:10]))
for mentors in (few, everybody):
    with CaptureQueriesContext(connection) as queries:
        gather(run.year, mentors, run)
    print(len(queries))
"""


# --- The statement ------------------------------------------------------------------------------


def _timed(connection: Any) -> tuple[float, list[dict[str, Any]]]:
    """Return how long the statement takes, its rows fetched, and the rows."""
    [[year]] = _ask(connection, YEAR)
    with connection.cursor() as cursor:
        began = time.perf_counter()
        cursor.execute(STATEMENT, {"year": year})
        rows = cursor.fetchall()
        seconds = time.perf_counter() - began
        names = [column.name for column in cursor.description]
    return seconds, [dict(zip(names, row, strict=True)) for row in rows]


YEAR = """
    SELECT y.year FROM evaluation_rankingrun r JOIN evaluation_evaluationyear y ON y.id = r.year_id
    ORDER BY r.id DESC LIMIT 1
"""


def _compare(connection: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Refuse where the run has another mentor, line or total than the statement."""
    cards = _ask(
        connection,
        "SELECT mentor_id, lines, total FROM evaluation_runcard"
        " WHERE run_id = (SELECT max(id) FROM evaluation_rankingrun)",
    )
    said = {row["mentor"]: ([row[key] for key in LINES], row["total"]) for row in rows}
    kept = {}
    for mentor, lines, total in cards:
        points = {key: Decimal(line["points"]) for key, line in lines.items()}
        kept[mentor] = ([points[key] for key in LINES], total - points["courseware"])
    if said != kept:
        different = [mentor for mentor in said.keys() | kept.keys() if said.get(mentor) != kept.get(mentor)]
        first = min(different)
        raise SystemExit(
            f"{len(different)} mentors differ; mentor {first}: {said.get(first)}, {kept.get(first)}"
        )


# --- Words --------------------------------------------------------------------------------------

Line = tuple[str, str, str, bool | None]


def _lines(measured: Sequence[Measured]) -> Iterator[Line]:
    for each in measured:
        who = f"{each.mentors:,} mentors"
        rows = f"{each.reservations:,} reservations, {each.attended:,} of them attended"
        seconds, work, processor = map(each.median, ("seconds", "work", "processor"))
        yield f"{who} ({rows}), from the start to the result", f"{seconds:.1f} s", "", None
        yield (
            f"… of which work of the {WORKERS} workers",
            f"{work:.1f} s, {processor:.1f} s on the processor",
            "",
            None,
        )
        yield f"{who}, one hand-written statement", f"{each.statement:.2f} s", "", None
        ratio = seconds / each.statement
        is_met = ratio <= RATIO if each is measured[-1] else None
        target = f"≤ {RATIO} ×" if each is measured[-1] else ""
        yield f"{who}, the run beside the statement", f"{ratio:.1f} ×", target, is_met
    queries = [number for each in measured for number in each.queries]
    numbers = ", ".join(["10", *(f"{each.mentors:,}" for each in measured)])
    yield (
        f"queries of gathering, of {numbers} mentors",
        " to ".join(map(str, sorted({min(queries), max(queries)}))),
        "the same",
        len(set(queries)) == 1,
    )
    peak = max(each.peak_megabytes for each in measured)
    yield "peak memory of a worker", f"{peak:.0f} MB", f"< {MEGABYTES} MB", peak < MEGABYTES
    if len(measured) > 1:
        yield from _growth(measured[0], measured[-1])


def _growth(few: Measured, many: Measured) -> Iterator[Line]:
    for what, words in (("seconds", "from the start to the result"), ("processor", "on the processor")):
        growth = many.median(what) / few.median(what)
        name = f"growth from {few.mentors:,} to {many.mentors:,} mentors, {words}"
        yield name, f"{growth:.1f} ×", f"≤ {GROWTH} ×", growth <= GROWTH


def _verdict(is_met: bool | None) -> str:
    return {True: "met", False: "missed", None: ""}[is_met]


def _ask(connection: Any, statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

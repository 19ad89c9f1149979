"""Leaves out the tests that this machine cannot run, and says so at the end of the run.

A test names what it needs by a mark. With ``CI=true`` or ``PORTAL_REQUIRE_ALL=1`` nothing may be
missing but what belongs to the other database's run.
"""

import os
from collections import Counter

import pytest
from django.conf import settings

from tests import chromium

REASONS = {
    "postgres": "need PostgreSQL; set DATABASE_URL=postgres://…",
    "redis": "need Redis; set REDIS_URL=redis://…",
    "sqlite": "are about SQLite; run without DATABASE_URL",
    "browser": "need a Chromium; install it or set CHROMIUM to its path",
}
_left_out = pytest.StashKey[Counter]()


def _is_sqlite() -> bool:
    return settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


def _is_missing(need: str) -> bool:
    match need:
        case "postgres":
            return _is_sqlite()
        case "sqlite":
            return not _is_sqlite()
        case "redis":
            return not settings.REDIS_URL
        case _:
            return chromium.find() is None


def _may_be_missing(need: str) -> bool:
    """Tell whether a run that must be complete may do without: the other database's run has it."""
    return need == "sqlite" or (need in ("postgres", "redis") and _is_sqlite())


def _must_be_complete() -> bool:
    return os.environ.get("CI") == "true" or os.environ.get("PORTAL_REQUIRE_ALL") == "1"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    missing = [need for need in REASONS if _is_missing(need)]
    kept, dropped, counts = [], [], Counter()
    for item in items:
        need = next((need for need in missing if item.get_closest_marker(need)), None)
        (dropped if need else kept).append(item)
        if need:
            counts[need] += 1
    forbidden = [need for need in counts if _must_be_complete() and not _may_be_missing(need)]
    if forbidden:
        raise pytest.UsageError("; ".join(f"{counts[need]} tests {REASONS[need]}" for need in forbidden))
    config.stash[_left_out] = counts
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept


def pytest_sessionfinish(session: pytest.Session) -> None:
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["left_out"] = dict(session.config.stash.get(_left_out, {}))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Every process of a parallel run collects the same tests: the last one's count is the count."""
    left_out = getattr(node, "workeroutput", {}).get("left_out")
    if left_out is not None:
        node.config.stash[_left_out] = Counter(left_out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for need, count in config.stash.get(_left_out, Counter()).items():
        terminalreporter.write_line(f"left out: {count} tests that {REASONS[need]}", yellow=True)

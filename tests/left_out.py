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


def _need_of(item: pytest.Item) -> str | None:
    """Return what the test needs and does not have here."""
    return next((need for need in REASONS if item.get_closest_marker(need) and _is_missing(need)), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    kept, dropped, counts = [], [], Counter()
    for item in items:
        need = _need_of(item)
        if need is None or (_must_be_complete() and not _may_be_missing(need)):
            kept.append(item)
        else:
            dropped.append(item)
            counts[need] += 1
    config.stash[_left_out] = counts
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Fail what was kept although it cannot run here: the run must be complete."""
    need = _need_of(item)
    if need:
        pytest.fail(f"This run may leave nothing out; such tests {REASONS[need]}.", pytrace=False)


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

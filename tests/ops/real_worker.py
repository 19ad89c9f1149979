"""A real worker with its clock over the test database, each task due every second."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.races import server

COMES_BACK_WITHIN_SECONDS = 40


@contextmanager
def worker(redis_url: str, app: str = "tests.ops.quick_worker") -> Iterator[subprocess.Popen]:
    """Run the worker; without an address of Redis, with the broker in the folder of the test run."""
    environment = {
        **os.environ,
        "DATABASE_URL": server.database_url(),
        "REDIS_URL": redis_url,
    }
    arguments = f"celery --quiet --app {app} worker --beat --concurrency 1 --loglevel CRITICAL"
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", *arguments.split()], env=environment, start_new_session=True
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def wait_until(is_true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + COMES_BACK_WITHIN_SECONDS
    while not is_true():
        assert time.monotonic() < deadline, "the worker did not do its work in time"
        time.sleep(0.2)

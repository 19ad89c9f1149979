"""Real workers with their clock over the test database."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.races import server

LEASE_SECONDS = 3


@contextmanager
def worker(redis_url: str, carrier: Path) -> Iterator[subprocess.Popen]:
    """Run a worker that sends by the counting carrier; it is ended with all its processes."""
    environment = {
        **os.environ,
        "DATABASE_URL": server.database_url(),
        "REDIS_URL": redis_url,
        "SMS_BACKEND": "tests.notifications.carriers.CountingBackend",
        "CARRIER_FOLDER": str(carrier),
        "DELIVERY_LEASE_SECONDS": str(LEASE_SECONDS),
    }
    arguments = (
        "celery --quiet --app tests.ops.quick_worker worker --beat --concurrency 1 --loglevel CRITICAL"
    )
    command = [sys.executable, "-W", "ignore", "-m", *arguments.split()]
    process = subprocess.Popen(command, env=environment, cwd=server.ROOT, start_new_session=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(40)


def kill(process: subprocess.Popen) -> None:
    """End a worker, its clock and its children at once, as a power cut does."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)

"""Processes of the benchmarks: the portal's commands, and gunicorn that serves a project."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

# Plain synchronous workers: threads would wait for each other in the interpreter while they hold locks.
GUNICORN = ["--workers", "2", "--preload", "--log-level", "warning"]


def environment(url: str, folder: str) -> dict[str, str]:
    """Return what the portal needs to run as in production, on this database and folder."""
    return {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "mentor_portal.settings",
        "SECRET_KEY": "for-measuring-only",
        "VAR_DIR": folder,
        "DEBUG": "0",
        "DEMO": "0",
        "HTTPS": "0",
        "LOG_LEVEL": "ERROR",
    }


def run(environment: Mapping[str, str], *arguments: str) -> str:
    """Run Python with these arguments and return what it printed."""
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout


@contextmanager
def served(environment: Mapping[str, str], port: int, package: str = "mentor_portal") -> Iterator[None]:
    """Serve the project of a package with gunicorn until the block ends."""
    arguments = ["-m", "gunicorn", f"{package}.wsgi", "--bind", f"127.0.0.1:{port}", *GUNICORN]
    server = subprocess.Popen([sys.executable, *arguments], env=environment)
    try:
        _wait_for(port)
        yield
    finally:
        server.terminate()
        server.wait(30)


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("gunicorn does not come up")

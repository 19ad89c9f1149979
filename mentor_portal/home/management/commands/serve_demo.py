"""The demo: prepared, seeded, and served by a real worker and a real web server until it is stopped."""

import ctypes
import io
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection

STOPPING_MAY_TAKE_SECONDS = 10

WORKER = (
    "celery --quiet --app mentor_portal worker --beat --concurrency 1 --loglevel WARNING"
    " --without-gossip --without-mingle --without-heartbeat"
)
WEB = "gunicorn mentor_portal.wsgi --preload --workers 2 --threads 4 --log-level warning --bind {host}:{port}"


class Command(BaseCommand):
    help = "Prepare, seed and serve the demo on HOST and PORT; bin/demo calls this."
    requires_system_checks = ()

    def handle(self, **options: object) -> None:
        _stop_on_signals()
        try:
            self._serve(os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000"))
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")

    def _serve(self, host: str, port: str) -> None:
        call_command("prepare")
        self.stdout.write("Adding the demo data that is missing …")
        call_command("seed_demo", stdout=io.StringIO())
        connection.close()
        commands = {"worker": WORKER, "web server": WEB.format(host=host, port=port)}
        with _running(commands) as children:
            address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/"
            _wait_until_served(address, children)
            self.stdout.write(f"\n职业导师课堂: {address}\n")
            call_command("seed_demo", sign_ins=True)
            self.stdout.write("Ctrl-C stops it (it may take five seconds).")
            self.stdout.flush()
            _wait_while_all_run(children)


def _stop_on_signals() -> None:
    """Turn Ctrl-C, TERM and a closed terminal (not under nohup) into KeyboardInterrupt."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.default_int_handler)


@contextmanager
def _running(commands: dict[str, str]) -> Iterator[dict[str, subprocess.Popen]]:
    """Run the commands as Python modules, apart from the terminal's Ctrl-C; stop all at the end."""
    children = {}
    try:
        for name, command in commands.items():
            arguments = [sys.executable, "-W", "ignore", "-m", *command.split()]
            children[name] = subprocess.Popen(arguments, start_new_session=True, preexec_fn=_end_with_parent)
        yield children
    finally:
        _stop(children.values())


def _end_with_parent() -> None:
    """Where the system can (Linux), have the child ended when the demo itself is killed."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


def _stop(children: Iterable[subprocess.Popen]) -> None:
    """Ask every child to end, and end those that do not."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    running = [child for child in children if child.poll() is None]
    for child in running:
        child.terminate()
    deadline = time.monotonic() + STOPPING_MAY_TAKE_SECONDS
    for child in running:
        try:
            child.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _wait_until_served(address: str, children: dict[str, subprocess.Popen]) -> None:
    while True:
        _refuse_if_one_ended(children)
        try:
            urllib.request.urlopen(address, timeout=30).close()
        except urllib.error.HTTPError:
            return  # an answer, if not a good one
        except OSError:
            time.sleep(0.1)
        else:
            return


def _wait_while_all_run(children: dict[str, subprocess.Popen]) -> None:
    while True:
        _refuse_if_one_ended(children)
        time.sleep(0.3)


def _refuse_if_one_ended(children: dict[str, subprocess.Popen]) -> None:
    """CommandError where a child has ended by itself: the demo is whole or not there."""
    for name, child in children.items():
        if child.poll() is not None:
            raise CommandError(f"The {name} ended by itself (status {child.returncode}); the demo stops.")

"""A real gunicorn over the test database, and many people who press the button at once."""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.urls import reverse

from mentor_portal.accounts.models import User

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN_SECONDS = 30
CSRF = "a" * 32


@contextmanager
def portal(app: str = "mentor_portal.wsgi:application", workers: int = 2, threads: int = 8) -> Iterator[int]:
    """Serve the portal on a free port; yields the port."""
    port = _free_port()
    command = [
        sys.executable, "-m", "gunicorn", app, "--bind", f"127.0.0.1:{port}",
        "--workers", str(workers), "--threads", str(threads), "--backlog", "512",
        "--log-level", "warning",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "DATABASE_URL": database_url()})
    try:
        _wait_until_it_answers(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def database_url() -> str:
    """Return the address of the test database that this process uses."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    login = quote(values["USER"]) + (f":{quote(values['PASSWORD'])}" if values["PASSWORD"] else "")
    return f"postgres://{login}@{values['HOST'] or 'localhost'}:{values['PORT'] or 5432}/{values['NAME']}"


def sign_in(people: Sequence[User]) -> dict[int, str]:
    """Return a session key for each person, as signing in would make it."""
    keys = {}
    for person in people:
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.create()
        keys[person.pk] = session.session_key
    return keys


def post_at_once(port: int, posts: Sequence[tuple[str, str]], body: str = "") -> list[tuple[int, str]]:
    """Send (session key, path) pairs at the same moment; returns each status and where it leads."""
    return _ask_at_once(port, "POST", posts, body)


def get_at_once(port: int, gets: Sequence[tuple[str, str]]) -> list[tuple[int, str]]:
    """Ask for (session key, path) pairs at the same moment; returns each status and where it leads."""
    return _ask_at_once(port, "GET", gets, "")


def _ask_at_once(
    port: int, method: str, asked: Sequence[tuple[str, str]], body: str
) -> list[tuple[int, str]]:
    gate = threading.Barrier(len(asked))
    answers: list[tuple[int, str]] = [(0, "")] * len(asked)

    def send(number: int, key: str, path: str) -> None:
        gate.wait()
        answers[number] = _ask(port, method, key, path, body)

    threads = [
        threading.Thread(target=send, args=(number, key, path)) for number, (key, path) in enumerate(asked)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _ask(port: int, method: str, key: str, path: str, body: str) -> tuple[int, str]:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={key}; {settings.CSRF_COOKIE_NAME}={CSRF}",
        "X-CSRFToken": CSRF,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    try:
        client.request(method, path, body=body, headers=headers)
        response = client.getresponse()
        response.read()
        return response.status, response.headers.get("Location", "")
    finally:
        client.close()


def _wait_until_it_answers(port: int, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"gunicorn ended with {server.returncode}")
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            client.request("GET", reverse("healthz"))
            client.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
        finally:
            client.close()
    raise RuntimeError("gunicorn did not answer in time")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]

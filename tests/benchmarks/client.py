"""A small load client: a few threads with kept connections, and a crowd that posts at one moment."""

import http.client
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

CSRF_TOKEN = "benchmarkbenchmarkbenchmarkbench"
PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Post:
    """A signed-in person's POST to a path."""

    path: str
    session_key: str

    def send(self, connection: http.client.HTTPConnection) -> int:
        """Send it and return the status of the answer."""
        headers = {
            "Cookie": f"sessionid={self.session_key}; csrftoken={CSRF_TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection.request("POST", self.path, f"csrfmiddlewaretoken={CSRF_TOKEN}", headers)
        response = connection.getresponse()
        response.read()
        return response.status


def get_rate(port: int, path: str, *, seconds: float, connections: int) -> float:
    """Return how many times a second the page is answered; RuntimeError where one is not 200."""
    until = time.monotonic() + seconds

    def load() -> int:
        connection, count = _connect(port), 0
        while time.monotonic() < until:
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
            if response.status != 200:
                raise RuntimeError(f"{path} answered {response.status}")
            count += 1
        connection.close()
        return count

    started = time.monotonic()
    with ThreadPoolExecutor(connections) as pool:
        counts = list(pool.map(lambda _: load(), range(connections)))
    return sum(counts) / (time.monotonic() - started)


def get_seconds(port: int, path: str, session_key: str = "") -> float:
    """Return how long the page took for whoever has the session; RuntimeError where it is not 200."""
    headers = {"Cookie": f"sessionid={session_key}"} if session_key else {}
    connection = _connect(port)
    started = time.monotonic()
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    response.read()
    seconds = time.monotonic() - started
    connection.close()
    if response.status != 200:
        raise RuntimeError(f"{path} answered {response.status}")
    return seconds


def post_rate(port: int, posts: Sequence[Post], *, connections: int) -> float:
    """Return how many posts a second are answered; RuntimeError where one is not a redirect."""

    def load(share: Sequence[Post]) -> Counter:
        connection = _connect(port)
        statuses = Counter(post.send(connection) for post in share)
        connection.close()
        return statuses

    started = time.monotonic()
    with ThreadPoolExecutor(connections) as pool:
        statuses = sum(pool.map(load, (posts[start::connections] for start in range(connections))), Counter())
    seconds = time.monotonic() - started
    _refuse_all_but_redirects(statuses)
    return len(posts) / seconds


def post_all_at_once(port: int, posts: Sequence[Post]) -> float:
    """Return the seconds until every one of the crowd, each on a connection of their own, has an answer."""
    start_together = threading.Barrier(len(posts) + 1)

    def act(post: Post) -> int:
        connection = _connect(port)
        start_together.wait()
        status = post.send(connection)
        connection.close()
        return status

    with ThreadPoolExecutor(len(posts)) as pool:
        answers = [pool.submit(act, post) for post in posts]
        start_together.wait()
        started = time.monotonic()
        statuses = Counter(answer.result() for answer in answers)
    seconds = time.monotonic() - started
    _refuse_all_but_redirects(statuses)
    return seconds


def _connect(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)


def _refuse_all_but_redirects(statuses: Counter) -> None:
    if set(statuses) != {302}:
        raise RuntimeError(f"not every post was answered with a redirect: {dict(statuses)}")

"""One Chromium for all browser tests of a process, and a scene with people and classes."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.db import DEFAULT_DB_ALIAS, connections
from playwright.sync_api import Browser, sync_playwright

from tests import chromium
from tests import scene as scenes
from tests.browser.visitor import Visitor

FLAGS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="package")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """Start the Chromium.

    While it runs, its event loop runs in this thread: Django must not mind, and gives the thread
    another connection, which needs what a test with real transactions puts back at its start.
    """
    rows = connections[DEFAULT_DB_ALIAS]._test_serialized_contents
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        connections[DEFAULT_DB_ALIAS]._test_serialized_contents = rows
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=FLAGS)
        yield browser
        browser.close()
        connections.close_all()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def scene(browser: Browser, transactional_db: None) -> scenes.Scene:
    return scenes.build()


@pytest.fixture
def visit(browser: Browser, live_server) -> Iterator[Callable[..., Visitor]]:
    """``visit(person=None, width=390, …)``: somebody with a browser of their own.

    What the browser complained about at any visit fails the test at its end.
    """
    visitors = []

    def start(**how: object) -> Visitor:
        visitors.append(Visitor(browser, live_server.url, **how))
        return visitors[-1]

    yield start
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for visitor in visitors:
        visitor.context.close()
    assert not complaints, "\n".join(complaints)

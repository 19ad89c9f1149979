"""The classes on a page of another origin: shown where its host is listed, else refused by the browser."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from constance import config
from playwright.sync_api import Browser, Page, expect

from tests import offerings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BY_SCRIPT = '<script async src="{portal}/widget.js" data-count="3" data-q="面试"></script>'
BY_FRAME = '<iframe src="{portal}/widget/classes/" title="职业导师课堂" width="100%" height="600"></iframe>'


class _OtherSite(BaseHTTPRequestHandler):
    def __init__(self, body: str, *args: object) -> None:
        self.body = body
        super().__init__(*args)

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"<!DOCTYPE html><title>人才网</title><h1>人才网</h1>{self.body}".encode())

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def other_site(live_server) -> Iterator:
    """``other_site(html)``: the address of a page on another origin, with its host and port."""
    servers = []

    def serve(body: str) -> str:
        body = body.format(portal=live_server.url)
        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), partial(_OtherSite, body)))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"127.0.0.1:{servers[-1].server_port}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    yield context.new_page()
    context.close()


def frame_of(page: Page):
    return page.frame_locator("iframe")


@pytest.mark.parametrize("body", [BY_SCRIPT, BY_FRAME], ids=["script", "frame"])
def test_listed_site_shows_the_classes(other_site, page, live_server, body):
    session = offerings.make_session(title="面试技巧三讲")
    config.WIDGET_HOSTS = host = other_site(body)
    page.goto(f"http://{host}/")
    link = frame_of(page).get_by_role("link", name="面试技巧三讲")
    expect(link).to_be_visible()
    with page.context.expect_page() as opened:
        link.click()
    assert opened.value.url == f"{live_server.url}/classes/{session.pk}/"


def test_frame_is_as_high_as_what_it_holds(other_site, page):
    for number in range(3):
        offerings.make_session(title=f"面试技巧第{number}讲")
    config.WIDGET_HOSTS = host = other_site(BY_SCRIPT)
    page.goto(f"http://{host}/")
    frame = page.locator("iframe")
    expect(frame).not_to_have_attribute("height", "420")
    inside = frame_of(page).locator("body").evaluate("body => body.getBoundingClientRect().height")
    assert abs(frame.bounding_box()["height"] - inside) <= 2
    assert frame_of(page).locator("html").evaluate("html => html.scrollWidth <= html.clientWidth")


@pytest.mark.parametrize("body", [BY_SCRIPT, BY_FRAME], ids=["script", "frame"])
def test_site_that_is_not_listed_is_refused_by_the_browser(other_site, page, live_server, body):
    offerings.make_session(title="面试技巧三讲")
    config.WIDGET_HOSTS = "www.example.com"
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(f"http://{other_site(body)}/")
    if body is BY_SCRIPT:
        link = page.get_by_role("link", name="职业导师课堂：查看近期课堂")
        expect(link).to_have_attribute("href", f"{live_server.url}/classes/")
        expect(page.locator("iframe")).to_have_count(0)
    else:
        page.wait_for_timeout(1500)
        expect(frame_of(page).get_by_text("面试技巧三讲")).to_have_count(0)
    assert any("frame-ancestors" in each for each in refused), refused

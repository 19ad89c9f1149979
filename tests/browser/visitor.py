"""A person with a browser: opens pages, taps, types, and keeps what the browser complains about."""

from urllib.parse import urlsplit

from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response

from mentor_portal.accounts.models import User

PHONE_HEIGHT, DESKTOP_HEIGHT, FIRST_DESKTOP_WIDTH = 844, 900, 800
# Chromium writes a line for each answer from 400 on, also where the page is meant to be one.
STATUS_LINE = "Failed to load resource"
TELL_OF_POLICY_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
});
"""


class Visitor:
    """One browser context; ``taps`` counts what was tapped since the visitor was made."""

    def __init__(
        self,
        browser: Browser,
        base_url: str,
        *,
        person: User | None = None,
        width: int = 390,
        javascript: bool = True,
        elder: bool = False,
    ) -> None:
        is_phone = width < FIRST_DESKTOP_WIDTH
        self.context = browser.new_context(
            base_url=base_url,
            viewport={"width": width, "height": PHONE_HEIGHT if is_phone else DESKTOP_HEIGHT},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            is_mobile=is_phone,
            has_touch=is_phone,
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(15_000)
        self.base_url = base_url
        self.complaints: list[str] = []
        self.taps = 0
        self.number = "139 0000 0001"
        if person:
            self._keep_cookie("sessionid", _session_of(person))
        if elder:
            self._keep_cookie("elder", "1")
        if javascript:
            self.context.add_init_script(TELL_OF_POLICY_VIOLATIONS)
        self.page: Page = self.context.new_page()
        self._listen(self.page)

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def open(self, path: str) -> Response:
        """Go to an address of the portal."""
        response = self.page.goto(path, wait_until="load")
        assert response is not None
        return response

    def tap(self, found: Locator) -> None:
        """Tap once, as a finger does."""
        self.taps += 1
        found.first.click()

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name).filter(visible=True)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name).filter(visible=True)

    def tap_link(self, name: str) -> None:
        self.tap(self.link(name))

    def tap_button(self, name: str) -> None:
        self.tap(self.button(name))

    def sees(self, text: str) -> None:
        """Wait until the words stand on the page."""
        self.page.get_by_text(text).filter(visible=True).first.wait_for()

    def comes_to(self, path: str) -> None:
        """Wait until the address is this one."""
        self.page.wait_for_url(lambda url: urlsplit(url).path == path)

    def _keep_cookie(self, name: str, value: str) -> None:
        self.context.add_cookies([{"name": name, "value": value, "url": self.base_url}])

    def _listen(self, page: Page) -> None:
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self._complain(f"script error: {error}"))
        page.on("request", self._on_request)
        page.on("requestfailed", self._on_failure)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(STATUS_LINE):
            self._complain(f"console: {message.text}")

    def _on_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and address.netloc != urlsplit(self.base_url).netloc:
            self._complain(f"request to another host: {request.url}")

    def _on_failure(self, request: Request) -> None:
        """What a new page cut short is no failure."""
        if "ERR_ABORTED" not in (request.failure or ""):
            self._complain(f"request failed: {request.url} {request.failure}")

    def _complain(self, about: str) -> None:
        self.complaints.append(f"{self.path}: {about}")


def _session_of(person: User) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies["sessionid"].value

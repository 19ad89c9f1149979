"""What a page weighs for a new visitor: itself and everything it loads, gzipped."""

import gzip
import http.client
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

LOADING_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "apple-touch-icon"}
STYLE_URL = re.compile(r"""url\(\s*["']?([^"')]+)""")


@dataclass
class Weight:
    """The gzipped bytes of each address, and the addresses on other hosts."""

    sizes: dict[str, int] = field(default_factory=dict)
    foreign: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.sizes.values())


def weigh(port: int, path: str) -> Weight:
    """Load the page as a browser would, each address once."""
    weight = Weight()
    waiting = [f"http://127.0.0.1:{port}{path}"]
    while waiting:
        url = waiting.pop()
        parts = urlsplit(url)
        if parts.scheme == "data" or parts.path in weight.sizes:
            continue
        if parts.netloc != f"127.0.0.1:{port}":
            weight.foreign.append(url)
            continue
        kind, body, size = _get(port, parts.path)
        weight.sizes[parts.path] = size
        waiting += [urljoin(url, found) for found in _loads(kind, body)]
    return weight


def _get(port: int, path: str) -> tuple[str, str, int]:
    """Return content type, text and gzipped size, also where the server leaves gzip to its proxy."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if response.status != 200:
        raise RuntimeError(f"{path} answered {response.status}")
    kind = response.headers.get_content_type()
    if response.headers["Content-Encoding"] == "gzip":
        return kind, gzip.decompress(body).decode(errors="replace"), len(body)
    is_text = kind.startswith("text/") or kind.endswith(("xml", "json", "javascript"))
    return kind, body.decode(errors="replace"), len(gzip.compress(body)) if is_text else len(body)


def _loads(kind: str, text: str) -> list[str]:
    if kind == "text/html":
        reader = _Reader()
        reader.feed(text)
        return reader.found
    return STYLE_URL.findall(text) if kind == "text/css" else []


class _Reader(HTMLParser):
    """Collects what a browser loads at once: style sheets, scripts, pictures, sprites, icons."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "link" and LOADING_LINKS & set((values.get("rel") or "").split()):
            self._keep(values.get("href"))
        elif tag in ("script", "img", "source", "iframe", "video", "audio"):
            self._keep(values.get("src"))
        elif tag == "use":
            self._keep(values.get("href"))
        if "srcset" in values:
            self._keep((values["srcset"] or "").split()[0])

    def _keep(self, address: str | None) -> None:
        if address and not address.startswith("#"):
            self.found.append(address)

"""A page to look at."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.browser.visitor import Visitor


@dataclass(frozen=True)
class Stop:
    """A page to look at: whose it is, its address, and what must be done there first."""

    name: str
    who: str
    path: str
    status: int = 200
    act: Callable[[Visitor], None] | None = None

"""A visit: an address asked for by somebody, and what it is expected to come to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Visit:
    method: str
    path: str
    expected: str
    about: str = ""

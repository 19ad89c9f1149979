"""What upper floors add to a mentor's own page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from mentor_portal.accounts.models import User
from mentors.models import Mentor


@dataclass(frozen=True)
class Section:
    """A section of the page: its template, and the lines that it shows; without lines it is left out."""

    template: str
    lines_of: Callable[[Mentor, User | AnonymousUser], Sequence[object]]


@dataclass(frozen=True)
class Filled:
    """A section with what it shows of one mentor."""

    template: str
    lines: Sequence[object]


_sections: list[Section] = []


def register_section(section: Section) -> None:
    """Add a section below those that the page has."""
    _sections.append(section)


def sections_of(mentor: Mentor, user: User | AnonymousUser) -> list[Filled]:
    """Return the sections that have something to show, in the order in which they were added."""
    filled = [Filled(each.template, each.lines_of(mentor, user)) for each in _sections]
    return [each for each in filled if each.lines]

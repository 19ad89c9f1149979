"""What makes a rubric one that can be judged by."""

from collections.abc import Iterable
from itertools import groupby


def scattered_group(groups: Iterable[str]) -> str:
    """Return the first group whose rows do not follow each other, or "" where all do."""
    seen: set[str] = set()
    for group, _ in groupby(groups):
        if group in seen:
            return group
        seen.add(group)
    return ""

"""Every address that the URL resolver knows."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern


def all_routes() -> list[str]:
    """Return each address as the resolver writes it: ``me/reservations/<int:pk>/cancel/``.

    An address made of a regular expression is named by its route or view: ``admin/(app_list)``.
    """
    return sorted(set(_walk(get_resolver().url_patterns, "")))


def address(route: str, *values: object) -> str:
    """Return the path of a route with its placeholders filled in, in order."""
    parts = iter(values)
    return "/" + re.sub(r"<[^>]+>|\(\w+\)", lambda _: str(next(parts)), route)


def _walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern.pattern, RoutePattern):
            yield prefix + str(pattern.pattern)
        else:
            yield f"{prefix}({pattern.name or pattern.callback.__name__})"

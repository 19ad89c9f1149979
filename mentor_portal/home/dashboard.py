"""The first page of the staff's site."""

from django.http import HttpRequest


def dashboard(request: HttpRequest, context: dict[str, object]) -> dict[str, object]:
    """Add today's classes and the queues that wait for this person."""
    return context

"""What a page or an address sends, read without trust."""

from uuid import UUID, uuid4

from django.http import HttpRequest

# So many digits fit into every database's numbers.
MOST_DIGITS = 18


def number_in(text: str) -> int | None:
    """Return the number that a text is, None where it is none or larger than a database knows."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None


def page_key(request: HttpRequest) -> UUID:
    """Return the key of the page that was sent; a page without one is a page of its own."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()

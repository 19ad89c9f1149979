"""What must always be true of consultations and pairings, looked up in the whole database."""

from collections.abc import Iterator

from consultations.invariants import clinics, duties, pairings


def broken() -> Iterator[str]:
    """Yield one sentence for each broken invariant."""
    yield from duties.broken()
    yield from clinics.broken()
    yield from pairings.broken()

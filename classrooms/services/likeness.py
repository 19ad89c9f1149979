"""Reading the text of courseware and finding what it resembles: the worker's part.

A version is claimed, read outside any transaction, noted, and only then compared, so that of two versions
read at the same time at least the second to be compared sees the other one. Whatever is interrupted is
taken up again, and what was done already is not done twice.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import islice

from django.db import transaction
from django.db.models import F, Q

from classrooms.models import CoursewareVersion, SimilarPair
from classrooms.rules.similarity import Sketch, likeness, sketch_of
from mentor_portal import portal_settings
from mentor_portal.files.text import TextUnreadable, extract_text

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
# What has killed its worker so often is not read any more.
MOST_TRIES = 3
MOST_PAIRS = 5
COMPARED_AT_ONCE = 200

Reading = CoursewareVersion.Reading


@dataclass(frozen=True, order=True)
class Match:
    """A version that resembles another, the more alike the greater."""

    is_same_file: bool
    likeness: Decimal
    # Of several alike versions the oldest.
    age: float
    pk: int
    courseware_id: int
    uploaded_at: datetime


def read_courseware(*, clock: Callable[[], datetime], until: datetime) -> int:
    """Read and compare one version after the other until none waits or the moment has come.

    Returns how many were read. ``clock`` tells the time anew for each.
    """
    for pk in list(CoursewareVersion.objects.uncompared().values_list("pk", flat=True)):
        compare_version(version_pk=pk, at=clock())
    count = 0
    while (at := clock()) < until:
        pk = CoursewareVersion.objects.waiting(at).values_list("pk", flat=True).first()
        if pk is None:
            break
        count += read_version(version_pk=pk, at=at)
    return count


def read_version(*, version_pk: int, at: datetime) -> bool:
    """Read the text of a version and compare it; tells whether it was read.

    What another worker has claimed is left to it.
    """
    if not _claim(version_pk, at):
        return False
    version = CoursewareVersion.objects.get(pk=version_pk)
    try:
        text = _storable(extract_text(version.file, version.content_type))
    except (TextUnreadable, OSError) as failure:
        logger.warning("the text of courseware version %s could not be read: %s", version_pk, failure)
        _note_reading(version_pk, reading=Reading.UNREADABLE)
    else:
        sketch = sketch_of(text)
        _note_reading(
            version_pk,
            reading=Reading.READ if text.strip() else Reading.NO_TEXT,
            text=text,
            sketch=sketch.to_bytes() if sketch else b"",
        )
    compare_version(version_pk=version_pk, at=at)
    return True


def compare_version(*, version_pk: int, at: datetime) -> None:
    """Note which versions of other mentors a version that has been read resembles; twice is once.

    Of each courseware the closest version counts, the closest five are noted. What the staff have seen
    of the same two courseware, at least as alike, is not shown to them again.
    """
    version = CoursewareVersion.objects.uncompared().filter(pk=version_pk).select_related("courseware")
    version = version.first()
    if version is None:
        return
    pairs = [_pair(version, match, at) for match in islice(_fresh_matches(version), MOST_PAIRS)]
    with transaction.atomic():
        # The guarded update lets one of several workers through.
        if CoursewareVersion.objects.uncompared().filter(pk=version_pk).update(compared_at=at):
            SimilarPair.objects.bulk_create(pairs, ignore_conflicts=True)


def _claim(version_pk: int, at: datetime) -> bool:
    free = CoursewareVersion.objects.waiting(at).filter(pk=version_pk)
    if free.filter(tries__gte=MOST_TRIES).update(reading=Reading.UNREADABLE):
        logger.error("courseware version %s was given up after %s tries", version_pk, MOST_TRIES)
        return False
    return bool(free.update(tries=F("tries") + 1, claimed_until=at + LEASE))


def _storable(text: str) -> str:
    """Leave out what a database cannot hold: NUL, halves of characters."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


def _note_reading(version_pk: int, **found: object) -> None:
    waiting = CoursewareVersion.objects.filter(pk=version_pk, reading=Reading.WAITING)
    waiting.update(claimed_until=None, **found)


def _fresh_matches(version: CoursewareVersion) -> Iterator[Match]:
    """Yield the closest version of each other courseware that staff have to look at, the closest first."""
    least = Decimal(portal_settings.read()["SIMILAR_FROM_PERCENT"]) / 100
    closest = _closest_by_courseware(_matches(version, least))
    shown = _shown(version, closest)
    for match in sorted(closest.values(), reverse=True):
        is_shown = any(
            likeness >= match.likeness and is_same_file >= match.is_same_file
            for likeness, is_same_file in shown.get(match.courseware_id, ())
        )
        if not is_shown and not _had_it_first(version, match, least):
            yield match


def _matches(version: CoursewareVersion, least: Decimal) -> Iterator[Match]:
    others = CoursewareVersion.objects.of_others(version.courseware.mentor_id)
    columns = ("pk", "courseware_id", "uploaded_at")
    for pk, courseware_id, uploaded_at in others.filter(sha256=version.sha256).values_list(*columns):
        yield Match(True, Decimal(1), -uploaded_at.timestamp(), pk, courseware_id, uploaded_at)
    if not version.sketch:
        return
    mine = Sketch.from_bytes(version.sketch)
    rows = others.exclude(sketch=b"").order_by("pk").values_list(*columns, "sketch")
    for pk, courseware_id, uploaded_at, sketch in rows.iterator(chunk_size=COMPARED_AT_ONCE):
        found = _rounded(likeness(mine, Sketch.from_bytes(sketch)))
        if found >= least:
            yield Match(False, found, -uploaded_at.timestamp(), pk, courseware_id, uploaded_at)


def _closest_by_courseware(matches: Iterable[Match]) -> dict[int, Match]:
    closest: dict[int, Match] = {}
    for match in matches:
        known = closest.get(match.courseware_id)
        closest[match.courseware_id] = max(known, match) if known else match
    return closest


def _shown(version: CoursewareVersion, others: Iterable[int]) -> dict[int, list[tuple[Decimal, bool]]]:
    """Return how alike staff have already seen each of the other courseware to be to this one."""
    mine, others = version.courseware_id, list(others)
    of_the_two = Q(version__courseware=mine, earlier__courseware__in=others) | Q(
        earlier__courseware=mine, version__courseware__in=others
    )
    columns = ("version__courseware", "earlier__courseware", "likeness", "is_same_file")
    shown: dict[int, list[tuple[Decimal, bool]]] = {}
    for one, other, alike, is_same_file in SimilarPair.objects.filter(of_the_two).values_list(*columns):
        shown.setdefault(other if one == mine else one, []).append((alike, is_same_file))
    return shown


def _had_it_first(version: CoursewareVersion, match: Match, least: Decimal) -> bool:
    """Tell whether the mentor of the later of the two had the like before the earlier one was there."""
    other = CoursewareVersion.objects.select_related("courseware").get(pk=match.pk)
    later, earlier = _in_order(version, other)
    older = CoursewareVersion.objects.filter(
        courseware__mentor_id=later.courseware.mentor_id, uploaded_at__lt=earlier.uploaded_at
    )
    if older.filter(sha256=earlier.sha256).exists():
        return True
    if not earlier.sketch:
        return False
    sketch = Sketch.from_bytes(earlier.sketch)
    mine = older.exclude(sketch=b"").values_list("sketch", flat=True)
    return any(_rounded(likeness(sketch, Sketch.from_bytes(each))) >= least for each in mine)


def _pair(version: CoursewareVersion, match: Match, at: datetime) -> SimilarPair:
    other = CoursewareVersion(pk=match.pk, uploaded_at=match.uploaded_at)
    later, earlier = _in_order(version, other)
    return SimilarPair(
        version_id=later.pk,
        earlier_id=earlier.pk,
        likeness=match.likeness,
        is_same_file=match.is_same_file,
        found_at=at,
    )


def _in_order(
    one: CoursewareVersion, other: CoursewareVersion
) -> tuple[CoursewareVersion, CoursewareVersion]:
    """Return the two, the one that was uploaded later first."""
    later, earlier = sorted((one, other), key=lambda each: (each.uploaded_at, each.pk), reverse=True)
    return later, earlier


def _rounded(found: float) -> Decimal:
    return Decimal(found).quantize(Decimal("0.001"))

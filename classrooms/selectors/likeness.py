"""What staff compare when one courseware resembles another."""

from dataclasses import dataclass
from datetime import datetime

from classrooms.models import CoursewareVersion, SimilarPair, SimilarPairQuerySet
from classrooms.rules.similarity import Passage, passages, shortened

# A text is looked at, and shown, up to here; beside what both say, so much of what only one says.
READ_CHARACTERS = 100_000
SHOWN_CHARACTERS = 20_000
SHOWN_AROUND = 100


@dataclass(frozen=True)
class Side:
    """One of the two: its version and its text in pieces, those of the other marked."""

    word: str
    version: CoursewareVersion
    pieces: list[Passage]

    @property
    def common_length(self) -> int:
        """How many of the characters shown stand in the other one too."""
        return sum(len(piece.text) for piece in self.pieces if piece.is_common)


def sides_of(pair: SimilarPair) -> list[Side]:
    """Return the later and the earlier courseware of a pair, side by side."""
    pks = (pair.version_id, pair.earlier_id)
    texts = dict(CoursewareVersion.objects.filter(pk__in=pks).values_list("pk", "text"))
    later, earlier = (texts[pk][:READ_CHARACTERS] for pk in pks)
    return [
        Side("这份课件", pair.version, _shown(later, earlier)),
        Side("较早的课件", pair.earlier, _shown(earlier, later)),
    ]


def other_pairs(pair: SimilarPair) -> SimilarPairQuerySet:
    """Return what else the later courseware was found to resemble."""
    of_courseware = SimilarPair.objects.filter(version__courseware=pair.version.courseware_id)
    return of_courseware.exclude(pk=pair.pk).for_lines().order_by("-likeness", "pk")


def next_waiting(after: SimilarPair, at: datetime) -> tuple[SimilarPair | None, int]:
    """Return the pair that staff should look at next, and how many wait."""
    waiting = SimilarPair.objects.waiting_for_staff(at).exclude(pk=after.pk)
    return waiting.in_work_order().first(), waiting.count()


def _shown(text: str, other: str) -> list[Passage]:
    return shortened(passages(text, other), around=SHOWN_AROUND, most=SHOWN_CHARACTERS)

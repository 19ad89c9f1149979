"""How much of one text stands in another, whatever its order: shingles of characters, kept as a sketch.

A text is reduced to its letters, digits and Chinese characters, and cut into all its runs of five. Each
run is hashed; of a long text only the hashes below a bound are kept, so that every sketch has a bounded
size and two sketches keep the same hashes of what the two texts share (FracMinHash).
"""

import struct
import sys
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

SHINGLE_LENGTH = 5
HASH_BITS = 64
MOST_HASHES = 2048
# With fewer shingles two texts share this or that by chance: 谢谢大家, the name of a place.
FEWEST_SHINGLES = 100
# A short text beside a very long one keeps this many hashes at the long one's scale, or nothing is said.
FEWEST_HASHES = 24
# Shorter runs that two texts share are not shown as common: they are everybody's words.
SHORTEST_PASSAGE = 10


@dataclass(frozen=True)
class Sketch:
    """The hashes of a text below 2 ** (64 - exponent), in order."""

    exponent: int
    hashes: tuple[int, ...]

    def at(self, exponent: int) -> tuple[int, ...]:
        """Return the hashes that a sketch of this coarser exponent keeps."""
        if exponent == self.exponent:
            return self.hashes
        return self.hashes[: bisect_left(self.hashes, 1 << (HASH_BITS - exponent))]

    def to_bytes(self) -> bytes:
        return struct.pack(f"<B{len(self.hashes)}Q", self.exponent, *self.hashes)

    @classmethod
    def from_bytes(cls, kept: bytes | memoryview) -> "Sketch":
        """Return what ``to_bytes`` gave; a database may answer with a view of the bytes."""
        kept = bytes(kept)
        hashes = array("Q", kept[1:])
        if sys.byteorder == "big":
            hashes.byteswap()
        return cls(kept[0], tuple(hashes))


def sketch_of(text: str) -> Sketch | None:
    """Return the sketch of a text, or None where it is too short to tell whose it is."""
    shingles = set(_shingles(normalised(text)))
    if len(shingles) < FEWEST_SHINGLES:
        return None
    hashes = sorted(map(_hash, shingles))
    exponent = 0
    while len(hashes) > MOST_HASHES:
        exponent += 1
        del hashes[bisect_left(hashes, 1 << (HASH_BITS - exponent)) :]
    return Sketch(exponent, tuple(hashes))


def likeness(one: Sketch, other: Sketch) -> float:
    """Return from 0 to 1 how much of the shorter text stands in the longer; 0 where too little is known."""
    exponent = max(one.exponent, other.exponent)
    mine, theirs = one.at(exponent), other.at(exponent)
    shorter = min(len(mine), len(theirs))
    if shorter < FEWEST_HASHES:
        return 0.0
    return len(set(mine).intersection(theirs)) / shorter


def normalised(text: str) -> str:
    """Return the letters, digits and Chinese characters of a text, in one width and case."""
    return "".join(map(_folded, text))


@dataclass(frozen=True)
class Passage:
    """A piece of a text; ``is_common`` where it stands in the other text too.

    ``left_out`` characters of a long piece in between are not shown, after ``text``.
    """

    text: str
    is_common: bool = False
    left_out: int = 0


def passages(text: str, other: str) -> list[Passage]:
    """Return a text in pieces, those that stand in the other text marked."""
    marks = _common_marks(text, other)
    pieces, start = [], 0
    for here in range(1, len(text) + 1):
        if here == len(text) or marks[here] != marks[start]:
            pieces.append(Passage(text[start:here], is_common=bool(marks[start])))
            start = here
    return pieces


def shortened(pieces: Iterable[Passage], *, around: int, most: int) -> list[Passage]:
    """Return the pieces with at most ``around`` characters beside each common one, and ``most`` in all."""
    shown, left = [], most
    for piece in _without_middles(pieces, around):
        if left <= 0:
            break
        text = piece.text[:left]
        cut = len(piece.text) - len(text)
        shown.append(Passage(text, piece.is_common, piece.left_out + cut))
        left -= len(text)
    return shown


def _without_middles(pieces: Iterable[Passage], around: int) -> Iterator[Passage]:
    for piece in pieces:
        middle = len(piece.text) - 2 * around
        if piece.is_common or middle <= 0:
            yield piece
        else:
            yield Passage(piece.text[:around], left_out=middle)
            yield Passage(piece.text[-around:])


def _common_marks(text: str, other: str) -> bytearray:
    """Return for each character of a text whether it lies in a run that stands in the other one too."""
    places = [(place, folded) for place, char in enumerate(text) for folded in _folded(char)]
    folded = "".join(each for _place, each in places)
    theirs = set(_shingles(normalised(other)))
    marks = bytearray(len(text))
    for first, last in _runs(shingle in theirs for shingle in _shingles(folded)):
        end = last + SHINGLE_LENGTH - 1
        if end - first + 1 >= SHORTEST_PASSAGE:
            start, stop = places[first][0], places[end][0] + 1
            marks[start:stop] = b"\1" * (stop - start)
    return marks


def _runs(hits: Iterable[bool]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last place of each unbroken run of hits."""
    first = last = None
    for place, is_hit in enumerate(hits):
        if is_hit:
            first, last = (place if first is None else first), place
        elif first is not None:
            yield first, last
            first = None
    if first is not None:
        yield first, last


def _shingles(folded: str) -> Iterator[str]:
    return (folded[start : start + SHINGLE_LENGTH] for start in range(len(folded) - SHINGLE_LENGTH + 1))


@cache
def _folded(char: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", char).casefold()))


def _hash(shingle: str) -> int:
    # Python's own hash() is another one in each process.
    digest = blake2b(shingle.encode("utf-8", "surrogatepass"), digest_size=HASH_BITS // 8).digest()
    return int.from_bytes(digest, "little")

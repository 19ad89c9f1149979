"""Sound and video, walked box by box and frame by frame without reading what is in them."""

import re
import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from mentor_portal.files.archives import refuse_hidden_archive
from mentor_portal.files.kinds import MP3, MP4, FileType
from mentor_portal.files.refusals import Unfit, Why
from mentor_portal.files.signatures import holds_other_content, is_mp3_frame

MOST_BOXES = 20_000
DEEPEST_BOX = 8
MOST_TABLE_BYTES = 16 * 1024 * 1024
CHUNK_BYTES = 256 * 1024
MOST_TAIL_BYTES = 4 * 1024 * 1024
# What of a sound may be neither frame nor tag: recorders leave such gaps where they join.
MOST_GAP_BYTES = 64 * 1024
FEWEST_FRAMES = 3
MOST_SHARE_OF_GAPS = 0.05
PROMISE_BYTES = 256

_CONTAINERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl"}
_LARGE_BOXES = {b"ftyp", b"moov", b"mdat", b"moof", b"free", b"skip", b"wide", b"uuid", b"sidx", b"mfra"}
_BOX_NAME = re.compile(rb"[A-Za-z0-9_ ]{4}")
_OFFSETS = {b"stco": "I", b"co64": "Q"}
_PLAYED = {b"vide"}

_BITRATES = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


@dataclass
class _Found:
    """What the walk through a video has met so far."""

    size: int
    boxes: int = 0
    names: set[bytes] = field(default_factory=set)
    handlers: set[bytes] = field(default_factory=set)


def examine_mp4(file: BinaryIO, size: int) -> FileType:
    """Return MP4. Raises Unfit where boxes are missing, cut off, or lie about their size."""
    refuse_hidden_archive(file)
    found = _Found(size)
    _walk(file, found, 0, size, 0)
    if b"moov" not in found.names or not found.names & {b"mdat", b"moof"}:
        raise Unfit(Why.CUT_OFF)
    if not found.handlers & _PLAYED:
        raise Unfit(Why.NO_VIDEO)
    return MP4


def _walk(file: BinaryIO, found: _Found, start: int, end: int, depth: int) -> None:
    for name, first, last in _boxes(file, found, start, end, depth):
        found.boxes += 1
        if found.boxes > MOST_BOXES or depth > DEEPEST_BOX:
            raise Unfit(Why.DAMAGED)
        found.names.add(name)
        if name in _CONTAINERS:
            _walk(file, found, first, last, depth + 1)
        elif name == b"hdlr" and depth:
            found.handlers.add(_read(file, first + 8, 4))
        elif name in _OFFSETS and depth:
            _refuse_bad_offsets(file, found, first, last, _OFFSETS[name])


def _boxes(
    file: BinaryIO, found: _Found, start: int, end: int, depth: int
) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, start and end of the content of each box between two places."""
    while start + 8 <= end:
        length, name = struct.unpack(">L4s", _read(file, start, 8))
        first = start + 8
        if length == 1:
            length, first = struct.unpack(">Q", _read(file, first, 8))[0], first + 8
        elif length == 0:
            # To the end of the file; inside another box, the end of a list.
            length = end - start
            if depth:
                return
            if not any(name):
                break
        if not depth and not _BOX_NAME.fullmatch(name):
            break
        if length < first - start:
            raise Unfit(Why.DAMAGED)
        if start + length > end:
            raise Unfit(_why_too_long(name, depth))
        yield name, first, start + length
        start += length
    if not depth and not _is_blank(file, start, end):
        raise Unfit(Why.SEVERAL_FILES)


def _why_too_long(name: bytes, depth: int) -> Why:
    """What is no box of a video has a size by chance only."""
    if depth:
        return Why.DAMAGED
    return Why.CUT_OFF if name in _LARGE_BOXES else Why.SEVERAL_FILES


def _refuse_bad_offsets(file: BinaryIO, found: _Found, first: int, last: int, code: str) -> None:
    """The places that a track tells of must lie within the file."""
    width = array(code).itemsize
    if last - first < 8:
        raise Unfit(Why.DAMAGED)
    count = struct.unpack(">L", _read(file, first + 4, 4))[0]
    if count * width > min(last - first - 8, MOST_TABLE_BYTES):
        raise Unfit(Why.DAMAGED)
    places = array(code, _read(file, first + 8, count * width))
    places.byteswap()
    if places and max(places) >= found.size:
        raise Unfit(Why.CUT_OFF)


def _is_blank(file: BinaryIO, start: int, end: int) -> bool:
    """Return whether there are only zeros; mostly the first bytes tell, so reading begins with few."""
    file.seek(start)
    length = 64
    while start < end:
        chunk = file.read(min(length, end - start))
        if not chunk or any(chunk):
            return False
        start, length = start + len(chunk), min(2 * length, CHUNK_BYTES)
    return True


def _read(file: BinaryIO, place: int, length: int) -> bytes:
    file.seek(place)
    content = file.read(length)
    if len(content) < length:
        raise Unfit(Why.CUT_OFF)
    return content


def examine_mp3(file: BinaryIO, size: int) -> FileType:
    """Return MP3. Raises Unfit where there are no frames, other things between them, or some are missing."""
    refuse_hidden_archive(file)
    sound = _Sound(file, size, _end_of_tags(file, size))
    sound.walk()
    if sound.frames < FEWEST_FRAMES:
        raise Unfit(Why.NO_SOUND)
    if sound.gaps > MOST_SHARE_OF_GAPS * (sound.end - sound.start):
        raise Unfit(Why.SEVERAL_FILES)
    if sound.promised and sound.frames < (1 - MOST_SHARE_OF_GAPS) * sound.promised:
        raise Unfit(Why.CUT_OFF)
    _refuse_other_tail(file, sound.end, size)
    return MP3


class _Sound:
    """A walk from frame to frame; ``end`` is where the last one ends, a little of which may be missing."""

    def __init__(self, file: BinaryIO, size: int, start: int) -> None:
        self.file, self.size, self.start, self.end = file, size, start, start
        self.frames = self.gaps = 0
        self.promised: int | None = None

    def walk(self) -> None:
        window, place = _Window(self.file), self.start
        while place + 4 <= self.size:
            length = frame_length(window.at(place, 4))
            if length:
                self._note(window.at(place, min(length, PROMISE_BYTES)))
                self.gaps += place - self.end
                place = self.end = place + length
                continue
            if _is_tail(window.at(place, 8)) or _is_blank(self.file, place, self.size):
                return
            place += 1
            if self.gaps + place - self.end > MOST_GAP_BYTES:
                raise Unfit(Why.SEVERAL_FILES)

    def _note(self, frame: bytes) -> None:
        if not self.frames:
            self.promised = _promised_frames(frame)
        self.frames += 1


def frame_length(head: bytes) -> int:
    """Return the bytes of a frame of MPEG sound, layer III, by its first four; 0 where it is none."""
    if not is_mp3_frame(head):
        return 0
    version, padding = head[1] >> 3 & 3, head[2] >> 1 & 1
    bitrate = _BITRATES[1 if version == 3 else 2][head[2] >> 4] * 1000
    if not bitrate:
        return 0
    rate = _RATES[version][head[2] >> 2 & 3]
    return (144 if version == 3 else 72) * bitrate // rate + padding


def _refuse_other_tail(file: BinaryIO, end: int, size: int) -> None:
    """Behind the last frame there may be tags, which are small."""
    if size - end > MOST_TAIL_BYTES:
        raise Unfit(Why.SEVERAL_FILES)
    file.seek(min(end, size))
    if holds_other_content(file.read()):
        raise Unfit(Why.SEVERAL_FILES)


class _Window:
    """Small reads at growing places, out of large ones."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.start, self.content = file, 0, b""

    def at(self, place: int, length: int) -> bytes:
        if not self.start <= place <= place + length <= self.start + len(self.content):
            self.file.seek(place)
            self.start, self.content = place, self.file.read(CHUNK_BYTES)
        return self.content[place - self.start : place - self.start + length]


def _end_of_tags(file: BinaryIO, size: int) -> int:
    """Return where the sound begins, behind any number of ID3 tags."""
    place = 0
    while (head := _read(file, place, min(10, size - place))).startswith(b"ID3"):
        if len(head) < 10 or any(each & 0x80 for each in head[6:10]):
            raise Unfit(Why.DAMAGED)
        length = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
        place += 10 + length + (10 if head[5] & 0x10 else 0)
        if place >= size:
            raise Unfit(Why.CUT_OFF)
    return place


def _is_tail(content: bytes) -> bool:
    return content.startswith((b"TAG", b"APETAGEX", b"LYRICSBE", b"3DI"))


def _promised_frames(frame: bytes) -> int | None:
    """Return how many frames the first one says there are, where it is the encoder's own."""
    for mark in (b"Xing", b"Info"):
        place = frame.find(mark)
        if place > 0 and len(frame) >= place + 12 and frame[place + 7] & 1:
            return int.from_bytes(frame[place + 8 : place + 12], "big")
    return None

"""Pictures: decoded once to see that they are, and drawn anew before they are kept."""

import re
import struct
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

from django.core.files.base import File
from PIL import ExifTags, Image, JpegImagePlugin

from mentor_portal.files.archives import refuse_hidden_archive
from mentor_portal.files.kinds import GIF, JPEG, PNG, WEBP, FileType
from mentor_portal.files.refusals import Unfit, Why, refusing_unreadable
from mentor_portal.files.signatures import BLANK, holds_other_content

# MPO is what the library calls the JPEG of a phone with a second picture behind the first.
FORMATS = {"JPEG": JPEG, "MPO": JPEG, "PNG": PNG, "WEBP": WEBP, "GIF": GIF}
OPENED_AS = ("JPEG", "PNG", "WEBP", "GIF")
REDRAWN_AS = {JPEG.content_type: "JPEG", PNG.content_type: "PNG", WEBP.content_type: "WEBP"}
# How a picture is turned by what its camera says of how it was held.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
MOST_PIXELS = 60_000_000
# All frames of a moving picture together.
MOST_FRAMES, MOST_MOVING_PIXELS = 500, 300_000_000
MOST_TAIL_BYTES = 64 * 1024
CHUNK_BYTES = 1024 * 1024
WEBP_QUALITY = 90
KEPT_IN_MEMORY_BYTES = 4 * 1024 * 1024

_JPEG_MARKER = re.compile(rb"\xff[^\x00\x01\xff\xd0-\xd7]")
_JPEG_END, _JPEG_SCAN = 0xD9, 0xDA
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def examine(file: BinaryIO, size: int) -> FileType:
    """Return which picture a file is. Raises Unfit where it cannot be drawn or hides something."""
    refuse_hidden_archive(file)
    file.seek(0)
    try:
        with refusing_unreadable(Why.NO_PICTURE, beside=_BOMBS):
            return _examine_drawn(file, size)
    except _BOMBS:
        raise _too_large() from None


def redrawn(upload: File, content_type: str) -> File:
    """Return the picture upright and without what its file tells beside it: place, device, thumbnails."""
    upload.seek(0)
    kept = SpooledTemporaryFile(max_size=KEPT_IN_MEMORY_BYTES)  # noqa: SIM115
    with Image.open(upload.file, formats=OPENED_AS) as picture:
        picture.load()
        options = _options(picture)
        turn = TURNS.get(_orientation(picture))
        upright = picture.transpose(turn) if turn is not None else picture
        upright.info = {name: picture.info[name] for name in ("transparency",) if name in picture.info}
        upright.save(kept, REDRAWN_AS[content_type], **options)
    kept.seek(0)
    return File(kept, name=upload.name)


def _orientation(picture: Image.Image) -> object:
    """Return how the camera says it was held; nothing where what the file tells beside it is damaged."""
    try:
        return picture.getexif().get(ExifTags.Base.Orientation)
    except (SyntaxError, ValueError, TypeError, LookupError, OSError, struct.error):
        return None


def _examine_drawn(file: BinaryIO, size: int) -> FileType:
    with Image.open(file, formats=OPENED_AS) as picture:
        width, height = picture.size
        if width * height > MOST_PIXELS:
            raise _too_large()
        picture.load()
        _refuse_frames(picture)
        found = FORMATS[picture.format]
    _refuse_other_tail(file, _ENDS[found](file, size), found)
    return found


def _too_large() -> Unfit:
    return Unfit(Why.PICTURE_TOO_LARGE, most=MOST_PIXELS // 10_000)


def _options(picture: Image.Image) -> dict[str, object]:
    """Return how to save a picture so that it looks as it did."""
    options: dict[str, object] = {"icc_profile": picture.info.get("icc_profile")}
    if picture.format in ("JPEG", "MPO"):
        options |= {
            "qtables": picture.quantization,
            "subsampling": JpegImagePlugin.get_sampling(picture),
            "progressive": bool(picture.info.get("progressive")),
        }
    elif picture.format == "WEBP":
        options["quality"] = WEBP_QUALITY
    return options


def _refuse_frames(picture: Image.Image) -> None:
    """Only a GIF may move; the others are drawn anew, which stills them."""
    if picture.format == "WEBP" and picture.is_animated:
        raise Unfit(Why.MOVING_PICTURE)
    if picture.format != "GIF":
        return
    width, height = picture.size
    for number in range(1, MOST_FRAMES + 1):
        if number * width * height > MOST_MOVING_PIXELS:
            break
        try:
            picture.seek(number)
        except EOFError:
            return
        picture.load()
    raise Unfit(Why.MOVING_PICTURE)


def _refuse_other_tail(file: BinaryIO, end: int, found: FileType) -> None:
    """Phones put a second picture or a film behind the first, which redrawing drops; a GIF is not redrawn."""
    file.seek(end)
    tail = file.read(MOST_TAIL_BYTES)
    if holds_other_content(tail) or (found is GIF and tail.strip(BLANK)):
        raise Unfit(Why.SEVERAL_FILES)


def _end_of_jpeg(file: BinaryIO, size: int) -> int:
    """Return where the picture ends: its segments tell their length, its scans go on to the next marker."""
    place = 2
    while place + 4 <= size:
        file.seek(place)
        mark, kind, length = struct.unpack(">BBH", file.read(4))
        if mark != 0xFF or kind == _JPEG_END:
            return place + 2
        if kind == 0xFF:
            place += 1
            continue
        place += 2 + length
        if kind == _JPEG_SCAN:
            place = _end_of_scan(file, place, size)
    return size


def _end_of_scan(file: BinaryIO, place: int, size: int) -> int:
    file.seek(place)
    while chunk := file.read(CHUNK_BYTES):
        found = _JPEG_MARKER.search(chunk)
        if found:
            return place + found.start()
        # The last byte may begin a marker.
        if len(chunk) < CHUNK_BYTES:
            break
        place += len(chunk) - 1
        file.seek(place)
    return size


def _end_of_png(file: BinaryIO, size: int) -> int:
    place = 8
    while place + 12 <= size:
        file.seek(place)
        length, name = struct.unpack(">L4s", file.read(8))
        place += 12 + length
        if name == b"IEND":
            break
    return place


def _end_of_webp(file: BinaryIO, size: int) -> int:
    file.seek(4)
    return 8 + struct.unpack("<L", file.read(4))[0]


def _end_of_gif(file: BinaryIO, size: int) -> int:
    """Return where the blocks of a GIF end."""
    file.seek(10)
    place = 13 + _colour_bytes(file.read(1)[0])
    while place < size:
        file.seek(place)
        block = file.read(10)
        if block[:1] == b"!":
            place = _end_of_blocks(file, place + 2)
        elif block[:1] == b"," and len(block) == 10:
            place = _end_of_blocks(file, place + 11 + _colour_bytes(block[9]))
        else:
            return place + 1
    return place


def _colour_bytes(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_blocks(file: BinaryIO, place: int) -> int:
    file.seek(place)
    while length := file.read(1):
        place += 1 + length[0]
        if not length[0]:
            break
        file.seek(place)
    return place


_ENDS = {JPEG: _end_of_jpeg, PNG: _end_of_png, WEBP: _end_of_webp, GIF: _end_of_gif}

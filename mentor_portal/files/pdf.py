"""PDF: whole, readable without a password, and with nothing in it that runs by itself."""

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from mentor_portal.files.archives import refuse_hidden_archive
from mentor_portal.files.kinds import PDF, FileType
from mentor_portal.files.refusals import Unfit, Why, refusing_unreadable
from mentor_portal.files.signatures import BLANK

MEGABYTE = 1024 * 1024
CHUNK_BYTES = MEGABYTE
OVERLAP_BYTES = 256
TAIL_BYTES, MOST_BLANK_TAIL_BYTES = 1024, 4096
MOST_UNPACKED_BYTES, MOST_UNPACKED_AT_ONCE = 64 * MEGABYTE, 8 * MEGABYTE
DEEPEST_PAGE = 50

TABLE_HEAD_BYTES = 64
# Documents of thousands of pages stay below; the parser takes a second for them.
MOST_OBJECTS, MOST_ENTRIES = 200_000, 400_000

_TABLE = re.compile(rb"[\s\0]*(xref|\d+[\s\0]+\d+[\s\0]+obj)")
_ENTRY = re.compile(rb"\d{10}[ \t]\d{5}[ \t][nf]")
_END = b"%%EOF"
_TAIL = re.compile(rb"startxref[\s\0]+(\d{1,10})[\s\0]+%%EOF$")


def _name(word: str) -> str:
    """Return the pattern of a PDF name, each letter of which may be written as #hh."""
    letters = (f"(?:{each}|#{ord(each):02x}|#{ord(each):02X})" for each in word)
    return "/" + "".join(letters) + r"(?![A-Za-z0-9#])"


def _names(*words: str) -> re.Pattern[bytes]:
    return re.compile("|".join(map(_name, words)).encode())


ACTIONS = _names("JavaScript", "Launch", "ImportData")
ATTACHMENTS = _names("EmbeddedFile", "EmbeddedFiles", "FileAttachment", "RichMedia")


def examine(file: BinaryIO, size: int) -> FileType:
    """Return PDF. Raises Unfit where it is cut off, locked, or does things of its own."""
    _refuse_bad_end(file, size)
    refuse_hidden_archive(file)
    _refuse_bad_pieces(file)
    file.seek(0)
    with refusing_unreadable(Why.DAMAGED):
        reader = PdfReader(file)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unfit(Why.PASSWORD)
        # First of all, for the rest reads out of these streams without asking how large they are.
        for piece in _unpacked_pieces(reader):
            _refuse_bad_names(piece)
        _refuse_dynamic_form(reader)
        _refuse_without_page(reader)
    return PDF


def _refuse_bad_end(file: BinaryIO, size: int) -> None:
    """Nothing but blanks may follow the mark of the end, and only the address of the table precede it."""
    end = _end_of_content(file, size)
    if size - end > MOST_BLANK_TAIL_BYTES:
        raise Unfit(Why.SEVERAL_FILES)
    file.seek(max(0, end - TAIL_BYTES))
    tail = file.read(min(end, TAIL_BYTES))
    if found := _TAIL.search(tail):
        _refuse_lost_table(file, int(found[1]))
        return
    raise Unfit(Why.SEVERAL_FILES if _holds_end(file) else Why.CUT_OFF)


def _refuse_lost_table(file: BinaryIO, place: int) -> None:
    """The table of the objects must lie where it is said to; to rebuild a lost one may take minutes."""
    file.seek(place)
    if not _TABLE.match(file.read(TABLE_HEAD_BYTES)):
        raise Unfit(Why.DAMAGED)


def _end_of_content(file: BinaryIO, size: int) -> int:
    end = size
    while end:
        start = max(0, end - CHUNK_BYTES)
        file.seek(start)
        content = file.read(end - start).rstrip(BLANK)
        if content:
            return start + len(content)
        end = start
    return 0


def _holds_end(file: BinaryIO) -> bool:
    return any(_END in piece for piece in _pieces(file))


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """Yield the content piece by piece, each beginning with the end of the one before."""
    file.seek(0)
    last = b""
    while chunk := file.read(CHUNK_BYTES):
        yield last + chunk
        last = chunk[-OVERLAP_BYTES:]


def _refuse_bad_pieces(file: BinaryIO) -> None:
    objects = entries = 0
    for piece in _pieces(file):
        _refuse_bad_names(piece)
        objects += piece.count(b"obj")
        entries += len(_ENTRY.findall(piece))
        # Each object is named twice, where it begins and where it ends.
        if objects > 2 * MOST_OBJECTS or entries > MOST_ENTRIES:
            raise Unfit(Why.TOO_MANY_PARTS)


def _refuse_bad_names(content: bytes) -> None:
    if ACTIONS.search(content):
        raise Unfit(Why.PDF_ACTIONS)
    if ATTACHMENTS.search(content):
        raise Unfit(Why.PDF_ATTACHMENTS)


def _refuse_dynamic_form(reader: PdfReader) -> None:
    """A form in XML brings scripts of its own; its name is too short to be searched for."""
    form = reader.trailer["/Root"].get("/AcroForm")
    if form is not None and "/XFA" in form.get_object():
        raise Unfit(Why.PDF_ACTIONS)


def _refuse_without_page(reader: PdfReader) -> None:
    """Go down to the first page; the tree may be endless, so it is not walked."""
    node = reader.trailer["/Root"]["/Pages"]
    for _ in range(DEEPEST_PAGE):
        if not isinstance(node, DictionaryObject):
            break
        kids = node.get("/Kids")
        if kids is None:
            return
        kids = kids.get_object()
        if not isinstance(kids, ArrayObject) or not kids:
            break
        node = kids[0].get_object()
    raise Unfit(Why.DAMAGED)


def _unpacked_pieces(reader: PdfReader) -> Iterator[bytes]:
    """Yield the content of the streams in which objects are packed."""
    left = MOST_UNPACKED_BYTES
    for number in {stream for stream, _ in reader.xref_objStm.values()}:
        packed = IndirectObject(number, 0, reader).get_object()
        if not isinstance(packed, StreamObject):
            raise Unfit(Why.DAMAGED)
        content = _unpacked(packed, min(left, MOST_UNPACKED_AT_ONCE))
        left -= len(content)
        yield content


def _unpacked(packed: StreamObject, most: int) -> bytes:
    """Return the content of a stream, never more than ``most`` bytes. Raises Unfit for more."""
    filters = packed.get("/Filter")
    if filters not in ("/FlateDecode", ["/FlateDecode"]) or "/DecodeParms" in packed:
        raw = packed.get_data()
    else:
        raw = zlib.decompressobj().decompress(packed._data, most + 1)
    if len(raw) > most:
        raise Unfit(Why.INFLATES)
    return raw

"""Office documents since 2007: archives of parts, of which one says what the whole is.

Everything is unpacked once, to nowhere and within a budget, so that neither a part that lies about its
size nor a broken one goes unseen.
"""

import re
import struct
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO
from xml.etree import ElementTree

from mentor_portal.files.kinds import DOCX, PPTX, XLSX, FileType
from mentor_portal.files.refusals import Unfit, Why, refusing_unreadable
from mentor_portal.files.signatures import OLE_START, ZIP_START, is_program

MEGABYTE = 1024 * 1024
CHUNK_BYTES = 64 * 1024
MOST_PARTS = 10_000
MOST_DIRECTORY_BYTES = 4 * MEGABYTE
MOST_UNPACKED_BYTES = 500 * MEGABYTE
# Text shrinks to a tenth, rarely to a hundredth; small files may do so, large ones are bombs.
MOST_RATIO, RATIO_FROM_BYTES = 100, 64 * MEGABYTE
MOST_XML_BYTES = 2 * MEGABYTE
MOST_XML_BYTES_TOGETHER = 8 * MEGABYTE
MOST_NESTED_BYTES = 20 * MEGABYTE
END_RECORD_BYTES = 22

CONTENT_TYPES = "[Content_Types].xml"
ROOT_RELATIONS = "_rels/.rels"
MAIN_TYPES = {
    "presentationml.presentation.main+xml": PPTX,
    "wordprocessingml.document.main+xml": DOCX,
    "spreadsheetml.sheet.main+xml": XLSX,
}
SCRIPT_SUFFIXES = (
    *("exe", "dll", "com", "scr", "pif", "msi", "bat", "cmd", "ps1", "sh", "jar", "hta", "lnk", "reg"),
    *("vbs", "vbe", "js", "jse", "wsf", "wsh", "php", "jsp", "html", "htm", "svgz", "swf"),
)
_SCRIPT = re.compile(rf"\.({'|'.join(SCRIPT_SUFFIXES)})$", re.IGNORECASE)
_SCRIPT_NAME_INSIDE = re.compile(rb"\.(exe|dll|com|scr|bat|cmd|ps1|vbs|js|hta|lnk|jar|msi)\0", re.IGNORECASE)
_MACRO_PART = re.compile(
    r"(vbaproject(signature)?\.bin|vbadata\.xml|\.(docm|dotm|pptm|potm|ppsm|xlsm|xlam|xltm))$"
)
_UNSAFE_NAME = re.compile(r"^[/\\]|\\|(^|/)\.\.(/|$)|^[A-Za-z]:|[\x00-\x1f\x7f]")
# Another machine's file; a path on the writer's own disk leads nowhere.
_REMOTE = re.compile(r"^\s*(https?:|ftp:|[\\/]{2}|file:(?!/{0,3}[A-Za-z]:|///[^/\\]|[^/\\]))", re.IGNORECASE)
_LOADED_AT_ONCE = ("/attachedTemplate", "/oleObject", "/frame", "/subDocument")
_PARSED_PARTS = re.compile(r"(^\[content_types\]\.xml|\.rels)$")


def examine(file: BinaryIO, size: int) -> FileType | None:
    """Return which document an archive is, None where it is another archive. Raises Unfit."""
    _refuse_bad_end(file, size)
    with refusing_unreadable(Why.DAMAGED), zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        _refuse_bad_list(parts)
        if not any(each.filename == CONTENT_TYPES for each in parts):
            raise Unfit(Why.PACKED)
        texts = _Unpacking(archive, size).look_through(parts)
        return _kind_by_main_part(texts, {each.filename for each in parts})


def refuse_hidden_archive(file: BinaryIO, *, size: int | None = None) -> None:
    """Raise Unfit where a file that is something else can be opened as an archive too.

    With its size, only where the archive goes to the very end: other files may well embed one.
    """
    end = _end_record(file)
    if end is None or (size is not None and end[0] + END_RECORD_BYTES != size):
        return
    try:
        with zipfile.ZipFile(file) as archive:
            is_archive = bool(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError, RuntimeError):
        return
    if is_archive:
        raise Unfit(Why.SEVERAL_FILES)


def names_program(content: bytes) -> bool:
    """Return whether an embedded object carries the name of a program."""
    return bool(_SCRIPT_NAME_INSIDE.search(content))


def _end_record(file: BinaryIO) -> tuple[int, bytes] | None:
    """Return where the last record of the list of parts lies, and the record; None where there is none."""
    file.seek(0, 2)
    size = file.tell()
    start = max(0, size - END_RECORD_BYTES - 0xFFFF)
    file.seek(start)
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < END_RECORD_BYTES:
        return None
    return start + place, tail[place : place + END_RECORD_BYTES]


def _refuse_bad_end(file: BinaryIO, size: int) -> None:
    """Look at the list's own sizes first: reading a list of millions of parts is what would hurt."""
    found = _end_record(file)
    if found is None:
        raise Unfit(Why.CUT_OFF)
    place, record = found
    count, length, start, comment = struct.unpack("<HLLH", record[10:22])
    if count > MOST_PARTS or length > MOST_DIRECTORY_BYTES:
        raise Unfit(Why.TOO_MANY_PARTS)
    if place + END_RECORD_BYTES != size or comment:
        raise Unfit(Why.SEVERAL_FILES)
    if start + length != place:
        raise Unfit(Why.DAMAGED)


def _refuse_bad_list(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS:
        raise Unfit(Why.TOO_MANY_PARTS)
    if any(each.flag_bits & 0x1 for each in parts):
        raise Unfit(Why.PASSWORD)
    # orig_filename is what the archive says; zipfile itself cuts a name at NUL.
    if any(_UNSAFE_NAME.search(each.orig_filename) for each in parts):
        raise Unfit(Why.BAD_PARTS)
    names = [each.filename.lower() for each in parts]
    if len(set(names)) < len(names):
        raise Unfit(Why.BAD_PARTS)
    if any(_MACRO_PART.search(name) for name in names):
        raise Unfit(Why.MACROS)
    if any("activex/" in name for name in names):
        raise Unfit(Why.CONTROLS)
    if any(_SCRIPT.search(name) for name in names):
        raise Unfit(Why.PROGRAM_INSIDE)


class _Unpacking:
    """One reading of all parts within a budget; only the parts that say how all hangs together are kept."""

    def __init__(self, archive: zipfile.ZipFile, size: int) -> None:
        self.archive = archive
        self.left = min(MOST_UNPACKED_BYTES, max(RATIO_FROM_BYTES, MOST_RATIO * size))

    def look_through(self, parts: list[zipfile.ZipInfo]) -> dict[str, bytes]:
        if sum(each.file_size for each in parts) > self.left:
            raise Unfit(Why.INFLATES)
        texts = {}
        for part in parts:
            content = self._look_at(part)
            if _PARSED_PARTS.search(part.filename.lower()):
                texts[part.filename] = content
                if sum(map(len, texts.values())) > MOST_XML_BYTES_TOGETHER:
                    raise Unfit(Why.BAD_PARTS)
        return texts

    def _look_at(self, part: zipfile.ZipInfo) -> bytes:
        """Return the content where it has to be looked at, else only that it can be read."""
        most = _kept_bytes(part.filename.lower())
        chunks = self._chunks(part)
        kept = bytearray(next(chunks, b""))
        if is_program(kept):
            raise Unfit(Why.PROGRAM_INSIDE)
        length = len(kept)
        for chunk in chunks:
            length += len(chunk)
            if length <= most:
                kept += chunk
        if length != part.file_size:
            raise Unfit(Why.DAMAGED)
        if most == MOST_XML_BYTES and length > most:
            raise Unfit(Why.BAD_PARTS)
        if most == MOST_NESTED_BYTES:
            _refuse_bad_nested(bytes(kept))
        return bytes(kept) if most == MOST_XML_BYTES else b""

    def _chunks(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        with self.archive.open(part) as content:
            while chunk := content.read(CHUNK_BYTES):
                self.left -= len(chunk)
                if self.left < 0:
                    raise Unfit(Why.INFLATES)
                yield chunk


def _kept_bytes(name: str) -> int:
    if _PARSED_PARTS.search(name):
        return MOST_XML_BYTES
    return MOST_NESTED_BYTES if "embeddings/" in name else 0


def _refuse_bad_nested(content: bytes) -> None:
    """Look at an embedded document as far as its names go; charts bring a workbook, for example."""
    if content.startswith(OLE_START) and (names_program(content) or _utf16("_VBA_PROJECT") in content):
        raise Unfit(Why.PROGRAM_INSIDE)
    if content.startswith(ZIP_START):
        nested = BytesIO(content)
        _refuse_bad_end(nested, len(content))
        with zipfile.ZipFile(nested) as archive:
            _refuse_bad_list(archive.infolist())


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _kind_by_main_part(texts: dict[str, bytes], names: set[str]) -> FileType | None:
    types = _parse(texts[CONTENT_TYPES])
    declared = [each.get("ContentType", "") for each in types]
    _refuse_bad_types(declared)
    relations = {name: _parse(text) for name, text in texts.items() if name.lower().endswith(".rels")}
    _refuse_remote(relations.values())
    main = _main_part(relations.get(ROOT_RELATIONS))
    if main not in names:
        raise Unfit(Why.DAMAGED)
    return _kind_of(_type_of(types, main))


def _refuse_bad_types(declared: list[str]) -> None:
    lowered = [each.lower() for each in declared]
    if any("macroenabled" in each or "vbaproject" in each for each in lowered):
        raise Unfit(Why.MACROS)
    if any("activex" in each for each in lowered):
        raise Unfit(Why.CONTROLS)


def _refuse_remote(relations: Iterator[ElementTree.Element]) -> None:
    for each in (relation for file in relations for relation in file):
        if each.get("TargetMode") != "External" or not each.get("Type", "").endswith(_LOADED_AT_ONCE):
            continue
        if _REMOTE.match(each.get("Target", "")):
            raise Unfit(Why.REMOTE_TEMPLATE)


def _main_part(relations: ElementTree.Element | None) -> str | None:
    for each in [] if relations is None else relations:
        if each.get("Type", "").endswith("/officeDocument"):
            return each.get("Target", "").removeprefix("./").lstrip("/")
    return None


def _type_of(types: ElementTree.Element, part: str) -> str:
    for each in types:
        if each.get("PartName", "").lstrip("/").lower() == part.lower():
            return each.get("ContentType", "")
    suffix = part.rpartition(".")[2].lower()
    defaults = {each.get("Extension", "").lower(): each.get("ContentType", "") for each in types}
    return defaults.get(suffix, "")


def _kind_of(content_type: str) -> FileType | None:
    for ending, kind in MAIN_TYPES.items():
        if content_type.endswith(ending):
            return kind
    if content_type.endswith(("template.main+xml", "slideshow.main+xml")):
        raise Unfit(Why.OTHER_OFFICE)
    raise Unfit(Why.DAMAGED)


def _parse(text: bytes) -> ElementTree.Element:
    """Return the root of a part; entities have no place in one."""
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"\0" in text:
        raise Unfit(Why.BAD_PARTS)
    with refusing_unreadable(Why.DAMAGED):
        return ElementTree.fromstring(text)

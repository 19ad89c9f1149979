"""Office documents before 2007: a file system of streams in one file."""

import struct
from typing import BinaryIO

import olefile

from mentor_portal.files.archives import names_program, refuse_hidden_archive
from mentor_portal.files.kinds import DOC, PPT, XLS, FileType
from mentor_portal.files.refusals import Unfit, Why, refusing_unreadable

MAIN_STREAMS = {"PowerPoint Document": PPT, "WordDocument": DOC, "Workbook": XLS, "Book": XLS}
MACRO_NAMES = {"macros", "vba", "_vba_project", "_vba_project_cur"}
PACKAGE_STREAM = "\x01Ole10Native"
ENCRYPTED_STREAMS = {"encryptedpackage", "encryptedsummary"}
MOST_ENTRIES = 10_000

# [MS-PPT] 2.3.2, 2.4.10: the marks of an encrypted presentation, and of one with macros.
PPT_USER_STREAM, PPT_ENCRYPTED = "Current User", 0xF3D1C4DF
PPT_DOCUMENT, PPT_INFO_LIST, PPT_VBA_INFO, PPT_VBA_ATOM = 0x03E8, 0x07D0, 0x03FF, 0x0400
# [MS-DOC] 2.5.2, [MS-XLS] 2.4.117.
DOC_ENCRYPTED = 0x0100
XLS_FILE_PASS, XLS_FIRST_RECORDS = 0x002F, 20


def examine(file: BinaryIO, size: int) -> FileType | None:
    """Return which document a compound file is, None where it is another one. Raises Unfit."""
    refuse_hidden_archive(file, size=size)
    file.seek(0)
    with refusing_unreadable(Why.DAMAGED), olefile.OleFileIO(file) as compound:
        entries = compound.listdir(streams=True, storages=True)
        _refuse_bad_entries(compound, entries)
        main, kind = _main_stream(compound)
        if kind is None:
            return None
        content = _whole(compound, [main])
        _refuse_bad_content(compound, kind, content)
        return kind


def _refuse_bad_entries(compound: olefile.OleFileIO, entries: list[list[str]]) -> None:
    names = {each.lower() for entry in entries for each in entry}
    if len(entries) > MOST_ENTRIES:
        raise Unfit(Why.TOO_MANY_PARTS)
    if names & ENCRYPTED_STREAMS:
        raise Unfit(Why.PASSWORD)
    if names & MACRO_NAMES:
        raise Unfit(Why.MACROS)
    for entry in entries:
        if entry[-1] == PACKAGE_STREAM and names_program(_whole(compound, entry)):
            raise Unfit(Why.PROGRAM_INSIDE)


def _main_stream(compound: olefile.OleFileIO) -> tuple[str, FileType | None]:
    for name, kind in MAIN_STREAMS.items():
        if compound.exists(name):
            return name, kind
    return "", None


def _whole(compound: olefile.OleFileIO, name: list[str]) -> bytes:
    content = compound.openstream(name).read()
    if len(content) < compound.get_size(name):
        raise Unfit(Why.CUT_OFF)
    return content


def _refuse_bad_content(compound: olefile.OleFileIO, kind: FileType, content: bytes) -> None:
    if kind is PPT:
        _refuse_bad_presentation(compound, content)
    elif kind is DOC:
        if len(content) < 32:
            raise Unfit(Why.DAMAGED)
        if struct.unpack_from("<H", content, 10)[0] & DOC_ENCRYPTED:
            raise Unfit(Why.PASSWORD)
    elif any(record == XLS_FILE_PASS for record in _sheet_records(content)):
        raise Unfit(Why.PASSWORD)


def _refuse_bad_presentation(compound: olefile.OleFileIO, content: bytes) -> None:
    user = _whole(compound, [PPT_USER_STREAM]) if compound.exists(PPT_USER_STREAM) else b""
    if len(user) >= 16 and struct.unpack_from("<L", user, 12)[0] == PPT_ENCRYPTED:
        raise Unfit(Why.PASSWORD)
    if not any(kind == PPT_DOCUMENT for kind, *_ in _records(content, 0, len(content))):
        raise Unfit(Why.DAMAGED)
    if _has_macros(content, 0, len(content), (PPT_DOCUMENT, PPT_INFO_LIST, PPT_VBA_INFO, PPT_VBA_ATOM)):
        raise Unfit(Why.MACROS)


def _has_macros(content: bytes, start: int, end: int, path: tuple[int, ...]) -> bool:
    """Follow the records named in the path, down to the one that tells whether there are macros."""
    for kind, first, last in _records(content, start, end):
        if kind != path[0]:
            continue
        if len(path) == 1:
            return any(content[first + 4 : first + 8])
        if _has_macros(content, first, last, path[1:]):
            return True
    return False


def _records(content: bytes, start: int, end: int):
    """Yield the kind, start and end of each record on one level."""
    while start + 8 <= end:
        kind, length = struct.unpack_from("<HL", content, start + 2)
        first = start + 8
        if first + length > end:
            raise Unfit(Why.DAMAGED)
        yield kind, first, first + length
        start = first + length


def _sheet_records(content: bytes):
    place = 0
    for _ in range(XLS_FIRST_RECORDS):
        if place + 4 > len(content):
            return
        record, length = struct.unpack_from("<HH", content, place)
        yield record
        place += 4 + length

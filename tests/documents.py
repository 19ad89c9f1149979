"""Small files of each kind that people upload, made on the spot; each is whole and can be opened."""

import io
import struct
import zipfile
from collections.abc import Mapping

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image

HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
EXE = b"MZ".ljust(60, b"\0") + struct.pack("<L", 128) + b"\0" * 64 + b"PE\0\0" + b"\0" * 400
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE_TYPE = "application/vnd.openxmlformats-officedocument"
MAIN_TYPES = {
    "word/document.xml": f"{OFFICE_TYPE}.wordprocessingml.document.main+xml",
    "xl/workbook.xml": f"{OFFICE_TYPE}.spreadsheetml.sheet.main+xml",
    "ppt/presentation.xml": f"{OFFICE_TYPE}.presentationml.presentation.main+xml",
}
# The presentation's own stream: one record that is the document, and nothing in it.
PPT_DOCUMENT = struct.pack("<HHL", 0x000F, 0x03E8, 0)
SECTOR = 512
NO_SECTOR, LAST_SECTOR, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def pdf(*objects: bytes, trailer: bytes = b"", version: bytes = b"1.7") -> bytes:
    """A PDF of one empty page; more objects are numbered from 4."""
    content = b"%PDF-" + version + b"\n"
    places = []
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] >>"
    catalog = b"<< /Type /Catalog /Pages 2 0 R " + trailer + b" >>"
    for number, each in enumerate(
        [catalog, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, *objects], start=1
    ):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(places) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % count
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(content))
    return content + head + table + tail


PDF = pdf()
PDF_END = PDF[PDF.rindex(b"startxref") :]


def large_pdf(size: int) -> bytes:
    """A PDF with so many bytes in a stream."""
    return pdf(b"<< /Length %d >>\nstream\n%s\nendstream" % (size, b"\1" * size))


def archive(*parts: str, **contents: bytes) -> bytes:
    return archive_of({**dict.fromkeys(parts, b"<a/>"), **contents})


def archive_of(parts: Mapping[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return kept.getvalue()


def office(main_part: str, *more: str) -> bytes:
    return archive_of({**office_parts(main_part), **dict.fromkeys(more, b"<a/>")})


def office_parts(main_part: str, content_type: str | None = None, more_types: str = "") -> dict[str, bytes]:
    """The parts that every Office document has; ``content_type`` is what the main one is said to be."""
    said = content_type or MAIN_TYPES.get(main_part, "application/xml")
    types = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main_part}" ContentType="{said}"/>{more_types}</Types>'
    )
    relations = relations_of(f'Id="rId1" Type="{OFFICE}/officeDocument" Target="{main_part}"')
    return {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": relations,
        main_part: b'<?xml version="1.0"?><a/>',
    }


def relations_of(*each: str) -> bytes:
    inner = "".join(f"<Relationship {one}/>" for one in each)
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'.encode()


def compound(*streams: str) -> bytes:
    """An older Office file with empty streams; that of a presentation has its document."""
    return compound_of({name: PPT_DOCUMENT if name == "PowerPoint Document" else b"" for name in streams})


def compound_of(streams: Mapping[str, bytes | None]) -> bytes:
    """A compound file of streams, and of empty storages where the content is None; all at the top."""
    sectors, table, entries = [], [], []
    names = list(streams)
    for place, (name, content) in enumerate(streams.items()):
        following = place + 2 if place + 1 < len(names) else NO_SECTOR
        if content is None:
            entries.append(_entry(name, 1, following, NO_SECTOR, 0, 0))
            continue
        content = content.ljust(4096, b"\0")
        entries.append(_entry(name, 2, following, NO_SECTOR, len(sectors), len(content)))
        _chain(content, sectors, table)
    first_entry = len(sectors)
    root = _entry("Root Entry", 5, NO_SECTOR, 1 if names else NO_SECTOR, LAST_SECTOR, 0)
    _chain(b"".join([root, *entries]), sectors, table)
    fats = -(-(len(table) + 1) // (SECTOR // 4 - 1))
    fat_places = [len(table) + number for number in range(fats)]
    table += [FAT_SECTOR] * fats
    table += [NO_SECTOR] * (fats * SECTOR // 4 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH6xLLL", 0x3E, 3, 0xFFFE, 9, 6, 0, fats, first_entry)
    head += struct.pack("<LLLLLL", 0, 4096, LAST_SECTOR, 0, LAST_SECTOR, 0)
    head += struct.pack("<109L", *fat_places, *[NO_SECTOR] * (109 - fats))
    return head + b"".join(sectors) + struct.pack(f"<{len(table)}L", *table)


def _chain(content: bytes, sectors: list[bytes], table: list[int]) -> None:
    pieces = [content[place : place + SECTOR] for place in range(0, len(content), SECTOR)]
    for number, piece in enumerate(pieces):
        sectors.append(piece.ljust(SECTOR, b"\0"))
        table.append(len(sectors) if number + 1 < len(pieces) else LAST_SECTOR)


def _entry(name: str, kind: int, following: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    entry = text.ljust(64, b"\0") + struct.pack("<HBBLLL", len(text), kind, 1, NO_SECTOR, following, child)
    return (entry + b"\0" * 36 + struct.pack("<LQ", start, size)).ljust(128, b"\0")


def workbook() -> bytes:
    kept = io.BytesIO()
    Workbook().save(kept)
    return kept.getvalue()


def picture(kind: str, size: tuple[int, int] = (8, 8), **options: object) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", size).save(kept, kind, **options)
    return kept.getvalue()


def box(name: bytes, *content: bytes) -> bytes:
    inner = b"".join(content)
    return struct.pack(">L", 8 + len(inner)) + name + inner


def moov(*offsets: int, handler: bytes = b"vide") -> bytes:
    table = struct.pack(f">LL{len(offsets)}L", 0, len(offsets), *offsets)
    stbl = box(b"stbl", box(b"stco", table))
    hdlr = box(b"hdlr", b"\0" * 8 + handler + b"\0" * 13)
    trak = box(b"trak", box(b"tkhd", b"\0" * 84), box(b"mdia", hdlr, box(b"minf", stbl)))
    return box(b"moov", box(b"mvhd", b"\0" * 100), trak)


FTYP = box(b"ftyp", b"isom\0\0\x02\0isommp42")


def mp4(*, is_moov_first: bool = True, samples: bytes = b"\x12" * 4096) -> bytes:
    """A video of one track as far as its boxes tell, ready to be streamed or as phones write it."""
    head = moov(0)
    if is_moov_first:
        return FTYP + moov(len(FTYP) + len(head) + 8) + box(b"mdat", samples)
    return FTYP + box(b"mdat", samples) + moov(len(FTYP) + 8)


# 128 kbit/s at 44.1 kHz.
MP3_FRAME = b"\xff\xfb\x90\x00".ljust(417, b"\x55")


def mp3(frames: int = 20, *, tag: bytes = b"", tail: bytes = b"") -> bytes:
    return tag + MP3_FRAME * frames + tail


def id3(content: bytes = b"TIT2\0\0\0\x02\0\0\0A") -> bytes:
    size = len(content)
    return b"ID3\x03\0\0" + bytes([size >> 21 & 127, size >> 14 & 127, size >> 7 & 127, size & 127]) + content

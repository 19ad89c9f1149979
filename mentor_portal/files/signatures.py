"""The first bytes of a file, by which it is known what to look at more closely."""

from mentor_portal.files.kinds import MP3, MP4, PDF
from mentor_portal.files.refusals import Why

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
BLANK = b" \t\r\n\f\0"
ZIP_START = b"PK\x03\x04"
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PDF_START = b"%PDF-"

# Those whose content is examined …
_KINDS = (
    (0, ZIP_START, "archive"),
    (0, OLE_START, "compound"),
    (0, b"\xff\xd8\xff", "picture"),
    (0, b"\x89PNG\r\n\x1a\n", "picture"),
    (0, b"GIF87a", "picture"),
    (0, b"GIF89a", "picture"),
    (8, b"WEBP", "picture"),
    (0, b"ID3", MP3.content_type),
)
# … and those that are not taken, so that the refusal can say what to do.
_REFUSED = (
    (0, b"PK", Why.PACKED),
    (0, b"Rar!", Why.PACKED),
    (0, b"7z\xbc\xaf\x27\x1c", Why.PACKED),
    (0, b"\x1f\x8b", Why.PACKED),
    (0, b"MZ", Why.PROGRAM),
    (0, b"\x7fELF", Why.PROGRAM),
    (0, b"#!", Why.PROGRAM),
    (0, b"BM", Why.OTHER_PICTURE),
    (0, b"II*\0", Why.OTHER_PICTURE),
    (0, b"MM\0*", Why.OTHER_PICTURE),
    (0, b"\x1aE\xdf\xa3", Why.OTHER_VIDEO),  # MKV, WebM
    (0, b"FLV", Why.OTHER_VIDEO),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Why.OTHER_VIDEO),  # WMV
    (8, b"AVI ", Why.OTHER_VIDEO),
    (4, b"moov", Why.OTHER_VIDEO),  # QuickTime of old
    (8, b"WAVE", Why.OTHER_SOUND),
    (0, b"OggS", Why.OTHER_SOUND),
    (0, b"fLaC", Why.OTHER_SOUND),
)
_STILL_PICTURES = {b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis"}
_SOUNDS = {b"M4A ", b"M4B ", b"M4P "}


# What must not follow the end of a picture or a sound.
_OTHER_CONTENT = (
    *(b"<html", b"<script", b"<!doctype", b"<svg", b"<?php", b"<?xml", b"<body", b"<img", b"<iframe"),
    *(b"%pdf-", b"#!/", b"rar!\x1a", b"7z\xbc\xaf", b"pk\x03\x04", b"\x7felf", b"this program cannot be run"),
)


def kind_of(head: bytes) -> str | Why:
    """Return the name of what a file begins as, or why that is not taken."""
    if head[4:8] == b"ftyp":
        return _kind_of_boxes(head[8:12])
    for start, signature, kind in _KINDS:
        if head.startswith(signature, start):
            return kind
    if head.startswith(b"#!AMR"):
        return Why.OTHER_SOUND
    for start, signature, why in _REFUSED:
        if head.startswith(signature, start):
            return why
    if is_mp3_frame(head):
        return MP3.content_type
    return _kind_of_text(head)


def is_mp3_frame(head: bytes) -> bool:
    """Return whether bytes begin as a frame of MPEG sound, layer III."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return False
    return head[1] & 0x18 != 0x08 and head[2] >> 4 not in (0, 15) and head[2] & 0x0C != 0x0C


def holds_other_content(tail: bytes) -> bool:
    """Return whether what follows the end of a file is a page, a script, a program or an archive."""
    lowered = tail.lower()
    return any(each in lowered for each in _OTHER_CONTENT)


def is_program(head: bytes) -> bool:
    """Return whether bytes begin as a program of Windows or Linux."""
    if head.startswith((b"\x7fELF", b"#!")):
        return True
    place = int.from_bytes(head[60:64], "little")
    return head.startswith(b"MZ") and head[place : place + 4] == b"PE\0\0"


def _kind_of_boxes(brand: bytes) -> str | Why:
    if brand in _STILL_PICTURES:
        return Why.OTHER_PICTURE
    if brand in _SOUNDS:
        return Why.OTHER_SOUND
    return Why.OTHER_VIDEO if brand == b"qt  " else MP4.content_type


def _kind_of_text(head: bytes) -> str | Why:
    text = head.removeprefix(BYTE_ORDER_MARK).lstrip(BLANK)
    if text.startswith(PDF_START):
        return PDF.content_type
    if PDF_START in head[:1024]:
        return Why.SEVERAL_FILES
    if text.startswith(b"<"):
        return Why.WEB_PAGE
    if head.startswith((b"\xff\xfe<", b"\xfe\xff\0<")):
        return Why.WEB_PAGE
    return Why.NOT_ALLOWED

"""Small files of each kind that people upload, made on the spot."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
EXE = b"MZ\x90\x00" + b"\0" * 400
OLE_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1016


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def archive(*parts: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as file:
        for part in parts:
            file.writestr(part, "<a/>")
    return kept.getvalue()


def office(main_part: str, *more: str) -> bytes:
    return archive("[Content_Types].xml", main_part, *more)


def compound(*streams: str) -> bytes:
    """An older Office file as far as its directory of streams tells."""
    return OLE_HEAD + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams) + b"\0" * 512


def workbook() -> bytes:
    kept = io.BytesIO()
    Workbook().save(kept)
    return kept.getvalue()


def picture(kind: str) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (8, 8)).save(kept, kind)
    return kept.getvalue()

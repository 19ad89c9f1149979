"""What an uploaded file really is: found from its content, whatever it is called."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

import puremagic
from django.core.files.base import File

from mentor_portal import portal_settings
from mentor_portal.notifications.errors import FileRefused

MEGABYTE = 1024 * 1024
NAME_LENGTH = 150
ALLOWED = "请上传 PDF、Word、Excel、PPTX 文件或 JPG、PNG 图片。"


@dataclass(frozen=True)
class FileType:
    content_type: str
    suffixes: tuple[str, ...]


_OFFICE = "application/vnd.openxmlformats-officedocument"
PDF = FileType("application/pdf", (".pdf",))
JPEG = FileType("image/jpeg", (".jpg", ".jpeg"))
PNG = FileType("image/png", (".png",))
DOC = FileType("application/msword", (".doc",))
XLS = FileType("application/vnd.ms-excel", (".xls",))
DOCX = FileType(f"{_OFFICE}.wordprocessingml.document", (".docx",))
XLSX = FileType(f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",))
PPTX = FileType(f"{_OFFICE}.presentationml.presentation", (".pptx",))

# The part that makes an archive a document, and the stream that does the same in the older format.
MAIN_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
MAIN_STREAMS = {"WordDocument": DOC, "Workbook": XLS, "Book": XLS}
MACRO_PART, MACRO_STREAM = "vbaproject.bin", "_VBA_PROJECT"


@dataclass(frozen=True)
class ExaminedFile:
    """What a file is, its size in bytes, and its name with the suffix that fits."""

    content_type: str
    name: str
    size: int


def examine_file(*, upload: File) -> ExaminedFile:
    """Return what an upload is. Raises FileRefused: empty, too large, with macros, or of no allowed type."""
    most = portal_settings.read()["NOTICE_FILE_MB"]
    if not upload.size:
        raise FileRefused(name=upload.name, reason="文件是空的。")
    if upload.size > most * MEGABYTE:
        raise FileRefused(name=upload.name, reason=f"文件超过 {most} MB，请压缩后再上传。")
    upload.seek(0)
    found = _type_of(upload.name, upload.read())
    upload.seek(0)
    return ExaminedFile(found.content_type, _fitting_name(upload.name, found), upload.size)


def _type_of(name: str, content: bytes) -> FileType:
    try:
        suffixes = {match.extension for match in puremagic.magic_string(content)}
    except puremagic.PureError:
        suffixes = set()
    if ".pdf" in suffixes:
        return PDF
    if ".png" in suffixes:
        return PNG
    if ".jpg" in suffixes:
        return JPEG
    found = None
    if ".docx" in suffixes:
        found = _type_of_archive(name, content)
    elif ".doc" in suffixes:
        found = _type_of_compound(name, content)
    if found is None:
        raise FileRefused(name=name, reason=ALLOWED)
    return found


def _type_of_archive(name: str, content: bytes) -> FileType | None:
    """Only the list of the parts is read, so that nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise FileRefused(name=name, reason="文件已损坏，请重新保存后再上传。") from None
    if "[Content_Types].xml" not in parts:
        return None
    if any(part.lower().endswith(MACRO_PART) for part in parts):
        raise FileRefused(name=name, reason="文件含有宏，请另存为不含宏的文件。")
    return next((kind for part, kind in MAIN_PARTS.items() if part in parts), None)


def _type_of_compound(name: str, content: bytes) -> FileType | None:
    """Look for the names of the streams, which stand in the file's directory as UTF-16."""
    if _utf16(MACRO_STREAM) in content:
        raise FileRefused(name=name, reason="文件含有宏，请另存为不含宏的文件。")
    return next((kind for stream, kind in MAIN_STREAMS.items() if _utf16(stream) in content), None)


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _fitting_name(name: str, found: FileType) -> str:
    path = PurePath(name)
    suffix = path.suffix if path.suffix.lower() in found.suffixes else found.suffixes[0]
    stem = "".join(each for each in path.stem if each.isprintable()).strip() or "附件"
    return f"{stem[: NAME_LENGTH - len(suffix)]}{suffix}"

"""Files that people upload: what each really is, where it is kept, and how it leaves again.

The type is found from the content, whatever the file is called. Files lie below ``MEDIA_ROOT``, outside
the web root, under names of chance; they leave only through a view that has looked at who asks.
"""

import io
import secrets
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Self

import puremagic
from django.core.files.base import File
from django.db import models, transaction
from django.http import FileResponse, Http404

from mentor_portal.errors import DomainError

MEGABYTE = 1024 * 1024
NAME_LENGTH = 150
KEPT_SECONDS = 300


class FileRefused(DomainError):
    code = "file_refused"
    sentence = "“{name}”没有上传：{reason}"


@dataclass(frozen=True)
class FileType:
    """A type of file; browsers show those that are ``is_shown``, all else is saved."""

    content_type: str
    suffixes: tuple[str, ...]
    word: str
    is_shown: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument"
PDF = FileType("application/pdf", (".pdf",), "PDF", is_shown=True)
JPEG = FileType("image/jpeg", (".jpg", ".jpeg"), "JPG", is_shown=True)
PNG = FileType("image/png", (".png",), "PNG", is_shown=True)
DOC = FileType("application/msword", (".doc",), "Word")
XLS = FileType("application/vnd.ms-excel", (".xls",), "Excel")
DOCX = FileType(f"{_OFFICE}.wordprocessingml.document", (".docx",), "Word")
XLSX = FileType(f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",), "Excel")
PPTX = FileType(f"{_OFFICE}.presentationml.presentation", (".pptx",), "PPTX")

PICTURES = (JPEG, PNG)
DOCUMENTS = (PDF, DOC, DOCX, XLS, XLSX, PPTX, *PICTURES)
INLINE_TYPES = frozenset(each.content_type for each in DOCUMENTS if each.is_shown)

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


def words_for(allowed: Sequence[FileType]) -> str:
    """Return the types as people know them: PDF、Word、JPG."""
    return "、".join(dict.fromkeys(each.word for each in allowed))


def examine_file(*, upload: File, allowed: Sequence[FileType] = DOCUMENTS, most_mb: int) -> ExaminedFile:
    """Return what an upload is. Raises FileRefused: empty, too large, with macros, or of no allowed type."""
    if not upload.size:
        raise FileRefused(name=upload.name, reason="文件是空的。")
    if upload.size > most_mb * MEGABYTE:
        raise FileRefused(name=upload.name, reason=f"文件超过 {most_mb} MB，请压缩后再上传。")
    upload.seek(0)
    found = _type_of(upload.name, upload.read())
    upload.seek(0)
    if found not in allowed:
        raise FileRefused(name=upload.name, reason=f"请上传 {words_for(allowed)} 文件。")
    return ExaminedFile(found.content_type, _fitting_name(upload.name, found), upload.size)


def stored_path(stored: "StoredFile", filename: str) -> str:
    """Return a place of chance for a file; the name it was uploaded under is kept in the row."""
    return f"{stored.FOLDER}/{secrets.token_hex(16)}"


class StoredFile(models.Model):
    """A file and what its content was found to be; ``FOLDER`` says where its kind is kept."""

    FOLDER = "files"

    file = models.FileField("文件", upload_to=stored_path)
    original_name = models.CharField("文件名", max_length=NAME_LENGTH)
    content_type = models.CharField("类型", max_length=100)
    size = models.PositiveIntegerField("字节数")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.original_name

    @property
    def is_shown_inline(self) -> bool:
        return self.content_type in INLINE_TYPES

    def keep(self, upload: File, found: ExaminedFile) -> Self:
        """Store the examined upload and the row, neither without the other."""
        self.original_name, self.content_type, self.size = found.name, found.content_type, found.size
        self.file.save(found.name, upload, save=False)
        try:
            with transaction.atomic():
                self.save()
        except BaseException:
            self.file.storage.delete(self.file.name)
            raise
        return self

    def discard(self) -> None:
        """Delete the row, and the file once that is committed."""
        storage, name = self.file.storage, self.file.name
        self.delete()
        transaction.on_commit(lambda: storage.delete(name))


def file_response(stored: StoredFile) -> FileResponse:
    """Return the file for whoever the view has let in; only pictures and PDF are shown in place.

    Raises Http404 where it is gone from the disk.
    """
    try:
        content = stored.file.open()
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        content,
        as_attachment=not stored.is_shown_inline,
        filename=stored.original_name,
        content_type=stored.content_type,
    )
    response["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _type_of(name: str, content: bytes) -> FileType | None:
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
    if ".docx" in suffixes:
        return _type_of_archive(name, content)
    if ".doc" in suffixes:
        return _type_of_compound(name, content)
    return None


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

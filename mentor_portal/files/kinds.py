"""The types of file that people upload, and the sets of them that a place takes."""

from collections.abc import Sequence
from dataclasses import dataclass


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
WEBP = FileType("image/webp", (".webp",), "WebP", is_shown=True)
GIF = FileType("image/gif", (".gif",), "GIF", is_shown=True)
DOC = FileType("application/msword", (".doc",), "Word")
XLS = FileType("application/vnd.ms-excel", (".xls",), "Excel")
PPT = FileType("application/vnd.ms-powerpoint", (".ppt",), "PPT")
DOCX = FileType(f"{_OFFICE}.wordprocessingml.document", (".docx",), "Word")
XLSX = FileType(f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",), "Excel")
PPTX = FileType(f"{_OFFICE}.presentationml.presentation", (".pptx",), "PPTX")
MP4 = FileType("video/mp4", (".mp4", ".m4v"), "MP4")
MP3 = FileType("audio/mpeg", (".mp3",), "MP3")

ARCHIVED = (DOCX, XLSX, PPTX)
COMPOUND = (DOC, XLS, PPT)
PICTURES = (JPEG, PNG)
ALL_PICTURES = (*PICTURES, WEBP, GIF)
DOCUMENTS = (PDF, DOC, DOCX, XLS, XLSX, PPTX, *PICTURES)
COURSEWARE = (PPTX, PPT, PDF, DOCX, MP4, MP3, *ALL_PICTURES)
INLINE_TYPES = frozenset(each.content_type for each in (*DOCUMENTS, *COURSEWARE) if each.is_shown)


@dataclass(frozen=True)
class ExaminedFile:
    """What a file is, its size in bytes, and its name with the suffix that fits."""

    content_type: str
    name: str
    size: int


def suffix_of(content_type: str) -> str:
    """Return the usual suffix of a type that the portal keeps: .pptx; "" for any other."""
    kinds = {each.content_type: each for each in (*DOCUMENTS, *COURSEWARE)}
    return kinds[content_type].suffixes[0] if content_type in kinds else ""


def words_for(allowed: Sequence[FileType]) -> str:
    """Return the types as people know them: PDF、Word、JPG."""
    return "、".join(dict.fromkeys(each.word for each in allowed))

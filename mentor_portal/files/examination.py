"""What an upload really is. Its content decides, whatever it is called, and is never held in memory whole."""

import hashlib
from collections.abc import Callable, Sequence
from typing import BinaryIO

from django.core.files.base import File

from mentor_portal.files import archives, compounds, media, pdf, pictures, signatures
from mentor_portal.files.kinds import DOCUMENTS, MP3, MP4, PDF, ExaminedFile, FileType, words_for
from mentor_portal.files.names import fitting_name, shown_name
from mentor_portal.files.refusals import FileRefused, Unfit, Why

MEGABYTE = 1024 * 1024
HEAD_BYTES = 4096
CHUNK_BYTES = 1024 * 1024

# Each looks at the whole content and returns its type. Raises Unfit.
_EXAMINERS: dict[str, Callable[[BinaryIO, int], FileType | None]] = {
    "archive": archives.examine,
    "compound": compounds.examine,
    PDF.content_type: pdf.examine,
    MP4.content_type: media.examine_mp4,
    MP3.content_type: media.examine_mp3,
    "picture": pictures.examine,
}


def examine_file(
    *,
    upload: File,
    allowed: Sequence[FileType] = DOCUMENTS,
    most_mb: int,
    most_video_mb: int | None = None,
) -> ExaminedFile:
    """Return what an upload is. Videos may have a limit of their own.

    Raises FileRefused: empty, too large, of no allowed type, damaged, or with something harmful inside.
    """
    try:
        return _examine(upload, allowed, most_mb, most_video_mb or most_mb)
    except Unfit as unfit:
        reason = unfit.sentence(words=words_for(allowed))
        raise FileRefused(name=shown_name(upload.name), reason=reason, key=unfit.why.name) from None
    finally:
        upload.seek(0)


def sha256_of(file: File) -> str:
    """Return the SHA-256 of a file's content in hexadecimal, and leave the file at its start."""
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in iter(lambda: file.read(CHUNK_BYTES), b""):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _examine(upload: File, allowed: Sequence[FileType], most_mb: int, most_video_mb: int) -> ExaminedFile:
    size = upload.size
    if not size:
        raise Unfit(Why.EMPTY)
    upload.seek(0)
    kind = signatures.kind_of(upload.read(HEAD_BYTES))
    if isinstance(kind, Why):
        raise Unfit(kind)
    _refuse_large(size, most_video_mb if kind == MP4.content_type else most_mb, kind)
    found = _EXAMINERS[kind](upload.file, size)
    if found not in allowed:
        raise Unfit(Why.NOT_ALLOWED)
    return ExaminedFile(found.content_type, fitting_name(upload.name, found.suffixes), size)


def _refuse_large(size: int, most_mb: int, kind: str) -> None:
    if size > most_mb * MEGABYTE:
        why = Why.VIDEO_TOO_LARGE if kind == MP4.content_type else Why.TOO_LARGE
        raise Unfit(why, most_mb=most_mb)

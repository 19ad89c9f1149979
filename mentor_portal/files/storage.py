"""Where files are kept and how they leave again.

They lie below ``MEDIA_ROOT``, outside the web root, under names of chance; they leave only through a view
that has looked at who asks.
"""

import logging
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Self

from django.apps import apps
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import models, transaction
from django.http import FileResponse, Http404

from mentor_portal.files.kinds import INLINE_TYPES, ExaminedFile
from mentor_portal.files.names import NAME_LENGTH
from mentor_portal.files.pictures import REDRAWN_AS, redrawn
from mentor_portal.files.properties import without_properties
from mentor_portal.files.refusals import FileNotKept

logger = logging.getLogger(__name__)

KEPT_SECONDS = 300
PART = ".part"
# No upload takes longer; what has no row by then never gets one.
SWEPT_AFTER = timedelta(days=1)
NAMES_AT_ONCE = 500


class WholeFileStorage(FileSystemStorage):
    """Keeps files below ``MEDIA_ROOT``; until one is written to its end it is called ``….part``."""

    def _save(self, name: str, content: File) -> str:
        part = Path(self.path(name + PART))
        try:
            super()._save(name + PART, content)
            os.replace(part, self.path(name))
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        return name


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
        """Store the examined upload and the row, neither without the other; pictures are drawn anew.

        Raises FileNotKept where the disk does not take it.
        """
        with _telling_of_full_disk(found.name):
            content = redrawn(upload, found.content_type) if found.content_type in REDRAWN_AS else upload
            self.original_name, self.content_type, self.size = found.name, found.content_type, content.size
            self.file.save(found.name, content, save=False)
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


def file_response(stored: StoredFile, name: str = "", is_unsigned: bool = False) -> FileResponse:
    """Return the file for whoever the view has let in; only pictures and PDF are shown in place.

    ``name`` takes the place of the one it was uploaded under; an ``is_unsigned`` one leaves without what its
    properties say of the author. Raises Http404 where it is gone from the disk.
    """
    try:
        content = stored.file.open()
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        without_properties(content, stored.content_type) if is_unsigned else content,
        as_attachment=not stored.is_shown_inline,
        filename=name or stored.original_name,
        content_type=stored.content_type,
    )
    response["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def sweep_files(*, at: datetime) -> int:
    """Delete files older than a day that have no row, left by processes that ended half-way; return how many.

    Looks only into the folders of the models of stored files, and into that of uploads under way.
    """
    return sum(_sweep_folder(folder, there, at) for folder, there in _folders().items()) + _sweep_uploads(at)


def _folders() -> dict[str, list[type[StoredFile]]]:
    folders: dict[str, list[type[StoredFile]]] = {}
    for model in apps.get_models():
        if issubclass(model, StoredFile):
            folders.setdefault(model.FOLDER, []).append(model)
    return folders


def _sweep_folder(folder: str, models_there: list[type[StoredFile]], at: datetime) -> int:
    old = (f"{folder}/{path.name}" for path in _old_files(Path(default_storage.path(folder)), at))
    swept = 0
    for names in _batches(old):
        kept = set()
        for model in models_there:
            kept.update(model._base_manager.filter(file__in=names).values_list("file", flat=True))
        for name in set(names) - kept:
            default_storage.delete(name)
            swept += 1
    return swept


def _sweep_uploads(at: datetime) -> int:
    swept = 0
    for path in _old_files(Path(settings.FILE_UPLOAD_TEMP_DIR), at):
        path.unlink(missing_ok=True)
        swept += 1
    return swept


def _old_files(folder: Path, at: datetime) -> Iterator[Path]:
    latest = (at - SWEPT_AFTER).timestamp()
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            if path.is_file() and path.stat().st_mtime < latest:
                yield path


def _batches(names: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(names, NAMES_AT_ONCE)):
        yield batch


@contextmanager
def _telling_of_full_disk(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as failed:
        logger.exception("a file could not be kept")
        raise FileNotKept(name=name) from failed

"""What the properties of a document say beside its content: who wrote it, for whom, under which title."""

import shutil
import tempfile
import zipfile
from contextlib import suppress
from os import SEEK_END
from typing import BinaryIO

from pypdf import PdfReader, PdfWriter

from mentor_portal.files.kinds import DOCX, PDF, PPTX, XLSX
from mentor_portal.files.refusals import Unfit, Why, refusing_unreadable

MEGABYTE = 1024 * 1024
IN_MEMORY_BYTES = 4 * MEGABYTE
# A larger PDF would have to be in memory several times over, and leaves as it is.
MOST_PDF_BYTES = 30 * MEGABYTE

_OPENXML = "http://schemas.openxmlformats.org"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# The parts of an Office document that hold its properties, with nothing in them.
_CORE = f"{_OPENXML}/package/2006/metadata/core-properties"
_EMPTY_PARTS = {
    "docProps/core.xml": f'{_HEAD}<cp:coreProperties xmlns:cp="{_CORE}"/>',
    "docProps/app.xml": f'{_HEAD}<Properties xmlns="{_OPENXML}/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": f'{_HEAD}<Properties xmlns="{_OPENXML}/officeDocument/2006/custom-properties"/>',
}


def without_properties(content: BinaryIO, content_type: str) -> BinaryIO:
    """Return the file with its properties emptied, at its start; what has none, or cannot be read, as it is.

    The one that was given is closed where another comes back. Office documents from before 2007, sound and
    video keep theirs; the pages themselves are not touched.
    """
    left = content
    with suppress(Unfit):
        if content_type in {DOCX.content_type, PPTX.content_type, XLSX.content_type}:
            left = _emptied_office(content)
        elif content_type == PDF.content_type and content.seek(0, SEEK_END) <= MOST_PDF_BYTES:
            left = _emptied_pdf(content)
    if left is not content:
        content.close()
    left.seek(0)
    return left


def _emptied_office(content: BinaryIO) -> BinaryIO:
    emptied = _new_file()
    with (
        refusing_unreadable(Why.DAMAGED),
        zipfile.ZipFile(content) as source,
        zipfile.ZipFile(emptied, "w") as target,
    ):
        for part in source.infolist():
            # Not packed again: most of it is pictures, and somebody waits.
            kept = zipfile.ZipInfo(part.filename, part.date_time)
            if part.filename in _EMPTY_PARTS:
                target.writestr(kept, _EMPTY_PARTS[part.filename])
                continue
            with source.open(part) as read, target.open(kept, "w") as written:
                shutil.copyfileobj(read, written)
    return emptied


def _emptied_pdf(content: BinaryIO) -> BinaryIO:
    emptied = _new_file()
    with refusing_unreadable(Why.DAMAGED):
        reader = PdfReader(content)
        if reader.is_encrypted:
            reader.decrypt("")
        writer = PdfWriter(clone_from=reader)
        writer.metadata = None
        writer.root_object.pop("/Metadata", None)
        writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
        writer.write(emptied)
    return emptied


def _new_file() -> BinaryIO:
    """Return a file that goes when the answer is closed, as the one that was opened."""
    return tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES)

"""What a document's properties say of its author goes, and its pages stay."""

import io
import zipfile

import pytest
from docx import Document
from pptx import Presentation
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject

from mentor_portal.files import DOCX, PDF, PNG, PPTX
from mentor_portal.files.properties import without_properties
from tests import documents

AUTHOR = "Zhou Jianguo"


def document() -> bytes:
    made = Document()
    made.core_properties.author = made.core_properties.last_modified_by = AUTHOR
    made.add_paragraph("面试前的三天")
    return _saved(made)


def deck() -> bytes:
    made = Presentation()
    made.core_properties.author = made.core_properties.title = AUTHOR
    made.slides.add_slide(made.slide_layouts[0]).shapes.title.text = "面试前的三天"
    return _saved(made)


def pdf() -> bytes:
    writer = PdfWriter()
    for _ in range(3):
        writer.add_blank_page(100, 200)
    writer.add_metadata({"/Author": AUTHOR, "/Title": AUTHOR})
    described = StreamObject()
    described.set_data(f"<x>{AUTHOR}</x>".encode())
    writer.root_object[NameObject("/Metadata")] = writer._add_object(described)
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def _saved(made) -> bytes:
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def parts_of(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def emptied(content: bytes, kind) -> bytes:
    return without_properties(io.BytesIO(content), kind.content_type).read()


def test_word_document_loses_its_author_and_keeps_its_text():
    assert AUTHOR.encode() in parts_of(document())
    left = emptied(document(), DOCX)
    assert AUTHOR.encode() not in parts_of(left)
    assert Document(io.BytesIO(left)).paragraphs[0].text == "面试前的三天"
    assert Document(io.BytesIO(left)).core_properties.author == ""


def test_slides_lose_their_author_and_keep_their_text():
    left = emptied(deck(), PPTX)
    assert AUTHOR.encode() not in parts_of(left)
    [slide] = Presentation(io.BytesIO(left)).slides
    assert slide.shapes.title.text == "面试前的三天"


def test_pdf_loses_its_author_and_keeps_its_pages():
    assert pdf().count(AUTHOR.encode()) == 3
    left = emptied(pdf(), PDF)
    assert AUTHOR.encode() not in left
    assert len(PdfReader(io.BytesIO(left)).pages) == 3


@pytest.mark.parametrize("kind", [PDF, PPTX, PNG])
def test_what_cannot_be_read_or_has_no_properties_leaves_as_it_is(kind):
    assert emptied(documents.PDF[:40], kind) == documents.PDF[:40]

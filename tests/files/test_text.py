"""The text of documents, read in a process of its own."""

import io

import docx
import pptx
import pytest
from django.core.files.base import ContentFile

from mentor_portal.files import DOCX, MP4, PDF, PNG, PPTX, text
from mentor_portal.files.text import TextUnreadable, extract_text
from tests import documents as made
from tests.files import good


def text_of(content: bytes, content_type: str, **options: float) -> str:
    return extract_text(ContentFile(content), content_type, **options)


def test_slides_are_read_in_order_with_tables_and_notes():
    lines = text_of(good.python_pptx(), PPTX.content_type).splitlines()
    assert lines == ["面试技巧", "薪酬", "底薪\t奖金", "答疑", "留十分钟"]


def test_slides_of_wps_are_read():
    assert "面试技巧" in text_of(good.wps_pptx(), PPTX.content_type)


def test_shapes_of_a_group_are_read():
    talk = pptx.Presentation()
    group = talk.slides.add_slide(talk.slide_layouts[6]).shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, 10, 10).text_frame.text = "组合里的字"
    kept = io.BytesIO()
    talk.save(kept)
    assert text_of(kept.getvalue(), PPTX.content_type) == "组合里的字"


def test_paragraphs_and_tables_of_a_paper_are_read_in_order():
    for make in (good.python_docx, good.wps_docx):
        assert text_of(make(), DOCX.content_type).splitlines() == ["讲义", "第一段", "甲\t乙", "最后一段"]


def test_table_within_a_table_is_read():
    paper = docx.Document()
    paper.add_table(1, 1).cell(0, 0).add_table(1, 1).cell(0, 0).text = "内层"
    kept = io.BytesIO()
    paper.save(kept)
    assert text_of(kept.getvalue(), DOCX.content_type) == "内层"


def test_pages_are_read():
    assert text_of(good.text_pdf(), PDF.content_type).splitlines() == ["Interview skills"] * 2


def test_pdf_that_may_not_be_changed_is_read():
    assert text_of(good.pypdf_pdf(owner_password="owner"), PDF.content_type) == ""


@pytest.mark.parametrize(
    ("content", "content_type"),
    [(made.mp4(), MP4.content_type), (made.picture("PNG"), PNG.content_type), (made.PDF, PDF.content_type)],
)
def test_what_has_no_text_gives_none(content, content_type):
    assert text_of(content, content_type) == ""


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"", PDF.content_type),
        (made.HTML, PDF.content_type),
        (made.PDF[:100], PPTX.content_type),
        (good.python_pptx()[:-500], PPTX.content_type),
        (good.python_pptx(), DOCX.content_type),
        (good.pypdf_pdf(password="secret"), PDF.content_type),
        (made.PDF.replace(b"[3 0 R]", b"[2 0 R]"), PDF.content_type),
    ],
)
def test_broken_document_is_told(content, content_type):
    with pytest.raises(TextUnreadable):
        text_of(content, content_type)


def test_reading_ends_after_its_time():
    with pytest.raises(TextUnreadable, match="too long"):
        text_of(good.python_pptx(), PPTX.content_type, most_seconds=0.01)


def test_reading_ends_at_its_memory(monkeypatch):
    monkeypatch.setattr(text, "MOST_MEMORY_BYTES", 60 * 1024 * 1024)
    with pytest.raises(TextUnreadable):
        text_of(good.python_pptx(), PPTX.content_type)


def test_long_text_is_cut(monkeypatch):
    monkeypatch.setattr(text, "MOST_CHARACTERS", 20)
    assert len(text_of(good.text_pdf(pages=5), PDF.content_type)) == 20


def test_pages_beyond_the_limit_are_left_out(monkeypatch):
    monkeypatch.setattr(text, "MOST_PAGES", 3)
    assert text_of(good.text_pdf(pages=5), PDF.content_type).count("Interview") == 3


@pytest.mark.parametrize(
    ("make", "content_type"),
    [
        (good.python_pptx, PPTX.content_type),
        (good.python_docx, DOCX.content_type),
        (good.text_pdf, PDF.content_type),
    ],
)
@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_changed_documents_give_text_or_are_told(make, content_type, place):
    content = bytearray(make())
    start = int(len(content) * place)
    content[start : start + 40] = b"\xa5" * 40
    try:
        assert isinstance(text_of(bytes(content), content_type), str)
    except TextUnreadable as told:
        assert str(told)

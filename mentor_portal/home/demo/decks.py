"""The decks of the demo's courseware, and real files made of them: PPTX, PDF and DOCX."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from random import Random
from typing import Any

from django.core.files.base import ContentFile
from docx import Document
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Inches, Pt
from pypdf import PageObject, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

BLUE = RGBColor(0x1F, 0x4E, 0x8C)
WIDE, HIGH = Inches(13.333), Inches(7.5)
TITLE, WITH_TEXT = 0, 1
# A page of the PDF in points, and how much of a line fits on it.
PAGE, MARGIN, LINE = (842, 595), 60, 34
HEADING_SIZE, TEXT_SIZE = 26, 18
# What is said of each point of the topic.
OF_A_POINT = ("explain", "example", "mistake")


@dataclass(frozen=True)
class Slide:
    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Deck:
    """A title, who speaks, and the slides."""

    title: str
    speaker: str
    slides: tuple[Slide, ...]


def deck_on(title: str, points: list[str], audience: str, speaker: str, about: str, said: Any) -> Deck:
    """Return a deck on a topic; ``said`` is the material, of which every title has its own choice."""
    chance = Random(title + speaker)
    kinds = [iter(chance.sample(said[kind], len(said[kind]))) for kind in OF_A_POINT]
    slides = [Slide("今天讲什么", (*points, f"适合：{audience}"))]
    for point in points:
        lines = tuple(next(lines).format(point=point) for lines in kinds)
        slides.append(Slide(point, lines))
    for heading, kind in (("现场练习", "practice"), ("常见提问", "question"), ("课后行动", "homework")):
        slides.append(Slide(heading, tuple(chance.sample(said[kind], 2))))
    slides.append(Slide("关于主讲人", (about,)))
    return Deck(title, speaker, tuple(slides))


def as_pptx(deck: Deck, name: str) -> ContentFile:
    made = Presentation()
    made.slide_width, made.slide_height = WIDE, HIGH
    cover = made.slides.add_slide(made.slide_layouts[TITLE])
    cover.shapes.title.text, cover.placeholders[1].text = deck.title, deck.speaker
    for said in deck.slides:
        slide = made.slides.add_slide(made.slide_layouts[WITH_TEXT])
        slide.shapes.title.text = said.heading
        slide.placeholders[1].text = "\n".join(said.lines)
        for paragraph in slide.placeholders[1].text_frame.paragraphs:
            paragraph.font.size = Pt(24)
    for slide in made.slides:
        slide.shapes.title.width = slide.placeholders[1].width = WIDE - 2 * slide.shapes.title.left
        slide.shapes.title.text_frame.paragraphs[0].font.color.rgb = BLUE
    return _kept(made, f"{name}.pptx")


def as_docx(deck: Deck, name: str) -> ContentFile:
    made = Document()
    made.add_heading(deck.title, level=0)
    made.add_paragraph(deck.speaker)
    for said in deck.slides:
        made.add_heading(said.heading, level=1)
        for line in said.lines:
            made.add_paragraph(line, style="List Bullet")
    return _kept(made, f"{name}.docx")


def as_pdf(deck: Deck, name: str) -> ContentFile:
    """A page for each slide, in a Chinese typeface that every reader of PDF brings."""
    made = PdfWriter()
    font = made._add_object(_song())
    for said in (Slide(deck.title, (deck.speaker,)), *deck.slides):
        page = made.add_blank_page(*PAGE)
        page[NameObject("/Resources")] = _dictionary(Font=_dictionary(F1=font))
        _write(made, page, said)
    return _kept(made, f"{name}.pdf", verb="write")


def _kept(made: Any, name: str, verb: str = "save") -> ContentFile:
    kept = BytesIO()
    getattr(made, verb)(kept)
    return ContentFile(kept.getvalue(), name=name)


def _write(made: PdfWriter, page: PageObject, said: Slide) -> None:
    left, top = MARGIN, PAGE[1] - MARGIN - HEADING_SIZE
    ink = [f"BT /F1 {HEADING_SIZE} Tf 0.12 0.31 0.55 rg {left} {top} Td {_hex(said.heading)} Tj ET"]
    for number, line in enumerate(_wrapped(said.lines)):
        height = top - 50 - number * TEXT_SIZE * 1.7
        ink.append(f"BT /F1 {TEXT_SIZE} Tf 0.1 g {left} {height:.1f} Td {_hex(line)} Tj ET")
    stream = DecodedStreamObject()
    stream.set_data("\n".join(ink).encode("ascii"))
    page[NameObject("/Contents")] = made._add_object(stream)


def _wrapped(lines: tuple[str, ...]) -> Iterator[str]:
    for line in lines:
        marked = f"· {line}"
        yield from (marked[start : start + LINE] for start in range(0, len(marked), LINE))


def _hex(text: str) -> str:
    return f"<{text.encode('gbk', 'replace').hex()}>"


def _song() -> DictionaryObject:
    """The typeface STSong of Adobe's Chinese set, by name alone."""
    inside = _dictionary(
        Type=NameObject("/Font"),
        Subtype=NameObject("/CIDFontType0"),
        BaseFont=NameObject("/STSong-Light"),
        CIDSystemInfo=_dictionary(
            Registry=TextStringObject("Adobe"), Ordering=TextStringObject("GB1"), Supplement=NumberObject(2)
        ),
        DW=NumberObject(1000),
    )
    return _dictionary(
        Type=NameObject("/Font"),
        Subtype=NameObject("/Type0"),
        BaseFont=NameObject("/STSong-Light-GBK-EUC-H"),
        Encoding=NameObject("/GBK-EUC-H"),
        DescendantFonts=ArrayObject([inside]),
    )


def _dictionary(**entries: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})

"""Reads the text of a document from the standard input to the standard output.

It runs as a process of its own (see ``text.py``), which may be as slow or as broken as a hostile file makes
it, and knows nothing of the portal. Called as ``readers.py pptx|docx|pdf characters pages bytes-of-memory``.
"""

import logging
import resource
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

import docx
import pptx
from docx.table import Table
from docx.text.paragraph import Paragraph
from pypdf import PdfReader

DEEPEST_GROUP = 20


def slides_of(file: BinaryIO, most_pages: int) -> Iterator[str]:
    """Yield the texts of the slides in their order, each followed by its notes."""
    for number, slide in enumerate(pptx.Presentation(file).slides):
        if number >= most_pages:
            return
        yield from _shapes(slide.shapes)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            yield slide.notes_slide.notes_text_frame.text


def paragraphs_of(file: BinaryIO, most_pages: int) -> Iterator[str]:
    """Yield the paragraphs and tables in their order; pages are what a printer makes of them."""
    for each in docx.Document(file).iter_inner_content():
        yield from _block(each, DEEPEST_GROUP)


def pages_of(file: BinaryIO, most_pages: int) -> Iterator[str]:
    """Yield the text of each page."""
    reader = PdfReader(file)
    if reader.is_encrypted:
        reader.decrypt("")
    for number, page in enumerate(reader.pages):
        if number >= most_pages:
            return
        yield page.extract_text()


READERS: dict[str, Callable[[BinaryIO, int], Iterator[str]]] = {
    "pptx": slides_of,
    "docx": paragraphs_of,
    "pdf": pages_of,
}


def bounded(pieces: Iterable[str], most: int) -> str:
    """Return the pieces that say something, a line each, cut at ``most`` characters."""
    kept, length = [], 0
    for piece in pieces:
        text = piece.strip()
        if not text:
            continue
        kept.append(text)
        length += len(text) + 1
        if length > most:
            break
    return "\n".join(kept)[:most]


def _shapes(shapes: Iterable, depth: int = DEEPEST_GROUP) -> Iterator[str]:
    for shape in shapes:
        if getattr(shape, "shapes", None) is not None and depth:
            yield from _shapes(shape.shapes, depth - 1)
        elif getattr(shape, "has_table", False):
            for row in shape.table.rows:
                yield "\t".join(cell.text for cell in row.cells)
        elif shape.has_text_frame:
            yield shape.text_frame.text


def _block(block: Paragraph | Table, depth: int) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield block.text
    elif depth:
        for row in block.rows:
            yield "\t".join(_cell(cell, depth - 1) for cell in row.cells)


def _cell(cell: object, depth: int) -> str:
    return " ".join(text for each in cell.iter_inner_content() for text in _block(each, depth) if text)


if __name__ == "__main__":
    reader, most_characters, most_pages, most_memory = sys.argv[1:]
    # What the parsers remark about a hostile file may be longer than the file.
    logging.disable()
    resource.setrlimit(resource.RLIMIT_AS, (int(most_memory), int(most_memory)))
    text = bounded(READERS[reader](sys.stdin.buffer, int(most_pages)), int(most_characters))
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))

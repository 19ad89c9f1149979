"""Tables on sheets made for A4: heads of two rows with groups merged, numbers as numbers, text as text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from math import ceil
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.properties import PageSetupProperties

from evaluation.rules.statement import Paragraph
from mentors.admin.workbooks import FORMULA_STARTS, HEAD_COLOUR, put_text

Value = str | int | Decimal | None

HEAD_ROWS = 2
STATEMENT = "统计口径"
FONT = "宋体"
TOTAL_COLOUR = "F4F7FA"
HAIRLINE = Side(style="thin", color="B8C4D0")
BORDER = Border(left=HAIRLINE, right=HAIRLINE, top=HAIRLINE, bottom=HAIRLINE)
# Millimetres to inches, as the page setup wants them.
INCH = 25.4
PAPER_A4 = "9"
# Points: programs do not fit rows to wrapped text by themselves.
HEAD_HEIGHT, ROW_HEIGHT, LINE_HEIGHT = 24, 19, 13.5
HEADING_SIZE = 14
# In the unit of a column's width: a Chinese character, another one, and what edges and indent take.
WIDE, NARROW, EDGES = 1.9, 0.95, 2


@dataclass(frozen=True)
class Column:
    """A column: its head, what stands merged above it and its neighbours ("" for nothing), its width."""

    name: str
    group: str = ""
    width: float = 9
    is_left: bool = False


class Total(tuple):
    """A row of values that sums up others, and stands out."""


def new_workbook() -> Workbook:
    """Return a workbook that writes each row away at once, so that ten thousand mentors fit in memory."""
    return Workbook(write_only=True)


def as_written(number: Decimal) -> Decimal | int:
    """Return a maximum as people write it: whole where it is."""
    return int(number) if number == number.to_integral_value() else number


def saved(workbook: Workbook) -> bytes:
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def add_table(
    workbook: Workbook,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    *,
    heading: str,
    frozen: int,
) -> None:
    """Add a sheet with a table; ``heading`` is printed above each page, ``frozen`` columns stay in view.

    A row of type ``Total`` stands out. Whole numbers are shown as they are, decimals with two places.
    """
    sheet = workbook.create_sheet(title)
    _set_up_page(sheet, heading)
    sheet.print_title_rows = f"1:{HEAD_ROWS}"
    sheet.freeze_panes = f"{get_column_letter(frozen + 1)}{HEAD_ROWS + 1}"
    _set_widths(sheet, columns)
    _write_heads(sheet, columns)
    cells = _Cells(sheet, columns)
    for number, values in enumerate(rows, start=HEAD_ROWS + 1):
        _append(sheet, number, cells.of(values), _height(values, columns))


def add_statement(workbook: Workbook, paragraphs: Iterable[Paragraph], *, heading: str) -> None:
    """Add the last sheet: how everything was counted, and where the figures are from."""
    sheet = workbook.create_sheet(STATEMENT)
    _set_up_page(sheet, heading)
    sheet.print_title_rows = "1:1"
    sheet.freeze_panes = "A2"
    columns = [Column("项目", width=26), Column("说明", width=104)]
    _set_widths(sheet, columns)
    _append(sheet, 1, [_head_cell(sheet, column.name) for column in columns], ROW_HEIGHT)
    for number, paragraph in enumerate(paragraphs, start=2):
        cells = [_text_cell(sheet, text, is_strong=not place) for place, text in enumerate(paragraph)]
        _append(sheet, number, cells, _height(paragraph, columns))


def _set_up_page(sheet: WriteOnlyWorksheet, heading: str) -> None:
    """A4 across, as wide as the page, as long as it gets, with the pages counted at the foot."""
    sheet.page_setup.paperSize = PAPER_A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 10 / INCH
    margins.top, margins.bottom, margins.header, margins.footer = 20 / INCH, 16 / INCH, 9 / INCH, 8 / INCH
    sheet.oddHeader.center.text, sheet.oddHeader.center.size = heading, HEADING_SIZE
    sheet.oddHeader.center.font = f"{FONT},Bold"
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"


def _set_widths(sheet: WriteOnlyWorksheet, columns: Sequence[Column]) -> None:
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width


def _append(sheet: WriteOnlyWorksheet, number: int, cells: list[Cell], height: float) -> None:
    """Write the row of this number away, and forget its height, which would be kept in memory."""
    sheet.row_dimensions[number].height = height
    sheet.append(cells)
    del sheet.row_dimensions[number]


def _height(values: Sequence[Value], columns: Sequence[Column]) -> float:
    """Return the height that the longest text of a row takes in its column."""
    texts = ((value, column.width) for value, column in zip(values, columns, strict=True) if value)
    lines = max((_lines(text, width) for text, width in texts if isinstance(text, str)), default=1)
    return ROW_HEIGHT + (lines - 1) * LINE_HEIGHT


@lru_cache(maxsize=10_000)
def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes; a Chinese character is as wide as two others."""
    room = width - EDGES
    return sum(
        max(1, ceil(sum(WIDE if east_asian_width(char) in "WFA" else NARROW for char in line) / room))
        for line in text.splitlines() or [""]
    )


def _write_heads(sheet: WriteOnlyWorksheet, columns: Sequence[Column]) -> None:
    """Write both rows of heads: a group over all its columns, and a head without one over both rows."""
    above = [_head_cell(sheet, column.group or column.name) for column in columns]
    below = [_head_cell(sheet, column.name if column.group else "") for column in columns]
    _append(sheet, 1, above, HEAD_HEIGHT)
    _append(sheet, 2, below, _height([column.name for column in columns], columns))
    first = 1
    for group, members in groupby(columns, key=lambda column: column.group):
        last = first + len(list(members)) - 1
        _merge(sheet, group, first, last)
        first = last + 1


def _merge(sheet: WriteOnlyWorksheet, group: str, first: int, last: int) -> None:
    if not group:
        for number in range(first, last + 1):
            letter = get_column_letter(number)
            sheet.merged_cells.add(f"{letter}1:{letter}{HEAD_ROWS}")
    elif last > first:
        sheet.merged_cells.add(f"{get_column_letter(first)}1:{get_column_letter(last)}1")


class _Cells:
    """The cells of a table's rows; each column has one for each look, which is filled anew for each row.

    The sheet writes a row before it takes the next; to style a new cell each time costs three times as much.
    """

    def __init__(self, sheet: WriteOnlyWorksheet, columns: Sequence[Column]) -> None:
        self._sheet = sheet
        self._columns = columns
        self._looks: dict[tuple[int, type, bool], Cell] = {}

    def of(self, values: Sequence[Value]) -> list[Cell]:
        is_strong = isinstance(values, Total)
        return [self._cell(number, value, is_strong) for number, value in enumerate(values)]

    def _cell(self, number: int, value: Value, is_strong: bool) -> Cell:
        if isinstance(value, str) and value.startswith(FORMULA_STARTS):
            cell = self._styled(number, str, is_strong)
        else:
            look = (number, type(value), is_strong)
            cell = self._looks.get(look) or self._looks.setdefault(look, self._styled(*look))
        if cell.value == value:
            return cell
        if isinstance(value, str):
            put_text(cell, value)
        else:
            cell.value = value
        return cell

    def _styled(self, number: int, kind: type, is_strong: bool) -> Cell:
        cell = WriteOnlyCell(self._sheet)
        is_left = self._columns[number].is_left
        across = "left" if is_left else "right" if kind is Decimal else "center"
        cell.font = Font(name=FONT, size=10, bold=is_strong)
        indent = int(across != "center")
        cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=kind is str, indent=indent)
        cell.border = BORDER
        cell.number_format = {int: "0", Decimal: "0.00"}.get(kind, "General")
        if is_strong:
            cell.fill = PatternFill("solid", fgColor=TOTAL_COLOUR)
        return cell


def _head_cell(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    cell = WriteOnlyCell(sheet)
    put_text(cell, text)
    cell.font = Font(name=FONT, size=10, bold=True)
    cell.fill = PatternFill("solid", fgColor=HEAD_COLOUR)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.border = BORDER
    return cell


def _text_cell(sheet: WriteOnlyWorksheet, text: str, is_strong: bool = False) -> Cell:
    cell = WriteOnlyCell(sheet)
    put_text(cell, text)
    cell.font = Font(name=FONT, size=10, bold=is_strong)
    cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
    cell.border = BORDER
    return cell

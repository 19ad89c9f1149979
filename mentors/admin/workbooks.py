"""The roster as an Excel workbook: reading an upload, writing an export, the template to fill in."""

import zlib
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from itertools import islice
from zipfile import BadZipFile, ZipFile

import tablib
from import_export.formats.base_formats import XLSX
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from mentors.errors import RosterFileRefused
from mentors.rules.roster import EXAMPLE, HEADS, MOST_ROWS, Vocabulary, is_entry, plain_text

# The column that carries each row's number in the sheet through import-export.
ROW = "行号"
MOST_UNPACKED_BYTES = 100 * 1024 * 1024
MOST_COLUMNS = 50
# Counting the empty ones.
MOST_SHEET_ROWS = 10 * MOST_ROWS
TEMPLATE_ROWS = 500
HEAD_COLOUR = "E9F1F9"
# What programs may take for the beginning of a formula when a cell is edited or saved as CSV.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# What zipfile and openpyxl raise for files that are damaged, encrypted or something else.
UNREADABLE = (
    AttributeError,
    BadZipFile,
    EOFError,
    IndexError,
    InvalidFileException,
    KeyError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zlib.error,
)
WIDTHS = {
    "姓名": 14,
    "手机号": 15,
    "工作单位": 28,
    "职务职称": 20,
    "主产业链": 30,
    "其他产业链": 30,
    "简介": 50,
}


class RosterXLSX(XLSX):
    """The only format of a roster."""

    def get_title(self) -> str:
        return "Excel 工作簿（.xlsx）"

    def create_dataset(self, in_stream: bytes | None) -> tablib.Dataset:
        """Read the first sheet, each row with its number. Raises RosterFileRefused."""
        if in_stream is None:
            raise RosterFileRefused(reason="上传的文件已过期，请重新上传。")
        rows = _read_rows(in_stream)
        positions = _positions(rows[0] if rows else ())
        dataset = tablib.Dataset(headers=[ROW, *HEADS])
        for number, values in enumerate(rows[1:], start=2):
            padded = (*values, *[None] * MOST_COLUMNS)
            cells = {head: padded[position] for head, position in positions.items()}
            if is_entry(cells):
                dataset.append([number, *(cells[head] for head in HEADS)])
            if len(dataset) > MOST_ROWS:
                raise RosterFileRefused(reason=f"名册超过 {MOST_ROWS} 行，请分成几个文件。")
        if not len(dataset):
            raise RosterFileRefused(reason="名册中没有可导入的行（以“示例”开头的行不导入）。")
        return dataset

    def export_data(self, dataset: tablib.Dataset, **kwargs: object) -> bytes:
        workbook = Workbook()
        _write_sheet(workbook.active, dataset)
        return _saved(workbook)


def template(vocabulary: Vocabulary) -> bytes:
    """Return the workbook to fill in: heads, one example, and a sheet of the allowed names."""
    workbook = Workbook()
    _write_sheet(workbook.active, [_example(vocabulary)])
    _offer_choices(workbook.active, "主类别", list(vocabulary.categories))
    _offer_choices(workbook.active, "目录展示", ["是", "否"])
    _write_notes(workbook.create_sheet("填写说明"), vocabulary)
    return _saved(workbook)


def put_text(cell: Cell, text: str) -> None:
    """Put people's text into a cell as it is, also what looks like a formula; what no sheet can hold goes."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    cell.quotePrefix = cell.value.startswith(FORMULA_STARTS)
    cell.number_format = "@"


def _read_rows(content: bytes) -> list[tuple[object, ...]]:
    """Return the rows of the first sheet as they are."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            unpacked = sum(info.file_size for info in packed.infolist())
        if unpacked > MOST_UNPACKED_BYTES:
            raise RosterFileRefused(reason="文件过大，请分成几个文件。")
        sheet = load_workbook(BytesIO(content), read_only=True, data_only=True).worksheets[0]
        # Some programs store a wrong size of the sheet.
        sheet.reset_dimensions()
        return list(islice(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), MOST_SHEET_ROWS))
    except UNREADABLE:
        reason = "这个文件不是 Excel 工作簿（.xlsx）。请在 Excel 或 WPS 中另存为 .xlsx 后再上传。"
        raise RosterFileRefused(reason=reason) from None


def _positions(first_row: Sequence[object]) -> dict[str, int]:
    """Return where each head stands; the order of the columns is free, further ones are let be."""
    found = {plain_text(cell): position for position, cell in enumerate(first_row)}
    missing = [head for head in HEADS if head not in found]
    if missing:
        raise RosterFileRefused(reason=f"第一行缺少列：{'、'.join(missing)}。请使用名册模板。")
    return {head: found[head] for head in HEADS}


def _write_sheet(sheet: Worksheet, rows: Iterable[Sequence[object]]) -> None:
    sheet.title = "导师名册"
    sheet.freeze_panes = "B2"
    for column, head in enumerate(HEADS, start=1):
        cell = sheet.cell(row=1, column=column, value=head)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=HEAD_COLOUR)
        sheet.column_dimensions[cell.column_letter].width = WIDTHS.get(head, 16)
    for number, values in enumerate(rows, start=2):
        for column, value in enumerate(values, start=1):
            _write_cell(sheet, number, column, value)


def _write_cell(sheet: Worksheet, row: int, column: int, value: object) -> None:
    """Write dates as dates and all else as text, also what looks like a formula."""
    cell = sheet.cell(row=row, column=column)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if isinstance(value, date):
        cell.value = value
        cell.number_format = "yyyy-mm-dd"
        return
    put_text(cell, str(value or ""))


def _example(vocabulary: Vocabulary) -> list[object]:
    category, category_id = next(iter(vocabulary.categories.items()))
    chains = [name for name, chain in vocabulary.chains.items() if chain.category_id == category_id]
    return [
        f"{EXAMPLE}：张三",
        "13800138000",
        "某某工程机械有限公司",
        "人力资源总监",
        category,
        chains[0] if chains else "",
        "",
        "、".join(chains[1:2]),
        "、".join(list(vocabulary.topic_types)[:2]),
        "面试技巧、薪酬谈判",
        "这一行是示例，不会导入；填写时请保留第一行。",
        f"{EXAMPLE}-001",
        date(2026, 1, 1),
        date(2026, 12, 31),
        "是",
    ]


def _offer_choices(sheet: Worksheet, head: str, choices: list[str]) -> None:
    offer = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    letter = sheet.cell(row=1, column=HEADS.index(head) + 1).column_letter
    offer.add(f"{letter}2:{letter}{TEMPLATE_ROWS + 1}")
    sheet.add_data_validation(offer)


def _write_notes(sheet: Worksheet, vocabulary: Vocabulary) -> None:
    notes = [
        ("必填", "姓名、手机号、工作单位、主类别。手机号已登记的更新，未登记的新增。"),
        ("多个值", "其他类别、其他产业链、课题类型、擅长可填多个，用顿号隔开。"),
        ("聘期", "聘书编号、聘期开始、聘期结束一起填写；日期如 2026-01-01。三项都空则不改聘期。"),
        ("目录展示", "填“是”或“否”，空着按“是”。"),
        ("名称", "类别、产业链写不写“类”“产业链”二字都可以。"),
        ("整份导入", "有一行不对，整份名册都不导入，页面会逐行说明原因。"),
        ("类别", "、".join(vocabulary.categories)),
        ("产业链", "、".join(vocabulary.chains)),
        ("课题类型", "、".join(vocabulary.topic_types)),
    ]
    sheet.column_dimensions["A"].width = 12
    sheet.column_dimensions["B"].width = 100
    for number, (topic, text) in enumerate(notes, start=1):
        sheet.cell(row=number, column=1, value=topic).font = Font(bold=True)
        sheet.cell(row=number, column=2, value=text).alignment = Alignment(wrap_text=True)


def _saved(workbook: Workbook) -> bytes:
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()

"""Rosters for the tests: rows with good values, and workbooks made of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from mentors.rules.roster import HEADS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def row(number: int = 1, **cells: object) -> dict[str, object]:
    """Return the cells of a good row, with a phone and a certificate of its own."""
    good = {
        "姓名": f"导师{number}",
        "手机号": str(13_600_000_000 + number),
        "工作单位": "湖南某装备制造企业",
        "职务职称": "人力资源总监",
        "主类别": "机械制造类",
        "主产业链": "工程机械产业链",
        "其他类别": "行政管理类",
        "其他产业链": "中药产业链",
        "课题类型": "面试技巧、简历制作",
        "擅长": "面试技巧、薪酬谈判",
        "简介": "从业二十年。",
        "聘书编号": f"湘职导〔2026〕{number:04}号",
        "聘期开始": date(2026, 1, 1),
        "聘期结束": date(2026, 12, 31),
        "目录展示": "是",
    }
    return good | cells


def workbook(rows: Sequence[Mapping[str, object]], heads: Sequence[str] = HEADS) -> bytes:
    """Return an XLSX file with these heads and rows; an empty mapping is an empty row."""
    book = Workbook()
    book.active.append(list(heads))
    for cells in rows:
        book.active.append([cells.get(head) for head in heads])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def upload(content: bytes, name: str = "名册.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=XLSX)

"""Pure reading of the roster (名册): cells of a sheet in, entries or complaints out."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from mentor_portal.accounts.rules import normalise_phone
from mentors.rules.directory import split_list

HEADS = (
    "姓名",
    "手机号",
    "工作单位",
    "职务职称",
    "主类别",
    "主产业链",
    "其他类别",
    "其他产业链",
    "课题类型",
    "擅长",
    "简介",
    "聘书编号",
    "聘期开始",
    "聘期结束",
    "目录展示",
)
LENGTHS = {"姓名": 30, "工作单位": 100, "职务职称": 100, "擅长": 500, "简介": 5000, "聘书编号": 40}
REQUIRED = ("姓名", "工作单位")
MOST_ROWS = 2000
# A row whose name begins so is the template's example.
EXAMPLE = "示例"

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s.*)?")
_YES = {"是", "展示", "1", "true", "yes", "y", "√"}
_NO = {"否", "不展示", "0", "false", "no", "n", "×"}
# Day 0 of the serial numbers in which a sheet keeps its dates.
_SHEET_EPOCH = date(1899, 12, 30)

Cells = Mapping[str, object]


class CellRefused(ValueError):
    """A cell that cannot be read; the message is a sentence in Chinese."""


@dataclass(frozen=True)
class Chain:
    id: int
    category_id: int


@dataclass(frozen=True)
class Vocabulary:
    """The names a roster may use, each written as in the notice, with the ids behind them."""

    categories: Mapping[str, int]
    chains: Mapping[str, Chain]
    topic_types: Mapping[str, int]

    def category(self, name: str) -> int:
        return _look_up(self.categories, name, "类别")

    def chain(self, name: str) -> Chain:
        return _look_up(self.chains, name, "产业链")

    def topic_type(self, name: str) -> int:
        return _look_up(self.topic_types, name, "课题类型")


@dataclass(frozen=True)
class Term:
    number: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class RosterEntry:
    """One mentor as a row of the roster says; ``term`` is None where its three cells are empty."""

    name: str
    phone: str
    employer: str
    title: str
    primary_category_id: int
    primary_chain_id: int | None
    category_ids: frozenset[int]
    chain_ids: frozenset[int]
    topic_type_ids: frozenset[int]
    specialities_text: str
    introduction: str
    term: Term | None
    is_listed: bool


@dataclass
class Reading:
    """What was read from a sheet: entries and complaints, both by the row number of the sheet."""

    entries: dict[int, RosterEntry] = field(default_factory=dict)
    complaints: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))


def is_entry(cells: Cells) -> bool:
    """Say whether a row is meant to be read: neither empty nor the template's example."""
    is_filled = any(plain_text(cell) for cell in cells.values())
    return is_filled and not plain_text(cells.get("姓名")).startswith(EXAMPLE)


def read_roster(rows: Iterable[tuple[int, Cells]], vocabulary: Vocabulary) -> Reading:
    """Read every row, and complain of phone numbers and certificates that come twice."""
    reading = Reading()
    for number, cells in rows:
        entry, complaints = read_row(cells, vocabulary)
        if entry:
            reading.entries[number] = entry
        else:
            reading.complaints[number] += complaints
    _complain_of_repeats(reading, "手机号", lambda entry: entry.phone)
    _complain_of_repeats(reading, "聘书编号", lambda entry: entry.term.number if entry.term else None)
    return reading


def _complain_of_repeats(reading: Reading, head: str, key_of: Callable[[RosterEntry], str | None]) -> None:
    first_rows: dict[str, int] = {}
    for number, entry in reading.entries.items():
        key = key_of(entry)
        if key is None:
            continue
        first = first_rows.setdefault(key, number)
        if first != number:
            reading.complaints[number].append(f"{head} {key} 与第 {first} 行重复。")


def read_row(cells: Cells, vocabulary: Vocabulary) -> tuple[RosterEntry | None, list[str]]:
    """Return the entry of one row, or None with every reason why it cannot be read."""
    complaints: list[str] = []

    def attempt(read: Callable[..., object], *args: object) -> object:
        try:
            return read(*args)
        except CellRefused as refused:
            complaints.append(str(refused))
            return None

    texts = {head: attempt(_read_text, cells, head) for head in LENGTHS}
    category_id = attempt(_read_category, cells, vocabulary)
    fields = {
        "phone": attempt(_read_phone, cells),
        "primary_category_id": category_id,
        "primary_chain_id": attempt(_read_chain, cells, vocabulary, category_id),
        "category_ids": attempt(_read_ids, cells, "其他类别", vocabulary.category),
        "chain_ids": attempt(_read_ids, cells, "其他产业链", lambda name: vocabulary.chain(name).id),
        "topic_type_ids": attempt(_read_ids, cells, "课题类型", vocabulary.topic_type),
        "term": attempt(_read_term, cells),
        "is_listed": attempt(_read_is_listed, cells),
    }
    if complaints:
        return None, complaints
    return _entry(texts, fields), []


def _entry(texts: Mapping[str, object], fields: Mapping[str, object]) -> RosterEntry:
    further = {
        "category_ids": fields["category_ids"] - {fields["primary_category_id"]},
        "chain_ids": fields["chain_ids"] - {fields["primary_chain_id"]},
    }
    return RosterEntry(
        name=texts["姓名"],
        employer=texts["工作单位"],
        title=texts["职务职称"],
        specialities_text="、".join(split_list(texts["擅长"])),
        introduction=texts["简介"],
        **{**fields, **further},
    )


def plain_text(cell: object) -> str:
    """Return a cell's content as one trimmed text; whole numbers without a decimal point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).replace("\r\n", "\n").replace("\r", "\n")
    kept = (char for char in text if char == "\n" or unicodedata.category(char) != "Cc")
    return "".join(kept).strip()


def plain_name(text: str) -> str:
    """Return a name as it is compared: without 类 or 产业链, spaces, case and full-width forms."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()
    return plain.removesuffix("产业链").removesuffix("类") or plain


def _look_up(names: Mapping[str, object], name: str, noun: str) -> object:
    wanted = plain_name(name)
    for allowed, found in names.items():
        if plain_name(allowed) == wanted:
            return found
    raise CellRefused(f"没有名为“{name}”的{noun}，可填：{'、'.join(names)}。")


def _read_text(cells: Cells, head: str) -> str:
    text = plain_text(cells.get(head))
    if not text and head in REQUIRED:
        raise CellRefused(f"{head}没有填写。")
    if len(text) > LENGTHS[head]:
        raise CellRefused(f"{head}有 {len(text)} 字，最多 {LENGTHS[head]} 字。")
    return text


def _read_phone(cells: Cells) -> str:
    text = plain_text(cells.get("手机号"))
    if not text:
        raise CellRefused("手机号没有填写。")
    try:
        return normalise_phone(text)
    except ValueError:
        raise CellRefused(f"手机号“{text}”不是 11 位大陆手机号。") from None


def _read_category(cells: Cells, vocabulary: Vocabulary) -> int:
    name = plain_text(cells.get("主类别"))
    if not name:
        raise CellRefused(f"主类别没有填写，可填：{'、'.join(vocabulary.categories)}。")
    return vocabulary.category(name)


def _read_chain(cells: Cells, vocabulary: Vocabulary, category_id: int | None) -> int | None:
    name = plain_text(cells.get("主产业链"))
    if not name:
        return None
    chain = vocabulary.chain(name)
    if category_id is not None and chain.category_id != category_id:
        ids = {id_: each for each, id_ in vocabulary.categories.items()}
        raise CellRefused(
            f"主产业链“{name}”属于“{ids[chain.category_id]}”，与主类别“{ids[category_id]}”不一致。"
        )
    return chain.id


def _read_ids(cells: Cells, head: str, look_up: Callable[[str], int]) -> frozenset[int]:
    return frozenset(look_up(name) for name in split_list(plain_text(cells.get(head))))


def _read_term(cells: Cells) -> Term | None:
    number = _read_text(cells, "聘书编号")
    starts_on = read_date(cells.get("聘期开始"), "聘期开始")
    ends_on = read_date(cells.get("聘期结束"), "聘期结束")
    if not (number or starts_on or ends_on):
        return None
    if not (number and starts_on and ends_on):
        raise CellRefused("聘书编号、聘期开始、聘期结束要么都填，要么都不填。")
    if ends_on <= starts_on:
        raise CellRefused("聘期结束须晚于聘期开始。")
    return Term(number, starts_on, ends_on)


def read_date(cell: object, head: str) -> date | None:
    """Return the day in a cell: a date, a serial number or a text like 2026-01-01, 2026年1月1日."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = unicodedata.normalize("NFKC", plain_text(cell))
    if not text:
        return None
    if re.fullmatch(r"[2-7]\d{4}", text):
        return _SHEET_EPOCH + timedelta(days=int(text))
    match = _DATE.fullmatch(text)
    try:
        return date(*map(int, match.groups()))
    except (AttributeError, ValueError):
        raise CellRefused(f"{head}“{text}”不是日期，请写成 2026-01-01。") from None


def _read_is_listed(cells: Cells) -> bool:
    text = plain_text(cells.get("目录展示")).casefold()
    if not text or text in _YES:
        return True
    if text in _NO:
        return False
    raise CellRefused(f"目录展示“{text}”请填“是”或“否”。")

from datetime import UTC, date, datetime

import pytest

from mentors.rules.directory import split_list
from mentors.rules.roster import (
    HEADS,
    CellRefused,
    Chain,
    Vocabulary,
    is_entry,
    plain_name,
    plain_text,
    read_date,
    read_roster,
    read_row,
)
from mentors.rules.terms import terms_overlap
from tests.mentors.roster_file import row

VOCABULARY = Vocabulary(
    categories={"机械制造类": 1, "生物医药类": 2, "行政管理类": 3},
    chains={
        "工程机械产业链": Chain(id=11, category_id=1),
        "先进轨道交通装备(含磁浮)产业链": Chain(id=12, category_id=1),
        "中药产业链": Chain(id=21, category_id=2),
    },
    topic_types={"面试技巧": 31, "简历制作": 32},
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("面试技巧", ["面试技巧"]),
        ("面试技巧、薪酬谈判，职业规划,简历；面试技巧\n", ["面试技巧", "薪酬谈判", "职业规划", "简历"]),
        ("、、， ,", []),
    ],
)
def test_split_list(text, parts):
    assert split_list(text) == parts


@pytest.mark.parametrize(
    ("start", "end", "met"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), None),
        (date(2025, 6, 1), date(2026, 1, 1), (date(2026, 1, 1), date(2026, 12, 31))),
        (date(2026, 12, 31), date(2027, 6, 1), (date(2026, 1, 1), date(2026, 12, 31))),
        (date(2027, 1, 1), date(2027, 12, 31), None),
    ],
)
def test_terms_overlap_where_they_share_a_day(start, end, met):
    assert terms_overlap(start, end, [(date(2026, 1, 1), date(2026, 12, 31))]) == met


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (13800138000.0, "13800138000"),
        (" 三一\x00重工 ", "三一重工"),
        (2.5, "2.5"),
        (True, "True"),
    ],
)
def test_plain_text(cell, text):
    assert plain_text(cell) == text


@pytest.mark.parametrize(
    "name", ["先进轨道交通装备(含磁浮)产业链", "先进轨道交通装备（含磁浮）", " 先进轨道交通装备 (含磁浮) "]
)
def test_plain_name_is_one_for_every_spelling(name):
    assert plain_name(name) == "先进轨道交通装备(含磁浮)"


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-01-01", date(2026, 1, 1)),
        ("2026年1月1日", date(2026, 1, 1)),
        ("2026/1/1", date(2026, 1, 1)),
        ("2026.1.1", date(2026, 1, 1)),
        ("２０２６-０１-０１", date(2026, 1, 1)),
        ("2026-01-01 00:00:00", date(2026, 1, 1)),
        (datetime(2026, 1, 1, 8, 30, tzinfo=UTC), date(2026, 1, 1)),
        (date(2026, 1, 1), date(2026, 1, 1)),
        (46023, date(2026, 1, 1)),
        (None, None),
        ("  ", None),
    ],
)
def test_read_date(cell, day):
    assert read_date(cell, "聘期开始") == day


@pytest.mark.parametrize("cell", ["明年", "2026-13-01", "2026-02-30", "1月1日", 12, "2026-01-011"])
def test_read_date_refuses_what_is_none(cell):
    with pytest.raises(CellRefused, match="不是日期"):
        read_date(cell, "聘期开始")


def test_read_row_good_row_becomes_an_entry():
    entry, complaints = read_row(row(手机号="+86 136-0000-0001", 主类别="机械制造"), VOCABULARY)
    assert complaints == []
    assert (entry.phone, entry.primary_category_id, entry.primary_chain_id) == ("13600000001", 1, 11)
    assert (entry.category_ids, entry.chain_ids, entry.topic_type_ids) == ({3}, {21}, {31, 32})
    assert (entry.term.starts_on, entry.is_listed) == (date(2026, 1, 1), True)


def test_read_row_optional_cells_may_be_empty():
    required = {"姓名", "手机号", "工作单位", "主类别"}
    empty = {head: None for head in HEADS if head not in required}
    entry, complaints = read_row(row(**empty), VOCABULARY)
    assert complaints == []
    assert (entry.primary_chain_id, entry.term, entry.is_listed) == (None, None, True)


def test_read_row_further_names_leave_out_the_primary_ones():
    entry, _ = read_row(row(其他类别="机械制造类、生物医药类", 其他产业链="工程机械"), VOCABULARY)
    assert (entry.category_ids, entry.chain_ids) == ({2}, frozenset())


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"姓名": " "}, "姓名没有填写。"),
        ({"姓名": "长" * 31}, "姓名有 31 字，最多 30 字。"),
        ({"手机号": None}, "手机号没有填写。"),
        ({"手机号": "0731-88888888"}, "手机号“0731-88888888”不是 11 位大陆手机号。"),
        ({"工作单位": None}, "工作单位没有填写。"),
        ({"主类别": ""}, "主类别没有填写，可填：机械制造类、生物医药类、行政管理类。"),
        (
            {"主类别": "农业类", "主产业链": ""},
            "没有名为“农业类”的类别，可填：机械制造类、生物医药类、行政管理类。",
        ),
        (
            {"主产业链": "中药产业链"},
            "主产业链“中药产业链”属于“生物医药类”，与主类别“机械制造类”不一致。",
        ),
        (
            {"其他产业链": "中药、西药"},
            "没有名为“西药”的产业链，可填：工程机械产业链、先进轨道交通装备(含磁浮)产业链、中药产业链。",
        ),
        ({"课题类型": "唱歌"}, "没有名为“唱歌”的课题类型，可填：面试技巧、简历制作。"),
        ({"聘书编号": ""}, "聘书编号、聘期开始、聘期结束要么都填，要么都不填。"),
        ({"聘期结束": "2025-12-31"}, "聘期结束须晚于聘期开始。"),
        ({"聘期开始": "开年"}, "聘期开始“开年”不是日期，请写成 2026-01-01。"),
        ({"目录展示": "也许"}, "目录展示“也许”请填“是”或“否”。"),
    ],
)
def test_read_row_bad_cell_is_named_with_its_reason(cells, reason):
    assert read_row(row(**cells), VOCABULARY) == (None, [reason])


def test_read_row_names_every_bad_cell():
    _, complaints = read_row(row(姓名="", 手机号="12", 目录展示="？"), VOCABULARY)
    assert len(complaints) == 3


def test_read_roster_repeated_phone_and_certificate_name_both_rows():
    rows = [(2, row(1)), (3, row(2, 手机号="13600000001")), (5, row(3, 聘书编号="湘职导〔2026〕0001号"))]
    assert read_roster(rows, VOCABULARY).complaints == {
        3: ["手机号 13600000001 与第 2 行重复。"],
        5: ["聘书编号 湘职导〔2026〕0001号 与第 2 行重复。"],
    }


@pytest.mark.parametrize(
    ("cells", "meant"),
    [
        (row(), True),
        ({"姓名": None, "简介": " "}, False),
        (row(姓名="示例：张三"), False),
        ({"简介": "x"}, True),
    ],
)
def test_is_entry_leaves_out_empty_rows_and_the_example(cells, meant):
    assert is_entry(cells) is meant

"""How names sound, and which words are sounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentors.rules.spelling import sound_in, spelling_of


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("周建国", ["zhoujianguo", "zjg", "jianguo", "jg"]),
        ("曾国藩", ["zengguofan", "zgf", "cengguofan"]),
        ("单田芳", ["shantianfang", "stf"]),
        ("解晓东", ["xiexiaodong", "xxd"]),
        ("仇英", ["qiuying", "qy"]),
        ("覃勇", ["qinyong", "qy"]),
        ("吕布", ["lvbu", "lubu", "lb"]),
        ("欧阳修", ["ouyangxiu", "oyx"]),
        ("买买提·吐尔逊", ["maimaitituerxun"]),
        ("Anna李", ["annali"]),
    ],
)
def test_name_is_found_by_what_people_type(name, typed):
    for word in typed:
        assert f" {word} " in spelling_of(name)


@pytest.mark.parametrize(
    ("word", "sound"), [("Zhōu", "zhou"), ("XI'AN", "xian"), ("zjg", "zjg"), ("周", ""), ("%", ""), ("", "")]
)
def test_word_is_a_sound_or_none(word, sound):
    assert sound_in(word) == sound


@given(st.text(max_size=30))
def test_any_name_has_a_spelling_of_plain_letters(name):
    assert len(spelling_of(name)) < 5000
    assert sound_in(name) == "" or sound_in(name).isascii()

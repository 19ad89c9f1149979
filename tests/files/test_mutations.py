"""Whatever bytes come, a file is taken or refused in words; nothing else is ever raised."""

import itertools
from contextlib import suppress

import pytest
from django.core.files.base import ContentFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentor_portal import files
from mentor_portal.files.pictures import REDRAWN_AS, redrawn
from mentor_portal.files.refusals import FileRefused
from tests import documents as made
from tests.files.good import GOOD

EXAMPLES = 60
EVERYTHING = (*files.COURSEWARE, *files.DOCUMENTS)
MORE = [
    ("旧.doc", lambda: made.compound("WordDocument"), ""),
    ("旧.xls", lambda: made.compound("Workbook"), ""),
    ("安排.xlsx", made.workbook, ""),
]


def look_at(content: bytes) -> None:
    """Examine, and where it is taken draw it anew as keeping does."""
    upload = ContentFile(content, name="课件.pptx")
    with suppress(FileRefused):
        found = files.examine_file(upload=upload, allowed=EVERYTHING, most_mb=20)
        if found.content_type in REDRAWN_AS:
            redrawn(upload, found.content_type).close()


@pytest.mark.parametrize("make", [make for _, make, _ in (*GOOD, *MORE)], ids=[n for n, *_ in (*GOOD, *MORE)])
def test_changed_bytes_never_raise_anything_but_a_refusal(make):
    whole = make()

    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def check(data: st.DataObject) -> None:
        content = bytearray(whole)
        # Half of the changes go to the first bytes, where structures are.
        for _ in range(data.draw(st.integers(1, 8))):
            last = data.draw(st.sampled_from([min(200, len(content)), len(content)])) - 1
            content[data.draw(st.integers(0, last))] = data.draw(st.integers(0, 255))
        look_at(bytes(content))

    check()


@pytest.mark.parametrize("make", [make for _, make, _ in (*GOOD, *MORE)], ids=[n for n, *_ in (*GOOD, *MORE)])
def test_cut_files_never_raise_anything_but_a_refusal(make):
    whole = make()
    for length in itertools.chain(
        range(min(64, len(whole))), range(64, len(whole), max(1, len(whole) // 60))
    ):
        look_at(whole[:length])


@pytest.mark.parametrize("make", [make for _, make, _ in (*GOOD, *MORE)], ids=[n for n, *_ in (*GOOD, *MORE)])
def test_moved_pieces_never_raise_anything_but_a_refusal(make):
    whole = make()

    @settings(
        max_examples=EXAMPLES // 2, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(cut=st.integers(0, len(whole)), again=st.integers(0, len(whole)), length=st.integers(0, 600))
    def check(cut: int, again: int, length: int) -> None:
        look_at(whole[:cut] + whole[again : again + length] + whole[cut:])
        look_at(whole[:cut] + whole[cut + length :])

    check()


@settings(max_examples=200, deadline=None, database=None)
@given(
    head=st.sampled_from(
        [
            b"",
            b"PK\x03\x04",
            b"%PDF-1.7\n",
            b"\xff\xfb\x90\0",
            b"ID3",
            b"GIF89a",
            b"\xff\xd8\xff",
            b"\0\0\0\x18ftypisom",
        ]
    ),
    rest=st.binary(max_size=600),
)
def test_any_bytes_never_raise_anything_but_a_refusal(head, rest):
    look_at(head + rest)

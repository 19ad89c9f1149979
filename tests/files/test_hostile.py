"""Files that are broken or made to harm are refused, each with what to do about it."""

import pytest

from mentor_portal import files
from mentor_portal.files.refusals import FileRefused, Why
from tests import documents as made
from tests.files.hostile import HOSTILE

WORDS = files.words_for(files.COURSEWARE)


def examine(name: str, content: bytes) -> files.ExaminedFile:
    return files.examine_file(
        upload=made.upload(name, content), allowed=files.COURSEWARE, most_mb=50, most_video_mb=200
    )


@pytest.mark.parametrize(("key", "name", "make"), HOSTILE, ids=[name for _, name, _ in HOSTILE])
def test_hostile_file_is_refused_in_words(key, name, make):
    with pytest.raises(FileRefused) as refused:
        examine(name, make())
    sentence = Why[key].value.format(words=WORDS, most=6000)
    assert (refused.value.data["key"], str(refused.value)) == (key, f"“{name}”没有上传：{sentence}")


def test_names_of_the_table_are_used_once():
    names = [name for _, name, _ in HOSTILE]
    assert len(set(names)) == len(names) >= 60


def test_every_reason_is_met_in_the_table_and_says_what_to_do():
    met = {key for key, *_ in HOSTILE} | {"TOO_LARGE", "VIDEO_TOO_LARGE"}
    assert met == {each.name for each in Why}
    assert all(each.value.endswith("。") for each in Why)
    assert len({each.value for each in Why}) == len(Why)


@pytest.mark.parametrize(
    ("name", "content", "limits", "reason"),
    [
        ("a.pdf", made.PDF + b"\0" * 2**20, {"most_mb": 1, "most_video_mb": 9}, "文件超过 1 MB，请压缩"),
        (
            "a.mp4",
            made.mp4(samples=b"\1" * 2**20),
            {"most_mb": 9, "most_video_mb": 1},
            "视频超过 1 MB，请降低",
        ),
        ("a.mp4", made.mp4(samples=b"\1" * 2**20), {"most_mb": 1}, "视频超过 1 MB，请降低"),
    ],
)
def test_each_type_has_its_limit(name, content, limits, reason):
    with pytest.raises(FileRefused, match=reason):
        files.examine_file(upload=made.upload(name, content), allowed=files.COURSEWARE, **limits)


def test_video_may_be_larger_than_other_files():
    video = made.upload("a.mp4", made.mp4(samples=b"\1" * 2**20))
    assert files.examine_file(upload=video, allowed=files.COURSEWARE, most_mb=1, most_video_mb=2)

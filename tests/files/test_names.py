"""The name that a file is kept under never leads to a refusal."""

import pytest

from mentor_portal import files
from mentor_portal.files.names import NAME_LENGTH, shown_name
from tests import documents as made
from tests.files import good


def kept_name(name: str | None, content: bytes = made.PDF) -> str:
    upload = made.upload("x", content)
    upload._name = name
    return files.examine_file(upload=upload, allowed=files.COURSEWARE, most_mb=20).name


@pytest.mark.parametrize(
    ("name", "fitting"),
    [
        ("通知.pdf", "通知.pdf"),
        ("通知.PDF", "通知.PDF"),
        ("evil.exe", "evil.pdf"),
        ("无后缀", "无后缀.pdf"),
        ("第3.5节", "第3.5节.pdf"),
        ("通知.pdf.html", "通知.pdf"),
        ("课件.pptx", "课件.pdf"),
        ("课件.pdf.pptx.exe", "课件.pdf.pptx.pdf"),
        ("a\r\nb\x00.pdf", "ab.pdf"),
        ("长" * 300 + ".pdf", "长" * 146 + ".pdf"),
        ("长" * 300, "长" * 146 + ".pdf"),
        (".pdf", "附件.pdf"),
        ("", "附件.pdf"),
        (None, "附件.pdf"),
        ("..", "附件.pdf"),
        (" . ", "附件.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\li\\课件.pdf", "课件.pdf"),
        ("\\\\?\\C:\\课件.pdf", "课件.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("com1", "_com1.pdf"),
        ("nul.tar.pdf", "_nul.tar.pdf"),
        ("报价\u202efdp.exe", "报价fdp.pdf"),
        ("零\u200b宽.pdf", "零宽.pdf"),
        ("全角\u3000空格.pdf", "全角 空格.pdf"),
        ('a<b>:"|?*.pdf', "a_b______.pdf"),
        ("尾点...pdf", "尾点.pdf"),
        ("半个\ud83d字.pdf", "半个字.pdf"),
        ("e\u0301.pdf", "\u00e9.pdf"),
    ],
)
def test_name_is_made_safe_and_fits_the_content(name, fitting):
    assert kept_name(name) == fitting
    assert len(fitting) <= NAME_LENGTH


@pytest.mark.parametrize(
    ("make", "fitting"),
    [(good.python_pptx, "讲.pptx"), (made.mp4, "讲.mp4"), (made.mp3, "讲.mp3"), (good.moving_gif, "讲.gif")],
)
def test_wrong_suffix_follows_the_content(make, fitting):
    assert kept_name("讲.pdf", make()) == fitting


def test_type_that_this_place_does_not_take_is_refused_by_what_it_takes():
    with pytest.raises(files.FileRefused, match="请上传 JPG、PNG 文件。"):
        files.examine_file(upload=made.upload("证明.pdf", made.PDF), allowed=files.PICTURES, most_mb=20)


def test_refusal_shows_a_name_that_can_be_printed():
    assert shown_name("a\r\n\u202eb.pdf") == "ab.pdf"
    assert len(shown_name("长" * 999)) == NAME_LENGTH

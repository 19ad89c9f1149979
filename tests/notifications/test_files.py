"""A file is what its content says, whatever it is called."""

import pytest
from constance import config

from mentor_portal.notifications.errors import FileRefused
from mentor_portal.notifications.services import examine_file
from tests.notifications import documents as made

pytestmark = pytest.mark.django_db
OFFICE = "application/vnd.openxmlformats-officedocument."


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("通知.pdf", made.PDF, "application/pdf"),
        ("安排.xlsx", made.workbook(), f"{OFFICE}spreadsheetml.sheet"),
        ("安排.docx", made.office("word/document.xml"), f"{OFFICE}wordprocessingml.document"),
        ("课件.pptx", made.office("ppt/presentation.xml"), f"{OFFICE}presentationml.presentation"),
        ("旧.doc", made.compound("WordDocument"), "application/msword"),
        ("旧.xls", made.compound("Workbook"), "application/vnd.ms-excel"),
        ("照片.JPEG", made.picture("JPEG"), "image/jpeg"),
        ("图.png", made.picture("PNG"), "image/png"),
    ],
)
def test_allowed_files_are_recognised(name, content, content_type):
    found = examine_file(upload=made.upload(name, content))
    assert (found.content_type, found.name, found.size) == (content_type, name, len(content))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("空.pdf", b"", "文件是空的"),
        ("通知.pdf", b"just words", "请上传 PDF"),
        ("通知.pdf", made.HTML, "请上传 PDF"),
        ("通知.pdf", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "请上传 PDF"),
        ("通知.pdf", made.EXE, "请上传 PDF"),
        ("图.png", b"GIF89a" + b"\0" * 100, "请上传 PDF"),
        ("打包.zip", made.archive("a.txt"), "请上传 PDF"),
        ("假.docx", made.archive("word/document.xml"), "请上传 PDF"),
        ("假.docx", made.office("other/thing.xml"), "请上传 PDF"),
        ("宏.docm", made.office("word/document.xml", "word/vbaProject.bin"), "含有宏"),
        ("宏.xls", made.compound("Workbook", "_VBA_PROJECT_CUR"), "含有宏"),
        ("演示.ppt", made.compound("PowerPoint Document"), "请上传 PDF"),
        ("断.xlsx", made.workbook()[:300], "已损坏"),
    ],
)
def test_other_files_are_refused_in_words(name, content, reason):
    with pytest.raises(FileRefused, match=rf"“{name}”没有上传：.*{reason}"):
        examine_file(upload=made.upload(name, content))


def test_file_beyond_the_limit_of_the_settings_is_refused():
    config.NOTICE_FILE_MB = 1
    heavy = made.PDF + b"\0" * (1024 * 1024 - len(made.PDF))
    assert examine_file(upload=made.upload("通知.pdf", heavy)).size == 1024 * 1024
    with pytest.raises(FileRefused, match="超过 1 MB"):
        examine_file(upload=made.upload("通知.pdf", heavy + b"\0"))


@pytest.mark.parametrize(
    ("name", "fitting"),
    [
        ("evil.exe", "evil.pdf"),
        ("通知.PDF", "通知.PDF"),
        ("通知.pdf.html", "通知.pdf.pdf"),
        ("a\r\nb\x00.pdf", "ab.pdf"),
        ("长" * 200 + ".pdf", "长" * 146 + ".pdf"),
        (".pdf", ".pdf.pdf"),
    ],
)
def test_name_keeps_a_suffix_only_where_it_fits(name, fitting):
    file = made.upload("x", made.PDF)
    file._name = name
    assert examine_file(upload=file).name == fitting

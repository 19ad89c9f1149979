"""A file is what its content says, whatever it is called."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mentor_portal import files
from mentor_portal.files import FileRefused
from tests import documents as made

OFFICE = "application/vnd.openxmlformats-officedocument."


def examine(upload: SimpleUploadedFile, **options: object) -> files.ExaminedFile:
    return files.examine_file(upload=upload, **{"most_mb": 20, **options})


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
    found = examine(made.upload(name, content))
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
        examine(made.upload(name, content))


def test_file_beyond_the_limit_is_refused():
    heavy = made.PDF + b"\0" * (1024 * 1024 - len(made.PDF))
    assert examine(made.upload("通知.pdf", heavy), most_mb=1).size == 1024 * 1024
    with pytest.raises(FileRefused, match="超过 1 MB"):
        examine(made.upload("通知.pdf", heavy + b"\0"), most_mb=1)


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
    assert examine(file).name == fitting


def test_type_that_this_place_does_not_take_is_refused_by_what_it_takes():
    with pytest.raises(FileRefused, match="请上传 JPG、PNG 文件。"):
        examine(made.upload("证明.pdf", made.PDF), allowed=files.PICTURES)

"""Files as the programs that people use write them."""

import io
import struct
import zipfile
from collections.abc import Callable

import docx
import pptx
from PIL import Image
from pypdf import PdfReader, PdfWriter

from tests import documents as made

WPS_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>{name}</Application><AppVersion>11.0000</AppVersion></Properties>"
)
WPS_TAGS = (
    '<p:tagLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
    '<p:tag name="KSO_WM_UNIT_TYPE" val="f"/></p:tagLst>'
)


def python_pptx() -> bytes:
    """Three slides: a title, a table, and one with notes and a picture."""
    talk = pptx.Presentation()
    first = talk.slides.add_slide(talk.slide_layouts[0])
    first.shapes.title.text = "面试技巧"
    second = talk.slides.add_slide(talk.slide_layouts[5])
    second.shapes.title.text = "薪酬"
    table = second.shapes.add_table(1, 2, 0, 0, 100, 100).table
    table.cell(0, 0).text, table.cell(0, 1).text = "底薪", "奖金"
    third = talk.slides.add_slide(talk.slide_layouts[5])
    third.shapes.title.text = "答疑"
    third.shapes.add_picture(io.BytesIO(made.picture("PNG", (40, 30))), 0, 0)
    third.notes_slide.notes_text_frame.text = "留十分钟"
    return _saved(talk)


def wps_pptx() -> bytes:
    """The same as WPS writes it: its own name, tags, and no word of Microsoft's."""
    parts = parts_of(python_pptx())
    types = parts["[Content_Types].xml"].decode()
    tag = (
        '<Override PartName="/ppt/tags/tag1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.presentationml.tags+xml"/></Types>'
    )
    parts["[Content_Types].xml"] = types.replace("</Types>", tag).encode()
    parts["ppt/tags/tag1.xml"] = WPS_TAGS.encode()
    parts["docProps/app.xml"] = WPS_APP.format(name="WPS 演示").encode()
    return made.archive_of(parts)


def powerpoint_pptx() -> bytes:
    """As PowerPoint writes it: content types first, no compression of media, a chart's workbook, fonts."""
    parts = parts_of(python_pptx())
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", parts.pop("[Content_Types].xml"))
        for name, content in parts.items():
            stored = zipfile.ZIP_STORED if name.startswith("ppt/media/") else zipfile.ZIP_DEFLATED
            file.writestr(name, content, stored)
        file.writestr("ppt/embeddings/Microsoft_Excel_Sheet1.xlsx", made.workbook())
        file.writestr("ppt/embeddings/oleObject1.bin", made.compound("Equation Native"))
        file.writestr("ppt/fonts/font1.fntdata", b"\0" * 2000)
    return kept.getvalue()


def python_docx() -> bytes:
    paper = docx.Document()
    paper.add_heading("讲义", 1)
    paper.add_paragraph("第一段")
    table = paper.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "甲", "乙"
    paper.add_paragraph("最后一段")
    return _saved(paper)


def wps_docx() -> bytes:
    parts = parts_of(python_docx())
    parts["docProps/app.xml"] = WPS_APP.format(name="WPS Office").encode()
    parts["customXml/item1.xml"] = b'<s:customData xmlns:s="http://www.wps.cn/officeDocument/2013/x"/>'
    # Word notes the template on the writer's own disk.
    parts["word/_rels/settings.xml.rels"] = made.relations_of(
        f'Id="rId1" Type="{made.OFFICE}/attachedTemplate" '
        'Target="file:///C:\\Users\\li\\Templates\\Normal.dotm" TargetMode="External"'
    )
    return made.archive_of(parts)


def pypdf_pdf(*, password: str | None = None, owner_password: str | None = None, **more: object) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if password or owner_password:
        writer.encrypt(password or "", owner_password, algorithm="AES-256")
    return _written(writer)


def pdf_with_packed_objects(*, inside: bytes = b"<< /Kind /Nothing >>") -> bytes:
    """PDF 1.5 and later: objects packed in a stream, and a cross-reference stream in place of the table."""
    import zlib

    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] >>",
        inside,
    ]
    heads, body = [], b""
    for number, each in enumerate(objects, start=1):
        heads.append(b"%d %d" % (number, len(body)))
        body += each + b" "
    head = b" ".join(heads) + b" "
    packed = zlib.compress(head + body)
    content = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    first = len(content)
    content += b"5 0 obj\n<< /Type /ObjStm /N 4 /First %d /Filter /FlateDecode /Length %d >>\n" % (
        len(head),
        len(packed),
    )
    content += b"stream\n" + packed + b"\nendstream\nendobj\n"
    second = len(content)
    rows = [(0, 0, 255), *((2, 5, index) for index in range(4)), (1, first, 0), (1, second, 0)]
    table = zlib.compress(b"".join(struct.pack(">BLB", *row) for row in rows))
    content += (
        b"6 0 obj\n<< /Type /XRef /Size 7 /W [1 4 1] /Root 1 0 R /Filter /FlateDecode /Length %d >>\n"
        % len(table)
    )
    return content + b"stream\n" + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % second


def incremental_pdf() -> bytes:
    """A PDF that was saved a second time behind the first, as signing does."""
    start = made.PDF.rindex(b"startxref") + len(b"startxref\n")
    earlier = int(made.PDF[start:].split()[0])
    place = len(made.PDF)
    again = b"4 0 obj\n<< /Note (more) >>\nendobj\n"
    table = b"xref\n4 1\n%010d 00000 n \n" % place
    tail = b"trailer\n<< /Size 5 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\r\n" % (
        earlier,
        place + len(again),
    )
    return made.PDF + again + table + tail


def text_pdf(words: str = "Interview skills", pages: int = 2) -> bytes:
    """Pages with a line of text each."""
    content = f"BT /F1 12 Tf 10 50 Td ({words}) Tj ET".encode()
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 5 0 R"
    page += b" /Resources << /Font << /F1 4 0 R >> >> >>"
    kids = b" ".join(b"%d 0 R" % number for number in range(6, 6 + pages))
    whole = made.pdf(font, stream, *[page] * pages)
    # The first page of made.pdf is empty; the tree leads to the others instead. The table moves with it.
    reader = PdfReader(io.BytesIO(whole.replace(b"[3 0 R] /Count 1", b"[%s] /Count %d" % (kids, pages))))
    writer = PdfWriter()
    for each in reader.pages:
        writer.add_page(each)
    return _written(writer)


def photo(kind: str = "JPEG") -> bytes:
    """A picture lying on its side, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Phone"
    exif.get_ifd(0x8825)[2] = (28.0, 12.0, 30.0)
    kept = io.BytesIO()
    drawn = Image.effect_noise((60, 40), 80).convert("RGB")
    options = {"quality": 90, "comment": b"secret"} if kind == "JPEG" else {}
    drawn.save(kept, kind, exif=exif, **options)
    return kept.getvalue()


def motion_photo() -> bytes:
    """A phone's photo with a short film behind it."""
    return photo() + made.mp4()


def moving_gif(frames: int = 3, size: tuple[int, int] = (20, 20)) -> bytes:
    kept = io.BytesIO()
    pictures = [Image.new("RGB", size, (number % 256, number // 256, 0)) for number in range(frames)]
    pictures[0].save(kept, "GIF", save_all=True, append_images=pictures[1:])
    return kept.getvalue()


def mp3_with_promise(frames: int = 20, promised: int = 20) -> bytes:
    """As encoders write it: the first frame tells how many there are."""
    first = made.MP3_FRAME[:36] + b"Info" + struct.pack(">LL", 1, promised)
    return made.id3() + first.ljust(417, b"\0") + made.mp3(frames - 1) + b"TAG".ljust(128, b"\0")


def fragmented_mp4() -> bytes:
    return made.FTYP + made.moov() + made.box(b"moof", b"\0" * 16) + made.box(b"mdat", b"\1" * 100)


def parts_of(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        return {name: file.read(name) for name in file.namelist()}


def _saved(document: object) -> bytes:
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _written(writer: PdfWriter) -> bytes:
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


PPTX, DOCX = (
    f"{made.OFFICE_TYPE}.{each}" for each in ("presentationml.presentation", "wordprocessingml.document")
)
GOOD: list[tuple[str, Callable[[], bytes], str]] = [
    ("python-pptx.pptx", python_pptx, PPTX),
    ("WPS 演示.pptx", wps_pptx, PPTX),
    ("PowerPoint.pptx", powerpoint_pptx, PPTX),
    ("旧.ppt", lambda: made.compound("Current User", "PowerPoint Document"), "application/vnd.ms-powerpoint"),
    ("python-docx.docx", python_docx, DOCX),
    ("WPS 文字.docx", wps_docx, DOCX),
    ("手写.pdf", lambda: made.PDF, "application/pdf"),
    ("pypdf.pdf", pypdf_pdf, "application/pdf"),
    ("压缩对象.pdf", pdf_with_packed_objects, "application/pdf"),
    ("两次保存.pdf", incremental_pdf, "application/pdf"),
    ("限制编辑.pdf", lambda: pypdf_pdf(owner_password="owner"), "application/pdf"),
    ("有字.pdf", text_pdf, "application/pdf"),
    ("零结尾.pdf", lambda: made.PDF + b"\0" * 600, "application/pdf"),
    ("快启动.mp4", made.mp4, "video/mp4"),
    ("手机.mp4", lambda: made.mp4(is_moov_first=False), "video/mp4"),
    ("分段.mp4", fragmented_mp4, "video/mp4"),
    ("无标签.mp3", made.mp3, "audio/mpeg"),
    ("有标签.mp3", mp3_with_promise, "audio/mpeg"),
    ("两个标签.mp3", lambda: made.id3() + made.id3() + made.mp3(), "audio/mpeg"),
    ("照片.jpg", photo, "image/jpeg"),
    ("动态照片.jpg", motion_photo, "image/jpeg"),
    ("渐进.jpeg", lambda: made.picture("JPEG", (64, 64), progressive=True), "image/jpeg"),
    ("灰度.png", lambda: made.picture("PNG", (30, 30)), "image/png"),
    ("网络.webp", lambda: made.picture("WEBP", (30, 30)), "image/webp"),
    ("动图.gif", moving_gif, "image/gif"),
]

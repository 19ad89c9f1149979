"""A file and its row are there together or not at all."""

import errno
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import DatabaseError
from django.utils import timezone

from mentor_portal.files import FileNotKept, examine_file, sweep_files
from mentor_portal.files.storage import PART
from mentor_portal.home import tasks
from mentor_portal.notifications.models import Notice, NoticeAttachment
from tests import documents as made
from tests.files import good
from tests.races.server import database_url

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN_SECONDS = 60


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "uploads")
    Path(settings.FILE_UPLOAD_TEMP_DIR).mkdir()


@pytest.fixture
def notice(db) -> Notice:
    return Notice.objects.create(title="放假安排", body="清明放假。")


def keep(notice: Notice, upload: File) -> NoticeAttachment:
    return NoticeAttachment(notice=notice).keep(upload, examine_file(upload=upload, most_mb=20))


def files_there() -> list[str]:
    media = Path(settings.MEDIA_ROOT)
    return sorted(str(path.relative_to(media)) for path in media.rglob("*") if path.is_file())


class FullDisk(ContentFile):
    """A file in the middle of which the disk is full."""

    def chunks(self, chunk_size=None):
        yield self.read(100)
        raise OSError(errno.ENOSPC, "No space left on device")


def test_kept_file_has_its_final_name_and_row(notice):
    attachment = keep(notice, made.upload("安排.pdf", made.PDF))
    assert files_there() == [attachment.file.name]
    assert Path(attachment.file.path).read_bytes() == made.PDF


def test_large_upload_is_moved_into_place(notice):
    upload = TemporaryUploadedFile("安排.pdf", "application/pdf", len(made.PDF), None)
    upload.write(made.PDF)
    attachment = keep(notice, upload)
    upload.close()
    assert files_there() == [attachment.file.name]
    assert Path(attachment.file.path).stat().st_mode & 0o777 == 0o644
    assert not list(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir())


def test_full_disk_leaves_nothing_and_is_told(notice):
    with pytest.raises(FileNotKept, match="”，文件没有保存"):
        keep(notice, FullDisk(made.PDF, name="安排.pdf"))
    assert files_there() == [] and not NoticeAttachment.objects.exists()


def test_really_full_disk_leaves_nothing_and_is_told(notice, tmp_path):
    """The process may write no more than a little to any file, which the kernel says as a full disk would."""
    script = (
        "import django, resource, signal; django.setup()\n"
        "from django.core.files.base import ContentFile\n"
        "from mentor_portal.files import FileNotKept, examine_file\n"
        "from mentor_portal.notifications.models import NoticeAttachment\n"
        "upload = ContentFile(open('large.pdf', 'rb').read(), name='大.pdf')\n"
        "found = examine_file(upload=upload, most_mb=20)\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000000, 1000000))\n"
        "try:\n"
        "    NoticeAttachment(notice_id=1).keep(upload, found)\n"
        "except FileNotKept as told:\n"
        "    print(told.code)\n"
    )
    (tmp_path / "large.pdf").write_bytes(made.large_pdf(3_000_000))
    env = {**os.environ, "VAR_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    env |= {"DJANGO_SETTINGS_MODULE": "mentor_portal.settings"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "file_not_kept", done.stderr
    assert files_there() == []


def test_full_disk_answers_a_person_in_words(client, staff, monkeypatch):
    """Not with a 500."""
    from mentor_portal.files.storage import WholeFileStorage

    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(WholeFileStorage, "_save", full)
    client.force_login(staff)
    form = {
        "title": "放假安排",
        "body": "清明放假。",
        "attachments-TOTAL_FORMS": "1",
        "attachments-INITIAL_FORMS": "0",
        "attachments-0-upload": made.upload("安排.pdf", made.PDF),
    }
    answer = client.post("/admin/notifications/notice/add/", form, follow=True)
    assert answer.status_code == 200 and "服务器暂时存不下“安排.pdf”" in answer.content.decode()
    assert not Notice.objects.exists()


def test_refused_row_leaves_no_file(notice, monkeypatch):
    def refuse(*_args: object, **_options: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(NoticeAttachment, "save", refuse)
    with pytest.raises(DatabaseError):
        keep(notice, made.upload("安排.pdf", made.PDF))
    assert files_there() == []


def test_kept_picture_tells_no_place_and_its_own_size(notice):
    attachment = keep(notice, made.upload("现场.jpg", good.photo()))
    content = Path(attachment.file.path).read_bytes()
    assert attachment.size == len(content) and b"Exif" not in content


@pytest.mark.django_db(transaction=True)
def test_killed_process_leaves_no_row_and_the_sweep_takes_the_rest(tmp_path):
    notice = Notice.objects.create(title="放假安排", body="清明放假。")
    kept = keep(notice, made.upload("别的.pdf", made.PDF))
    script = (
        "import django, time; django.setup()\n"
        "from django.core.files.base import ContentFile\n"
        "from mentor_portal.files import ExaminedFile\n"
        "from mentor_portal.notifications.models import NoticeAttachment\n"
        "class Slow(ContentFile):\n"
        "    def chunks(self, chunk_size=None):\n"
        "        while True:\n"
        "            time.sleep(0.01)\n"
        "            yield b'1' * 1_000_000\n"
        "found = ExaminedFile('application/pdf', '大.pdf', 200_000_000)\n"
        f"NoticeAttachment(notice_id={notice.pk}).keep(Slow(b'1', name='大.pdf'), found)\n"
    )
    env = {**os.environ, "VAR_DIR": str(tmp_path), "PYTHONPATH": str(ROOT), "DATABASE_URL": database_url()}
    env |= {"DJANGO_SETTINGS_MODULE": "mentor_portal.settings"}
    process = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, env=env)
    part = _growing_part(process)
    process.send_signal(signal.SIGKILL)
    process.wait()

    assert NoticeAttachment.objects.get() == kept
    assert files_there() == sorted([kept.file.name, f"notices/{part.name}"])
    assert sweep_files(at=timezone.now()) == 0
    assert sweep_files(at=timezone.now() + timedelta(days=1, minutes=1)) == 1
    assert files_there() == [kept.file.name]


def _growing_part(process: subprocess.Popen) -> Path:
    """Return the partial file of a process once a few megabytes of it are written."""
    deadline = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None
        for part in Path(settings.MEDIA_ROOT, "notices").glob(f"*{PART}"):
            if part.stat().st_size > 5_000_000:
                return part
        time.sleep(0.02)
    raise AssertionError("nothing was written")


def test_sweep_takes_only_what_is_old_and_has_no_row(notice, tmp_path):
    kept = keep(notice, made.upload("安排.pdf", made.PDF))
    folder = Path(kept.file.path).parent
    photo = Path(settings.MEDIA_ROOT, "mentors", "photo.jpg")
    upload = Path(settings.FILE_UPLOAD_TEMP_DIR, "tmp1.upload")
    for path in (folder / "old", folder / f"old{PART}", folder / "young", photo, upload):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    yesterday = time.time() - 25 * 3600
    for path in (Path(kept.file.path), folder / "old", folder / f"old{PART}", photo, upload):
        os.utime(path, (yesterday, yesterday))
    tasks.sweep_files()
    assert files_there() == sorted(["mentors/photo.jpg", kept.file.name, "notices/young"])
    assert not upload.exists()
    tasks.sweep_files()
    assert len(files_there()) == 3


def test_mentors_photos_are_kept_apart_from_what_is_swept():
    from mentor_portal.files.storage import _folders
    from mentors.models import photo_path

    assert set(_folders()) == {"notices", "resumes", "proofs", "reports", "bonus", "courseware"}
    assert photo_path(None, "a.jpg").split("/")[0] not in _folders()

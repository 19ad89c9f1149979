"""Large files are looked at piece by piece."""

import os
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests import documents as made
from tests.files import hostile

ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1024 * 1024
MOST_GROWTH_MB = 48
EXAMINE = """
import resource, sys, time, django
django.setup()
from django.core.files.base import File
from mentor_portal import files
from tests import documents as made
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
for warm in (made.PDF, made.mp4(), made.office("ppt/presentation.xml")):
    files.examine_file(upload=made.upload("a", warm), allowed=files.COURSEWARE, most_mb=50)
before, began = peak(), time.process_time()
with open(sys.argv[1], "rb") as content:
    upload = File(content, name="a")
    found = files.examine_file(upload=upload, allowed=files.COURSEWARE, most_mb=50, most_video_mb=200)
    files.sha256_of(upload)
print(found.content_type, peak() - before, time.process_time() - began)
"""


def video(path: Path) -> None:
    """200 MB, the index at the end, as phones write it."""
    samples = 199 * MEGABYTE
    with path.open("wb") as file:
        file.write(made.FTYP + struct.pack(">L4s", 8 + samples, b"mdat"))
        file.seek(samples, os.SEEK_CUR)
        file.write(made.moov(len(made.FTYP) + 8))


def paper(path: Path) -> None:
    path.write_bytes(made.large_pdf(49_000_000))


def talk(path: Path) -> None:
    path.write_bytes(hostile.talk())
    with zipfile.ZipFile(path, "a") as archive, archive.open("ppt/media/film.mp4", "w") as part:
        for _ in range(48):
            part.write(b"\1" * MEGABYTE)


@pytest.mark.parametrize(
    ("write", "content_type"), [(video, "video/mp4"), (paper, "application/pdf"), (talk, "presentation")]
)
def test_large_file_costs_little_memory(write, content_type, tmp_path):
    path = tmp_path / "large"
    write(path)
    env = {**os.environ, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "mentor_portal.settings"}
    done = subprocess.run(
        [sys.executable, "-c", EXAMINE, str(path)], env=env, capture_output=True, text=True, check=True
    )
    found, grown, seconds = done.stdout.split()
    assert found.endswith(content_type)
    assert int(grown) < MOST_GROWTH_MB
    assert float(seconds) < 10

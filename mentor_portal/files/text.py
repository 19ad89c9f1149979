"""The text in a document, for comparing and searching."""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from django.core.files.base import File

from mentor_portal.files.kinds import DOCX, PDF, PPTX

MOST_CHARACTERS = 300_000
MOST_PAGES = 2_000
MOST_SECONDS = 120
MOST_MEMORY_BYTES = 2 * 1024**3

READ_AS = {PPTX.content_type: "pptx", DOCX.content_type: "docx", PDF.content_type: "pdf"}
READERS = Path(__file__).with_name("readers.py")


class TextUnreadable(Exception):
    """The document could not be read within its time and memory; the message says why, for the log."""


def extract_text(file: File, content_type: str, *, most_seconds: float = MOST_SECONDS) -> str:
    """Return the text of a PPTX, DOCX or PDF, at most ``MOST_CHARACTERS``; "" where there is none.

    Raises TextUnreadable, and nothing else, whatever the content is.
    """
    if content_type not in READ_AS:
        return ""
    with TemporaryFile() as copy:
        file.seek(0)
        shutil.copyfileobj(file, copy)
        copy.seek(0)
        return _read(copy, READ_AS[content_type], most_seconds)


def _read(copy: BinaryIO, reader: str, most_seconds: float) -> str:
    limits = map(str, (MOST_CHARACTERS, MOST_PAGES, MOST_MEMORY_BYTES))
    # -P keeps this folder off the path of imports, where its names would hide others; no secret of the
    # portal's environment is passed on.
    command = [sys.executable, "-P", str(READERS), reader, *limits]
    try:
        done = subprocess.run(
            command, stdin=copy, capture_output=True, timeout=most_seconds, check=True, env={}
        )
    except subprocess.TimeoutExpired:
        raise TextUnreadable("it took too long") from None
    except subprocess.CalledProcessError as failed:
        raise TextUnreadable(_last_line(failed)) from None
    return done.stdout.decode().replace("\0", "")


def _last_line(failed: subprocess.CalledProcessError) -> str:
    lines = failed.stderr.decode(errors="replace").strip().splitlines()
    return lines[-1][:200] if lines else f"the reader ended with {failed.returncode}"

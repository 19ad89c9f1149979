"""The environment of a test run, loaded by pytest before Django reads its settings.

What is set outside wins: ``DATABASE_URL=postgres://… bin/test`` runs the same tests on PostgreSQL.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def _own_folder() -> str:
    """Make a folder for this run alone, so that two runs at once do not share a database file."""
    folder = tempfile.mkdtemp(prefix="mentor-portal-test-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def prepare() -> None:
    os.environ.setdefault("SECRET_KEY", "for-tests-only")
    os.environ.setdefault("DEBUG", "0")
    os.environ.setdefault("DEMO", "0")
    os.environ.setdefault("HTTPS", "0")
    os.environ.setdefault("HASHED_STATIC_NAMES", "0")
    os.environ.setdefault("VISITOR_PAGES_KEPT_SECONDS", "0")
    os.environ.setdefault("API_RATE", "")
    os.environ.setdefault("SMS_BACKEND", "mentor_portal.accounts.sms.MemoryBackend")
    if "VAR_DIR" not in os.environ:
        os.environ["VAR_DIR"] = _own_folder()
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        # Tests count the files that are kept: those of other processes are not theirs.
        os.environ["VAR_DIR"] = str(Path(os.environ["VAR_DIR"], worker))
    Path(os.environ["VAR_DIR"], "static").mkdir(parents=True, exist_ok=True)


prepare()

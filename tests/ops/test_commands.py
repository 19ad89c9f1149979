"""What the commands in bin/ say where the machine lacks something: one clear line."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def fake_python(tmp_path):
    """``fake_python("exit 1")``: a Python that answers every question in this way."""

    def make(body: str) -> str:
        path = tmp_path / "python"
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)
        return str(path)

    return make


def find_python(python: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["sh", "-euc", '. bin/environment.sh; find_python; echo "found $python"'],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "PYTHON": python},
        capture_output=True,
        text=True,
        check=False,
    )


def test_old_python_gets_one_clear_line(fake_python):
    done = find_python(fake_python("exit 1"))
    assert done.returncode == 1
    assert done.stderr.startswith("Python 3.11 or newer is needed") and done.stderr.count("\n") == 1


def test_python_without_venv_gets_one_clear_line(fake_python):
    python = fake_python('case "$2" in *venv*) exit 1;; esac')
    done = find_python(python)
    assert done.returncode == 1
    assert done.stderr.startswith(f"{python} has no venv module") and done.stderr.count("\n") == 1


def test_python_with_all_it_takes_is_found(fake_python):
    python = fake_python("exit 0")
    assert find_python(python).stdout == f"found {python}\n"

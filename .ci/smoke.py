"""Start bin/demo twice on a free port and a fresh folder: all well, and the second start quick."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

FIRST_START_SECONDS = 180
SECOND_START_SECONDS = 10
STOP_SECONDS = 20


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PORT": str(_free_port()), "VAR_DIR": folder}
        for turn, limit in (("first", FIRST_START_SECONDS), ("second", SECOND_START_SECONDS)):
            seconds = _start_and_stop(environment, limit)
            print(f"{turn} start: served and healthy after {seconds:.1f} s")


def _start_and_stop(environment: dict[str, str], limit: float) -> float:
    """Return the seconds until home page and /healthz answer 200 and the address is printed."""
    address = f"http://127.0.0.1:{environment['PORT']}"
    said = Path(environment["VAR_DIR"]) / "said"
    started = time.monotonic()
    with said.open("w") as log:
        demo = subprocess.Popen(["bin/demo"], env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        for what, holds in (
            ("/ did not answer 200", lambda: _answers_well(f"{address}/")),
            ("/healthz did not answer 200", lambda: _answers_well(f"{address}/healthz")),
            ("the address was not printed", lambda: address in said.read_text()),
        ):
            while not holds():
                if demo.poll() is not None or time.monotonic() - started > limit:
                    sys.exit(f"{what} within {limit} s; the demo said:\n{said.read_text()}")
                time.sleep(0.1)
        seconds = time.monotonic() - started
        _expect_one_line_about_the_busy_port(environment)
    finally:
        demo.send_signal(signal.SIGTERM)
        demo.wait(STOP_SECONDS)
    if demo.returncode != 0 or "Traceback" in said.read_text():
        sys.exit(f"The demo ended with status {demo.returncode} and said:\n{said.read_text()}")
    return seconds


def _expect_one_line_about_the_busy_port(environment: dict[str, str]) -> None:
    second = subprocess.run(["bin/demo"], env=environment, capture_output=True, text=True, check=False)
    words = second.stderr.strip().splitlines()
    if second.returncode == 0 or len(words) != 1 or environment["PORT"] not in words[0]:
        sys.exit(f"A second demo on the same port ended with {second.returncode} and said:\n{second.stderr}")


def _answers_well(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return response.status == 200
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


main()

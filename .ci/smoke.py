"""Start bin/demo twice on a free port and a fresh folder: all well, and the second start quick."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

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
    """Return the seconds until home page and /healthz answer 200; exits where they do not in time."""
    demo = subprocess.Popen(
        ["bin/demo"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    address = f"http://127.0.0.1:{environment['PORT']}"
    started = time.monotonic()
    try:
        for path in ("/", "/healthz"):
            while not _answers_well(address + path):
                if demo.poll() is not None or time.monotonic() - started > limit:
                    _give_up(demo, f"{path} did not answer 200 within {limit} s")
                time.sleep(0.1)
        seconds = time.monotonic() - started
        _expect_one_line_about_the_busy_port(environment)
    finally:
        demo.send_signal(signal.SIGTERM)
    output, _ = demo.communicate(timeout=STOP_SECONDS)
    if demo.returncode != 0 or "Traceback" in output or address not in output:
        sys.exit(f"The demo ended with status {demo.returncode} and said:\n{output}")
    return seconds


def _expect_one_line_about_the_busy_port(environment: dict[str, str]) -> None:
    second = subprocess.run(["bin/demo"], env=environment, capture_output=True, text=True, check=False)
    words = second.stderr.strip().splitlines()
    if second.returncode == 0 or len(words) != 1 or environment["PORT"] not in words[0]:
        sys.exit(f"A second demo on the same port ended with {second.returncode} and said:\n{second.stderr}")


def _give_up(demo: subprocess.Popen, reason: str) -> None:
    demo.terminate()
    output, _ = demo.communicate(timeout=STOP_SECONDS)
    sys.exit(f"{reason}; the demo said:\n{output}")


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

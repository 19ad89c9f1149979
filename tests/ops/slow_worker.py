"""The quick worker with runs of small parts that each take a while, so that a test can come in between."""

import time
from datetime import timedelta

from tests.ops.quick_worker import app

SECONDS_A_PART, MENTORS_A_PART = 0.7, 1


def _slow_down() -> None:
    from evaluation.services import run_work

    keep = run_work._keep

    def keep_after_a_while(*arguments):
        time.sleep(SECONDS_A_PART)
        return keep(*arguments)

    run_work._keep = keep_after_a_while
    run_work.CHUNK_MENTORS = MENTORS_A_PART
    run_work.CLAIM = timedelta(seconds=3)


app.on_after_finalize.connect(lambda **_: _slow_down(), weak=False)

__all__ = ["app"]

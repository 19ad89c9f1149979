"""Run the same verb in several threads at the same moment, each with a connection of its own."""

import threading
from collections.abc import Callable, Sequence

from django.db import connection

from mentor_portal.errors import DomainError


def at_once(verbs: Sequence[Callable[[], object]]) -> list[object]:
    """Return what each verb returned, or the DomainError that it raised; other errors come through."""
    gate = threading.Barrier(len(verbs))
    results: list[object] = [None] * len(verbs)
    failures: list[BaseException] = []

    def run(number: int, verb: Callable[[], object]) -> None:
        try:
            gate.wait()
            results[number] = verb()
        except DomainError as refusal:
            results[number] = refusal
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(verbs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return results

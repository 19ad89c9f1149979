"""The queue in a folder hands out whole messages only, however the two sides meet."""

import threading
from queue import Empty

import pytest
from kombu import Connection

from mentor_portal import celery as _celery  # noqa: F401  makes ``filesystem://`` ours
from mentor_portal.file_queue import UNFINISHED, Channel

MESSAGES = 600


@pytest.fixture
def channel(tmp_path):
    folders = {"data_folder_in": str(tmp_path), "data_folder_out": str(tmp_path)}
    options = {**folders, "control_folder": str(tmp_path / "control")}
    with Connection("filesystem://", transport_options=options) as connection:
        yield connection.channel()


def test_filesystem_is_the_queue_of_whole_messages(channel):
    assert isinstance(channel, Channel)


def test_unfinished_message_is_not_taken(channel, tmp_path):
    channel._put("celery", {"number": 1})
    [kept] = tmp_path.glob("*.msg")
    kept.rename(kept.with_name(kept.name + UNFINISHED))
    with pytest.raises(Empty):
        channel._get("celery")
    assert channel._size("celery") == 0


def test_message_that_is_being_written_is_not_taken(channel):
    class Looking:
        """Looks into the queue while it is turned into the message's text."""

        def __json__(self) -> str:
            with pytest.raises(Empty):
                channel._get("celery")
            return "课"

    channel._put("celery", {"body": Looking()})
    assert channel._get("celery") == {"body": "课"}


def test_messages_taken_while_others_are_put_are_whole_and_all_there(channel):
    def put() -> None:
        for number in range(MESSAGES):
            channel._put("celery", {"number": number, "body": "课" * 2000})

    putting = threading.Thread(target=put)
    putting.start()
    taken = []
    while putting.is_alive() or channel._size("celery"):
        try:
            taken.append(channel._get("celery")["number"])
        except Empty:
            continue
    assert sorted(taken) == list(range(MESSAGES))

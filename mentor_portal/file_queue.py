"""The queue in a folder, for machines without Redis: kombu's, but each message appears whole or not at all.

Kombu's own creates a message's file under its final name and then writes it; a worker that looks in between
takes an empty message and ends.
"""

from pathlib import Path
from time import monotonic
from typing import Any
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps

UNFINISHED = ".part"


class Channel(filesystem.Channel):
    """Writes a message under another name first: names with this ending are no queue's."""

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:
        whole = Path(self.data_folder_out) / f"{round(monotonic() * 1000)}_{uuid4()}.{queue}.msg"
        unfinished = whole.with_name(whole.name + UNFINISHED)
        try:
            unfinished.write_bytes(str_to_bytes(dumps(payload)))
            unfinished.replace(whole)
        except OSError as failure:
            raise ChannelError(f"Cannot add {whole.name} to the queue's folder") from failure


class Transport(filesystem.Transport):
    Channel = Channel


def use_whole_messages() -> None:
    """Let ``filesystem://`` mean this transport."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"

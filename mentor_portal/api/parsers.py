"""What may be sent: JSON of a bounded size and depth."""

import io
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

# No resource takes more than a few short fields.
MOST_BYTES = 1024 * 1024


class BoundedJSON(JSONParser):
    """JSON whose size and depth an answer can be given to; anything else is a bad request."""

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise ParseError("请求内容太大，最多 1 MB。")
        try:
            return super().parse(io.BytesIO(body), media_type, parser_context)
        except RecursionError:
            raise ParseError("JSON 嵌套太深，请检查请求内容。") from None

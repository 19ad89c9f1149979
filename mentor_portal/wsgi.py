"""The WSGI entry that gunicorn serves."""

import logging
import os
from collections.abc import Callable, Iterable

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import UnreadablePostError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentor_portal.settings")

logger = logging.getLogger(__name__)


class WholeBody:
    """The body of a request; one that ends before its announced length is an error, not a shorter body.

    Without it, a form whose sender hung up is taken for complete, with half of its file.
    """

    def __init__(self, body: object, length: int) -> None:
        self._body, self._left = body, length

    def read(self, size: int = -1) -> bytes:
        return self._counted(self._body.read, size)

    def readline(self, size: int = -1) -> bytes:
        return self._counted(self._body.readline, size)

    def _counted(self, read: Callable[[int], bytes], size: int) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        content = read(wanted) if wanted else b""
        self._left -= len(content)
        if wanted and not content:
            raise ConnectionResetError(f"the sender hung up {self._left} bytes before the end")
        return content


class PortalRequest(WSGIRequest):
    """A request that deletes its half uploads; Django leaves those to the garbage collector.

    Where the disk is what failed, it says so and goes on without its form, which ``csrf_failure`` answers.
    """

    is_upload_unwritten = False

    def _load_post_and_files(self) -> None:
        try:
            super()._load_post_and_files()
        except OSError as failed:
            for handler in self.upload_handlers:
                handler.upload_interrupted()
            if isinstance(failed, UnreadablePostError):
                raise
            logger.exception("an upload could not be written")
            self.is_upload_unwritten = True
            raise UnreadablePostError(*failed.args) from failed


class Portal(WSGIHandler):
    """Django's handler, for bodies that are whole."""

    request_class = PortalRequest

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or ""
        if length.isdecimal():
            environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(length))
        return super().__call__(environ, start_response)


django.setup(set_prefix=False)
application = Portal()

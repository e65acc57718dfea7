"""Bodies that the web server did not take: the application answers as if it had found out while reading them.

So whoever sent too much is told in their language, on a page with a way on, or in the API's own form; and those who
may not send anything there at all are told that first.
"""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, NoReturn

from flask import Flask
from werkzeug.exceptions import RequestEntityTooLarge, ServiceUnavailable

from desk.context import Desk
from net.serving.wsgi import REFUSED

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_AGAIN_AFTER = 5


def install(app: Flask, _desk: Desk) -> None:
    """Let reading such a body fail."""
    app.wsgi_app = NotTaken(app.wsgi_app)  # type: ignore[method-assign]


class NotTaken:
    """WSGI middleware around ``inner``."""

    def __init__(self, inner: WSGIApplication) -> None:
        self.inner = inner

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        if REFUSED in environ:
            environ["wsgi.input"] = _Unread(environ[REFUSED])
        return self.inner(environ, start_response)


class _Unread:
    """A body that cannot be read; ``status`` says why."""

    def __init__(self, status: int) -> None:
        self._status = status

    def read(self, _size: int = -1) -> NoReturn:
        """Raises RequestEntityTooLarge, ServiceUnavailable."""
        if self._status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            raise RequestEntityTooLarge
        raise ServiceUnavailable(retry_after=_AGAIN_AFTER)

    readline = readlines = readinto = __iter__ = read

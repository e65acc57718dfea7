"""Request bodies, read before the application sees them, so that slow senders cannot take every thread.

A server's threads are few, and one that waits for a body that never comes answers nobody. At most ``at_once`` threads
wait for bodies; the others go on answering readers.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MOST_BYTES = 16 * 1024 * 1024
SECONDS_FOR_A_TURN = 1.0


class WholeBodies:
    """WSGI middleware: ``inner`` gets bodies that are there already.

    Answers 413 to more than ``most`` bytes (``MOST_BYTES`` unless told), 503 when ``at_once`` senders are being waited
    for.
    """

    def __init__(self, inner: WSGIApplication, at_once: int, most: int | None = None) -> None:
        self._inner = inner
        self._most = MOST_BYTES if most is None else most
        self._turns = threading.BoundedSemaphore(at_once)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        if not _has_body(environ):
            return self._inner(environ, start_response)
        if _announced(environ) > self._most:
            return _refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, start_response)
        if not self._turns.acquire(timeout=SECONDS_FOR_A_TURN):
            return _refused(HTTPStatus.SERVICE_UNAVAILABLE, start_response)
        try:
            body = environ["wsgi.input"].read(self._most + 1)
        finally:
            self._turns.release()
        if len(body) > self._most:
            return _refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, start_response)
        read = {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body)), "wsgi.input_terminated": True}
        return self._inner(environ | read, start_response)


def _has_body(environ: WSGIEnvironment) -> bool:
    return "HTTP_TRANSFER_ENCODING" in environ or environ.get("CONTENT_LENGTH", "0") not in ("", "0")


def _announced(environ: WSGIEnvironment) -> int:
    length = environ.get("CONTENT_LENGTH", "")
    return int(length) if length.isascii() and length.isdigit() else 0


def _refused(status: HTTPStatus, start_response: StartResponse) -> Iterable[bytes]:
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Retry-After", "5"), ("Cache-Control", "no-store")]
    start_response(f"{status.value} {status.phrase}", headers)
    return [f"{status.phrase}\n".encode()]

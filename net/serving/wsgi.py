"""A WSGI application (PEP 3333) behind an ASGI server: each request in a thread, its body read before.

An answer crosses from the thread in one piece, or, when it is long, in large portions that are read only as fast as the
client takes them, with no thread waiting in between.
"""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator, MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from net.serving.bodies import Bodies, Receive, Refused, Scope
from net.serving.request_heads import FRAMING

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Fields = list[tuple[bytes, bytes]]
PORTION = 256 * 1024
# What the client sent as the target of its request, path and query, not decoded (bytes).
TARGET = "depeche.target"
# There when the body was not taken: the status that says why (413, 503). The body is empty then.
REFUSED = "depeche.refused"
_BODILESS = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)


class Bridge:
    """An ASGI application that asks ``app``, in at most ``threads`` threads."""

    def __init__(self, app: WSGIApplication, threads: int, bodies: Bodies) -> None:
        self._app = app
        self._bodies = bodies
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="web")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            async with self._bodies.of(scope, receive) as body:
                await self._answer(environ_of(scope, body), send)
        except Refused as refused:
            if refused.status:
                await self._refuse(scope, refused.status, send)

    async def _refuse(self, scope: Scope, status: HTTPStatus, send: Send) -> None:
        """Let the application say in its own words why a body is not taken."""
        fields = [field for field in scope["headers"] if field[0] not in FRAMING]
        environ = environ_of({**scope, "headers": fields}, b"") | {REFUSED: status.value}
        # Told so instead of being told to go on, it may send no body: what comes next could be either.
        hang_up = any(name == b"expect" for name, _ in fields)
        await self._answer(environ, send, [(b"connection", b"close")] if hang_up else [])

    async def _answer(self, environ: dict[str, Any], send: Send, more: Sequence[tuple[bytes, bytes]] = ()) -> None:
        # A client of HTTP/1.0 knows no chunks: it is told the length of the whole.
        portion = sys.maxsize if environ["SERVER_PROTOCOL"] == "HTTP/1.0" else PORTION
        answer = Answering(self._app, environ, portion)
        loop = asyncio.get_running_loop()
        try:
            part = await loop.run_in_executor(self._pool, answer.begin)
            fields = answer.fields if answer.more else _measured(answer, environ["REQUEST_METHOD"], len(part))
            await send({"type": "http.response.start", "status": answer.status, "headers": [*fields, *more]})
            while answer.more:
                await send({"type": "http.response.body", "body": part, "more_body": True})
                part = await loop.run_in_executor(self._pool, answer.go_on)
            await send({"type": "http.response.body", "body": part})
        finally:
            if answer.more:
                self._pool.submit(answer.close)


class Answering:
    """What ``app`` answers to ``environ``, read in portions of at least ``portion`` bytes. ``more``: whether there may
    be some left. The methods are for a thread where one may wait."""

    def __init__(self, app: WSGIApplication, environ: dict[str, Any], portion: int) -> None:
        self._app, self._environ, self._portion = app, environ, portion
        self._written: list[bytes] = []
        self._source: Iterable[bytes] = ()
        self._parts: Iterator[bytes] = iter(())
        self.status = 500
        self.fields: Fields = []
        self.more = False

    def begin(self) -> bytes:
        """Ask the application; the first portion."""
        self._source = self._app(self._environ, self._start)
        self.more = True
        self._parts = iter(self._source)
        return self.go_on()

    def go_on(self) -> bytes:
        """The next portion."""
        try:
            size = 0
            for part in self._parts:
                self._written.append(part)
                size += len(part)
                if size >= self._portion:
                    return self._taken()
        except BaseException:
            self.close()
            raise
        self.close()
        return self._taken()

    def close(self) -> None:
        """Let the application know that nothing more is asked of this answer (PEP 3333, ``close``)."""
        self.more = False
        if close := getattr(self._source, "close", None):
            close()

    def _start(self, status: str, headers: list[tuple[str, str]], _error: object = None) -> Callable[[bytes], object]:
        self.status = int(status[:3])
        fields = ((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers)
        # The server dates every answer, and there is one date (RFC 9110 §6.6.1): Werkzeug adds another to whatever it
        # has compared with what the client had.
        self.fields = [field for field in fields if field[0] != b"date"]
        return self._written.append

    def _taken(self) -> bytes:
        taken = b"".join(self._written)
        self._written.clear()
        return taken


def _measured(answer: Answering, method: str, size: int) -> Fields:
    """The fields of an answer that is there as a whole, with its length."""
    known = {name for name, _ in answer.fields}
    if method == "HEAD" or answer.status in _BODILESS or known & {b"content-length", b"transfer-encoding"}:
        return answer.fields
    return [*answer.fields, (b"content-length", b"%d" % size)]


def environ_of(scope: Scope, body: bytes) -> dict[str, Any]:
    """A WSGI environ. A field whose name has an underscore is left out: it could pass for one with a hyphen."""
    path, query = scope["raw_path"], scope["query_string"]
    server, client = scope.get("server") or ("localhost", 80), scope.get("client") or ("", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query.decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": str(client[0]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": io.BytesIO(body),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        TARGET: path + b"?" + query if query else path,
    }
    for name, value in scope["headers"]:
        if b"_" not in name:
            _add(environ, name.decode("latin-1").upper().replace("-", "_"), value.decode("latin-1"))
    if body:
        environ["CONTENT_LENGTH"] = str(len(body))
    return environ


def _add(environ: dict[str, Any], name: str, value: str) -> None:
    """A field that is there several times is one with all values (RFC 9110 §5.3; of cookies RFC 9113 §8.2.3)."""
    key = name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
    between = "; " if name == "COOKIE" else ","
    environ[key] = environ[key] + between + value if key in environ else value

"""Request bodies, read before the application is asked, so that slow senders take no thread from anybody."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

from net.serving.request_heads import FRAMING

Scope = MutableMapping[str, Any]
# Bodies no larger than this, of which connections bound the number, are taken also while there is no room for others:
# nobody who fills it keeps people from signing in.
SMALL = 64 * 1024
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]


class Refused(Exception):
    """A body that is not taken. ``status``: what the client is told, or None when it has gone."""

    def __init__(self, status: HTTPStatus | None) -> None:
        super().__init__(status)
        self.status = status


class Bodies:
    """The bodies of requests being worked on. ``most``: bytes of one; ``most_together``: bytes of all, but for
    those that are ``small``."""

    def __init__(self, most: int, most_together: int, small: int = SMALL) -> None:
        self._most = most
        self._small = small
        self._most_together = most_together
        self.held = 0

    @asynccontextmanager
    async def of(self, scope: Scope, receive: Receive) -> AsyncIterator[bytes]:
        """The whole body of a request, given up again at the end. Raises Refused."""
        told = {name: value for name, value in scope["headers"] if name in FRAMING}
        if not told or told == {b"content-length": b"0"}:
            yield b""
            return
        if int(told.get(b"content-length", b"0")) > self._most:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        body = bytearray()
        try:
            await self._read(receive, body)
            yield bytes(body)
        finally:
            self.held -= len(body)

    async def _read(self, receive: Receive, body: bytearray) -> None:
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise Refused(None)
            part, more = message.get("body", b""), message.get("more_body", False)
            if len(body) + len(part) > self._most:
                raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            if len(body) + len(part) > self._small and self.held + len(part) > self._most_together:
                raise Refused(HTTPStatus.SERVICE_UNAVAILABLE)
            body += part
            self.held += len(part)

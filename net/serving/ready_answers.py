"""Answers that are ready before they are asked for: what a connection asks for one, and how it begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from uvicorn.protocols.http.httptools_impl import STATUS_LINE


class Made(Protocol):
    """A ready answer. ``head``: its header fields and the empty line after them, names in lower case."""

    @property
    def status(self) -> int:
        """The status code."""

    @property
    def head(self) -> bytes:
        """What goes between the status line and the body."""

    @property
    def body(self) -> bytes:
        """The whole body; a HEAD leaves it out."""


class AtOnce(Protocol):
    """Gives ready answers."""

    def at_once(self, target: bytes, told: Mapping[bytes, bytes], address: str, *, counted: bool) -> Made | None:
        """The answer to a request for ``target`` (path and query as they were sent) with the header fields ``told``
        (names in lower case) from the IP ``address``, or None when it has to be made or looked for. Never waits for
        anything. ``counted``: whether somebody is going to see it."""


class FirstLines:
    """How every answer of one connection begins."""

    def __init__(self) -> None:
        self._made: dict[int, bytes] = {}
        self._made_of: object = None

    def line(self, status: int, every: Sequence[tuple[bytes, bytes]]) -> bytes:
        """The status line and the fields that uvicorn puts on ``every`` answer: another list each second, with the
        date."""
        if self._made_of is not every:
            self._made, self._made_of = {}, every
        if status not in self._made:
            self._made[status] = STATUS_LINE[status] + b"".join(b"%s: %s\r\n" % field for field in every)
        return self._made[status]

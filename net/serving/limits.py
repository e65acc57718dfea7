"""What a connection may ask for and how long it may take about it."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

# Of one request, pictures aside: those a setting allows come on top.
MOST_BODY = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one process; sizes in bytes, times in seconds.

    ``head``: request line and header fields together; ``target``: the address alone; ``body``: one request's body, and
    ``bodies`` those of all requests being worked on. ``idle``: between two requests; ``asking``: for a whole head;
    ``sending``: between two pieces of a body, and ``whole_body`` for all of it; ``reading``: without taking anything of
    an answer, of which the whole may take as long as a body. Of a body that was answered before it was whole,
    ``left_over`` bytes are still read, for ``draining`` seconds. ``waiting``: requests sent together with one that is
    being worked on. ``connections``: idle ones included.
    """

    head: int = 32 * 1024
    target: int = 16 * 1024
    body: int = MOST_BODY
    bodies: int = 256 * 1024 * 1024
    idle: float = 60.0
    asking: float = 15.0
    sending: float = 30.0
    whole_body: float = 600.0
    reading: float = 60.0
    left_over: int = 128 * 1024 * 1024
    draining: float = 120.0
    waiting: int = 64
    connections: int = 4096


def refusal(status: HTTPStatus) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """Header fields and body of an answer that says ``status`` and nothing else, kept by no cache."""
    body = f"{status.phrase}\n".encode()
    return [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
        (b"retry-after", b"5"),
    ], body

"""Ports for servers that are told one, and take it a moment later."""

from __future__ import annotations

import errno
import os
import random
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from tests.patience import until

# Below those that the system gives out by itself: meanwhile nobody's connection is given one of them.
_LOWEST, _HIGHEST = 20_000, 32_000
_CHOOSING = random.Random(os.urandom(8))


def free_port() -> int:
    """A port of loopback on which nobody listens, and which nobody is given who does not ask for it by its number."""
    while True:
        port = _CHOOSING.randrange(_LOWEST, _HIGHEST)
        if taken := _listening(port):
            taken.close()
            return port


@contextmanager
def held(port: int) -> Iterator[None]:
    """Listen on ``port`` of loopback, once the connection that may have been given it has ended."""
    with until(lambda: _listening(port), f"port {port}"):
        yield


def _listening(port: int) -> socket.socket | None:
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
    return None


@contextmanager
def unheard() -> Iterator[int]:
    """A port of loopback where nobody listens, and nobody begins to: it is taken. Whoever connects is refused."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]

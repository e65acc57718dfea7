"""Ports for servers that are told one, and take it a moment later."""

from __future__ import annotations

import errno
import os
import random
import socket
from collections.abc import Iterator
from contextlib import contextmanager

# Below those that the system gives out by itself: meanwhile nobody's connection is given one of them.
_LOWEST, _HIGHEST = 20_000, 32_000
_CHOOSING = random.Random(os.urandom(8))


def free_port() -> int:
    """A port of loopback on which nobody listens, and which nobody is given who does not ask for it by its number."""
    while True:
        port = _CHOOSING.randrange(_LOWEST, _HIGHEST)
        try:
            with socket.create_server(("127.0.0.1", port)):
                return port
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise


@contextmanager
def unheard() -> Iterator[int]:
    """A port of loopback where nobody listens, and nobody begins to: it is taken. Whoever connects is refused."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]

"""The least HTTP server there is, for benches: whole requests in, whole answers out, connections kept alive."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable


class Connection(asyncio.Protocol):
    """One connection. ``answer``: from the head of a request, without its empty line, to all that is sent back."""

    def __init__(self, answer: Callable[[bytes], bytes]) -> None:
        self._answer = answer
        self._said = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Answer on it."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that is whole."""
        self._said += data
        while b"\r\n\r\n" in self._said:
            head, _, self._said = self._said.partition(b"\r\n\r\n")
            self._transport.write(self._answer(head))


async def serve(answer: Callable[[bytes], bytes], port: int) -> None:
    """Serve on every loopback address until killed; says ``ready`` on standard output."""
    server = await asyncio.get_running_loop().create_server(lambda: Connection(answer), "0.0.0.0", port)  # noqa: S104
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await server.serve_forever()

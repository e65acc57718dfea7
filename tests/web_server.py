"""The real web server in a thread of the test, and what a test says to it, byte by byte."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from net.serving.limits import Limits
from net.serving.server import Server, listening, server
from tests.patience import PATIENCE


class NothingReady:
    """No answer is ever ready."""

    def at_once(self, target: bytes, told: object, address: str, *, counted: bool) -> None:
        """None."""


class Served(NamedTuple):
    server: Server
    port: int

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def said(self, request: bytes) -> bytes:
        """Everything the server says to ``request`` until it hangs up."""
        with self.connect() as connection:
            connection.sendall(request)
            return everything(connection)


@contextmanager
def serving(app: Any, ready: Any = None, limits: Limits | None = None, *, threads: int = 4) -> Iterator[Served]:
    """``app`` behind the server on a free port of loopback."""
    with listening("127.0.0.1", 0, 64) as taken:
        running = server(app, ready or NothingReady(), limits or Limits(), threads=threads, seconds_to_stop=60)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [taken]})
        thread.start()
        try:
            yield Served(running, taken.getsockname()[1])
        finally:
            running.should_exit = True
            thread.join()


def everything(connection: socket.socket) -> bytes:
    """What comes until the other side hangs up."""
    got = b""
    while more := connection.recv(65536):
        got += more
    return got


def one_answer(connection: socket.socket) -> tuple[int, dict[str, str], bytes]:
    """One answer with a Content-Length, or none: status, header fields by name in lower case, body."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += _more(connection)
    head, _, body = got.partition(b"\r\n\r\n")
    line, *lines = head.decode("latin-1").split("\r\n")
    fields = dict(each.split(": ", 1) for each in lines)
    status = int(line.split()[1])
    while status != 304 and len(body) < int(fields["content-length"]):
        body += _more(connection)
    return status, fields, body


def _more(connection: socket.socket) -> bytes:
    more = connection.recv(65536)
    assert more, "the server hung up"
    return more

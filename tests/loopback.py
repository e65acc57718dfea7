"""Servers on loopback that tests talk to: run in a thread, ended within a moment."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from socketserver import BaseServer
from typing import TypeVar

from werkzeug.serving import BaseWSGIServer, make_server

LOOK_EVERY = 0.02
Server = TypeVar("Server", bound=BaseServer)


class QuietHandler(BaseHTTPRequestHandler):
    """Tells the terminal nothing."""

    def send(self, status: int, body: bytes = b"", **fields: str) -> None:
        """Answer with ``body``; an underscore in the name of a field stands for a hyphen."""
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """``server``, which answers until the block ends."""
    thread = threading.Thread(target=server.serve_forever, args=(LOOK_EVERY,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def serving(application: Callable[..., object]) -> Iterator[BaseWSGIServer]:
    """A WSGI application over real HTTP; its ``server_port`` is a free one."""
    with running(make_server("127.0.0.1", 0, application, threaded=True)) as server:
        yield server

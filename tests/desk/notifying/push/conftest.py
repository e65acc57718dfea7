"""A hub on loopback that keeps what it is told and answers as it is told to."""

import socket
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

import pytest

from desk.context import Desk
from desk.notifying.outbox import tell
from desk.notifying.pings import ping
from net.allowed_networks import parse_allowed
from net.messages import Limits
from storage.records import OutboxRow
from tests.patience import PATIENCE

Form = dict[str, str]
UNHURRIED = Limits(connect=PATIENCE, idle=int(PATIENCE), total=PATIENCE)


class Hub:
    """``told``: the forms it was sent. ``answers``: status and header fields of its next answers, then 204. ``slow``:
    how long it takes to answer, in seconds."""

    def __init__(self) -> None:
        self.told: list[Form] = []
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.usual: tuple[int, dict[str, str]] = (204, {})
        self.slow = 0.0
        self.stopping = threading.Event()
        self.quiet = threading.Condition()
        # It is asked twice at a time: each takes the next of the answers.
        self.taking = threading.Lock()
        self.callers = 0
        hub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                given = self.rfile.read(int(self.headers["Content-Length"]))
                assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
                hub.told.append(dict(parse_qsl(given.decode(), strict_parsing=True)))
                hub.stopping.wait(hub.slow)
                with hub.taking:
                    status, fields = hub.answers.pop(0) if hub.answers else hub.usual
                self.send_response(status)
                for name, value in fields.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def do_QUIET(self) -> None:
                self.send_response(204)
                self.end_headers()
                self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def process_request(self, *given: Any) -> None:
                with hub.quiet:
                    hub.callers += 1
                super().process_request(*given)

            def shutdown_request(self, request: Any) -> None:
                super().shutdown_request(request)
                with hub.quiet:
                    hub.callers -= 1
                    hub.quiet.notify_all()

            def handle_error(self, *_args: object) -> None:
                """A client that hangs up on a slow hub is what some tests are about."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/hub?of=école".replace("é", "%C3%A9")

    @property
    def topics(self) -> list[str]:
        return sorted(form["hub.topic"] for form in self.told)

    def forget(self) -> None:
        """Forget what it was told, also by a caller who has hung up: those who called before are heard out."""
        with socket.create_connection(("127.0.0.1", self._server.server_port)) as line:
            line.sendall(b"QUIET / HTTP/1.1\r\n\r\n")
            line.recv(1)
        with self.quiet:
            assert self.quiet.wait_for(lambda: self.callers == 0, timeout=PATIENCE)
        self.told.clear()

    def close(self) -> None:
        self.stopping.set()
        if self._thread.is_alive():
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()


@pytest.fixture
def hub() -> Iterator[Hub]:
    running = Hub()
    yield running
    running.close()


@pytest.fixture
def pushing(desk: Desk, hub: Hub) -> Desk:
    """The newsroom, with the hub."""
    return desk.with_settings(websub_hub=hub.url, allowed_networks=parse_allowed("127.0.0.0/8"))


@pytest.fixture
def round_of(pushing: Desk, clock) -> Callable[..., int]:
    """What the worker does twice, with the seconds between that it takes for a change to settle."""

    def went(desk: Desk = pushing, seconds: float = 2, limits: Limits = UNHURRIED) -> int:
        tell(desk)
        clock.forward(seconds=seconds)
        return ping(desk, limits=limits)

    return went


@pytest.fixture
def waiting(desk: Desk) -> Callable[[], tuple[OutboxRow, ...]]:
    """What is still to be told, now or in the days to come."""

    def found() -> tuple[OutboxRow, ...]:
        with desk.storage.read() as reader:
            return reader.outbox(desk.now() + timedelta(days=3), limit=100_000)

    return found

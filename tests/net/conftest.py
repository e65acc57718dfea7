"""A real HTTP server on loopback that answers as badly as it is told to."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from net.client import Client
from net.guard import Guard, parse_allowed
from net.messages import Limits
from tests.patience import PATIENCE

TLS_HANDSHAKE = b"\x16"
Answer = Callable[[socket.socket, bytes], None]


def reply(status: str = "200 OK", *fields: str, body: bytes = b"") -> Answer:
    head = "\r\n".join([f"HTTP/1.1 {status}", *fields, f"Content-Length: {len(body)}", "Connection: close", "", ""])
    return lambda peer, _request: peer.sendall(head.encode("latin-1") + body)


class HostileServer:
    """One thread per connection; ``routes`` maps a path to what answers it; requests' heads are kept as bytes."""

    def __init__(self) -> None:
        self.routes: dict[str, Answer] = {}
        self.heads: list[bytes] = []
        self.stopping = threading.Event()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    reply = staticmethod(reply)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def _accept(self) -> None:
        while True:
            try:
                peer, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(peer,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, peer: socket.socket) -> None:
        with peer, suppress(OSError):
            peer.settimeout(PATIENCE)
            head = b""
            while b"\r\n\r\n" not in head and head[:1] != TLS_HANDSHAKE and (more := peer.recv(65536)):
                head += more
            path = head.split(b" ")[1].decode("latin-1") if head.startswith(b"GET ") else ""
            with self._lock:
                self.heads.append(head)
            self.routes.get(path, reply("404 Not Found"))(peer, head)

    def close(self) -> None:
        self.stopping.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join()


@pytest.fixture
def server() -> Iterator[HostileServer]:
    running = HostileServer()
    yield running
    running.close()


@pytest.fixture
def make_client() -> Iterator[Callable[..., Client]]:
    made: list[Client] = []

    def make(allowed: str = "127.0.0.0/8,[::1]", **options: object) -> Client:
        options.setdefault("limits", Limits(connect=60, idle=60, total=60, wire=200_000, decoded=1_000_000))
        client = Client(Guard(parse_allowed(allowed)), user_agent="Depeche-tests (+http://localhost/)", **options)
        made.append(client)
        return client

    yield make
    for client in made:
        client.close()


@pytest.fixture
def client(make_client: Callable[..., Client]) -> Client:
    return make_client()

"""``python -m bench.load``: asks one server for many addresses over kept connections, as feed readers do.

Reads whom to ask for what from standard input as JSON, asks for each once and says so; then, for each ``Task`` it
reads, writes the ``Outcome``. A process of its own, so that its work is not counted as the server's.
"""

from __future__ import annotations

import json
import random
import re
import selectors
import socket
import sys
import time
from dataclasses import asdict, dataclass

from bench.figures import p99

CONNECTIONS = 8
_TAG = re.compile(rb"\r\netag: *([^\r]+)", re.IGNORECASE)
_DATE = re.compile(rb"\r\nlast-modified: *([^\r]+)", re.IGNORECASE)
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Task:
    """Ask for ``seconds``; ``conditional`` (0 to 1) of the requests say what was last sent."""

    seconds: float
    conditional: float


@dataclass(slots=True)
class Outcome:
    """What came of it: requests answered in time, how many with a 304, and the milliseconds 99 of 100 took at most."""

    requests: int
    unchanged: int
    p99: float


class _Connection:
    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.read = b""
        self.path = ""
        self.sent = 0.0

    def ask(self, path: str, validators: bytes) -> None:
        self.path, self.read, self.sent = path, b"", time.perf_counter()
        self.socket.sendall(
            b"GET " + path.encode() + b" HTTP/1.1\r\nHost: news.example.org\r\nUser-Agent: reader/1.0\r\n"
            b"Accept: application/atom+xml, */*;q=0.5\r\nAccept-Encoding: gzip\r\n" + validators + b"\r\n"
        )

    def whole(self) -> tuple[int, bytes] | None:
        """Read what is there: status and head of the answer once all of it is."""
        got = self.socket.recv(262_144)
        assert got, "the server hung up"
        self.read += got
        end = self.read.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = self.read[: end + 2]
        status = int(head[9:12])
        length = _LENGTH.search(head) if status != 304 else None
        return (status, head) if len(self.read) >= end + 4 + (int(length[1]) if length else 0) else None


class Load:
    """The readers of one server."""

    def __init__(self, port: int, paths: list[str]) -> None:
        self._port, self._paths = port, paths
        self._chance = random.Random(port)
        self._conditional = 0.0
        self._validators: dict[str, bytes] = {}
        self._times: list[float] = []
        self._unchanged = 0

    def prepare(self) -> None:
        """Ask for each path once, and remember what it was."""
        connection = _Connection(self._port)
        for path in self._paths:
            connection.ask(path, b"")
            while (answer := connection.whole()) is None:
                pass
            assert answer[0] == 200, (path, answer)
            self._remember(path, answer[1])
        connection.socket.close()

    def run(self, task: Task) -> Outcome:
        """Keep all connections busy until the time is over."""
        self._conditional, self._unchanged, self._times = task.conditional, 0, []
        chosen = selectors.DefaultSelector()
        for _ in range(CONNECTIONS):
            connection = _Connection(self._port)
            chosen.register(connection.socket, selectors.EVENT_READ, connection)
            self._ask(connection)
        until = time.monotonic() + task.seconds
        while time.monotonic() < until:
            for key, _ in chosen.select(1.0):
                self._read(key.data)
        for connection in [key.data for key in chosen.get_map().values()]:
            connection.socket.close()
        return Outcome(len(self._times), self._unchanged, p99(self._times))

    def _read(self, connection: _Connection) -> None:
        answer = connection.whole()
        if answer is None:
            return
        status, head = answer
        assert status in (200, 304), head
        self._times.append((time.perf_counter() - connection.sent) * 1000)
        if status == 200:
            self._remember(connection.path, head)
        else:
            self._unchanged += 1
        self._ask(connection)

    def _ask(self, connection: _Connection) -> None:
        path = self._chance.choice(self._paths)
        conditional = self._chance.random() < self._conditional
        connection.ask(path, self._validators[path] if conditional else b"")

    def _remember(self, path: str, head: bytes) -> None:
        tag, date = _TAG.search(head), _DATE.search(head)
        self._validators[path] = (b"If-None-Match: " + tag[1] + b"\r\n" if tag else b"") + (
            b"If-Modified-Since: " + date[1] + b"\r\n" if date else b""
        )


def main() -> None:
    """Do what standard input says, line by line."""
    load = Load(**json.loads(sys.stdin.readline()))
    load.prepare()
    _say({"ready": True})
    for line in sys.stdin:
        _say(asdict(load.run(Task(**json.loads(line)))))


def _say(what: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

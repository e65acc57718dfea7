import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from desk.categories.registry import add_category
from desk.context import open_desk
from desk.items.posting import post_item
from desk.settings import Settings
from net.ports import answers
from news.drafts import Draft
from tests.patience import PATIENCE, until
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[3]
COMMAND = [sys.executable, "-P", "-m", "cli.main"]


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def serve(shell, start, port, soon, got):
    """The real service on ``port``, once it answers."""

    def run(**settings: str):
        process = start("serve", "--port", str(port), "--workers", "1", **settings)
        soon(lambda: process.poll() is not None or got(f"http://127.0.0.1:{port}/healthz"))
        return process

    return run


@dataclass
class Standing:
    """A service that runs through several tests, which only ask it for something."""

    port: int
    database: Path


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    """One with an item in a category, at the address it listens on, whose worker looks often."""
    at = Standing(free_port(), tmp_path_factory.mktemp("standing") / "depeche.db")
    desk = open_desk(Settings(database=at.database), create=True)
    add_category(desk, "Doctorat", actor="cli")
    post_item(desk, Draft("Bonjour", ("doctorat",), status="published"), "cli")
    desk.storage.close()
    given = {"DEPECHE_DATABASE": str(at.database), "DEPECHE_TICK_SECONDS": "0.1", "PYTHONPATH": str(ROOT)}
    bare = {name: value for name, value in os.environ.items() if not name.startswith("DEPECHE_")}
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", str(at.port), "--workers", "1"], env=bare | given, cwd="/",
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    until(lambda: process.poll() is not None or answers("127.0.0.1", at.port))
    assert process.poll() is None
    yield at
    process.terminate()
    assert process.wait(PATIENCE) == 0


def children(pid: int) -> list[int]:
    """Every process below ``pid``."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == pid:
            found += [int(path.parent.name), *children(int(path.parent.name))]
    return found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_it_serves_what_was_posted_at_the_address_it_listens_on(standing, got):
    feed = got(f"http://127.0.0.1:{standing.port}/feeds/doctorat.atom").decode()

    assert "Bonjour" in feed
    assert f'href="http://127.0.0.1:{standing.port}/feeds/doctorat.atom"' in feed


def test_a_base_url_that_is_set_is_kept(serve, port, got):
    serve(DEPECHE_BASE_URL="https://news.school.example")

    assert b"https://news.school.example/feeds/all.atom" in got(f"http://127.0.0.1:{port}/feeds/all.atom")


def test_connections_are_kept_and_no_version_is_told(standing):
    connection = HTTPConnection("127.0.0.1", standing.port, timeout=PATIENCE)
    servers = []
    for _ in range(2):
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        answer.read()
        servers.append((answer.getheader("Server", ""), connection.sock is not None))
    connection.close()

    assert all(not any(char.isdigit() for char in server) and kept for server, kept in servers)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_everything_within_seconds_even_with_an_idle_reader(serve, port, soon, number):
    process = serve()
    family = children(process.pid)
    with socket.create_connection(("127.0.0.1", port)):
        process.send_signal(number)
        assert process.wait(PATIENCE) == 0

    assert len(family) >= 3
    soon(lambda: not any(map(alive, family)))
    assert not answers("127.0.0.1", port)


def test_slow_senders_and_idle_connections_keep_no_reader_waiting(standing, got):
    port = standing.port
    slow = b"POST /staff/login HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nemail="
    with ExitStack() as stack:
        for number in range(300):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            if number < 40:
                connection.sendall(slow)

        assert got(f"http://127.0.0.1:{port}/feeds/all.atom")


def test_killing_it_leaves_nobody_and_it_can_be_started_again_at_once(serve, port, got, soon):
    process = serve()
    family = children(process.pid)
    process.kill()
    process.wait()

    again = serve()

    soon(lambda: not any(map(alive, family)))
    assert soon(lambda: got(f"http://127.0.0.1:{port}/healthz"))
    assert again.poll() is None


def test_a_web_process_that_dies_is_replaced(serve, port, got, soon):
    process = serve()
    web = next(pid for pid in children(process.pid) if b"\0web\0" in Path(f"/proc/{pid}/cmdline").read_bytes())
    os.kill(web, signal.SIGKILL)
    soon(lambda: not alive(web))

    assert soon(lambda: got(f"http://127.0.0.1:{port}/healthz"))
    assert process.poll() is None


def beaten(database: Path | str) -> bool:
    """Whether a worker has said there that it is alive."""
    with closing(sqlite3.connect(database, timeout=PATIENCE)) as connection:
        return bool(connection.execute("SELECT * FROM mark WHERE name = 'worker'").fetchall())


def test_the_worker_beats(standing, soon):
    assert soon(lambda: beaten(standing.database))


def test_a_taken_port_is_one_sentence(bare, start):
    bare("init")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        process = start("serve", "--port", str(number))
        told, _ = process.communicate(timeout=PATIENCE)

    assert process.returncode == 1
    assert told.splitlines() == [
        f"depeche: Port {number} of 127.0.0.1 is taken: stop what uses it, or choose another with --port."
    ]


def test_a_place_that_is_not_here_is_one_sentence(shell, port):
    assert "--host" in shell.error("serve", "--host", "192.0.2.1", "--port", str(port))


def test_without_a_database_nothing_is_started(bare, port):
    assert "depeche init" in bare.error("serve", "--port", str(port))


def test_a_worker_alone_stops_on_a_signal(shell, start, soon, environ):
    process = start("worker", DEPECHE_TICK_SECONDS="0.1")
    soon(lambda: beaten(environ["DEPECHE_DATABASE"]))
    process.terminate()

    assert process.wait(PATIENCE) == 0

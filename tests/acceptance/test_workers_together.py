"""A whole newsroom of four web processes and two workers: each due source is fetched once."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.loopback import QuietHandler, running
from tests.patience import PATIENCE, until
from tests.ports import free_port

CHECKOUT = Path(__file__).resolve().parents[2]
FEED = b"<rss version='2.0'><channel><title>t</title><item><title>Une</title><guid>%s</guid></item></channel></rss>"
SOURCES = 30


@pytest.fixture
def site() -> Iterator[tuple[str, Counter[str]]]:
    asked: Counter[str] = Counter()

    class Handler(QuietHandler):
        def do_GET(self) -> None:
            asked[self.path] += 1
            self.send(200, FEED % self.path.encode())

    with running(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as server:
        yield f"http://127.0.0.1:{server.server_port}", asked


@pytest.mark.long
def test_four_web_processes_and_two_workers_fetch_each_due_source_once(tmp_path, environ, depeche, site):
    url, asked = site
    room = environ | {"DEPECHE_FETCH_PAUSE": "0", "DEPECHE_TICK_SECONDS": "0.2"}
    depeche("init")
    (tmp_path / "list.txt").write_text("\n".join(f"{url}/{number}" for number in range(SOURCES)))
    depeche("import", "urls", str(tmp_path / "list.txt"))
    base = [sys.executable, "-m", "cli.main"]
    commands = [[*base, "web", "--port", "0", "--workers", "4"], [*base, "worker"], [*base, "worker"]]
    commands[0][4] = str(free_port())
    running = [subprocess.Popen(command, cwd=CHECKOUT, env=room, stderr=subprocess.DEVNULL) for command in commands]
    try:
        until(lambda: all(source["last_success"] for source in json.loads(depeche("source", "list", "--json"))))
    finally:
        for each in running:
            each.terminate()
        assert [each.wait(PATIENCE) for each in running[1:]] == [0, 0], "workers stop cleanly"
        running[0].wait(PATIENCE)
    assert asked == Counter({f"/{number}": 1 for number in range(SOURCES)})

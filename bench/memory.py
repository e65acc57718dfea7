"""What a web process holds in memory, before and after 500 feeds were asked for."""

from __future__ import annotations

import http.client
from pathlib import Path

from bench.figures import say
from bench.processes import depeche_web, resident, tree

_MIB = 1024 * 1024


def measure(database: Path, paths: list[str]) -> None:
    """Print the memory of the process that answers: fresh, with one feed, and with all of ``paths``."""
    with depeche_web(database) as (pid, port):
        worker = tree(pid)[-1]
        fresh = resident(worker)
        _ask(port, paths[:1])
        one = resident(worker)
        _ask(port, paths)
        warm = resident(worker)
    each = (warm - one) / len(paths) / 1024
    say(f"Memory of a web process: {fresh / _MIB:.0f} MiB fresh, {one / _MIB:.0f} after its first feed, "
        f"{warm / _MIB:.0f} with {len(paths)} feeds ready ({each:.0f} KiB each)")  # fmt: skip


def _ask(port: int, paths: list[str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for path in paths:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, path
    connection.close()

"""What a start costs: commands from a shell, and the processes of the service until they are at work."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.figures import median, say
from bench.processes import CHECKOUT, cpu_seconds, free_port, python, resident, tree

RUNS = 9
STARTS = 5
_MIB = 1024 * 1024
_COMMANDS = (
    ("a bare interpreter", [sys.executable, "-c", "pass"]),
    ("`depeche --help`", python("cli.main", "--help")),
    ("`depeche item list`", python("cli.main", "item", "list")),
    ("`depeche source list`", python("cli.main", "source", "list")),
    ("`depeche source test`", python("cli.main", "source", "test", "http://127.0.0.1:1/")),
)


def measure(folder: Path) -> None:
    """Print CPU seconds (user and system, the median of several runs) and memory in RAM of
    each process of the service. Compiled code is kept in ``folder``, and made before anything is measured."""
    environ = {
        **os.environ,
        "DEPECHE_DATABASE": str(folder / "depeche.db"),
        "PYTHONPYCACHEPREFIX": str(folder / "code"),
    }
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run(python("cli.main", "init"), cwd=CHECKOUT, env=environ, check=True, capture_output=True)  # noqa: S603
    for name, words in _COMMANDS:
        _once(words, environ)
        say(f"{name}: {median([_once(words, environ) for _ in range(RUNS)]):.3f} s of CPU")
    with _serving(environ):
        pass
    starts = []
    for _ in range(STARTS):
        with _serving(environ) as (pid, answered):
            starts.append((answered, cpu_seconds(pid), [resident(each) for each in tree(pid)]))
    walls, spent, memory = zip(*starts, strict=True)
    each = ", ".join(f"{one / _MIB:.0f}" for one in memory[-1])
    say(f"`depeche serve --workers 1` until /healthz answers: {median(spent):.2f} s of CPU in all its processes, "
        f"{median(walls):.2f} s; MiB of each: {each}")  # fmt: skip


def _once(words: Sequence[str], environ: dict[str, str]) -> float:
    """CPU seconds of a command, by the system's own account."""
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(list(words), cwd=CHECKOUT, env=environ, stdout=told, stderr=told)  # noqa: S603
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
    return used.ru_utime + used.ru_stime


@contextmanager
def _serving(environ: dict[str, str]) -> Iterator[tuple[int, float]]:
    """The whole service, with one process for requests: its pid, and after how many seconds it answered."""
    port, began = free_port(), time.monotonic()
    words = python("cli.main", "serve", "--port", str(port), "--workers", "1")
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(words, cwd=CHECKOUT, env=environ, stdout=told, stderr=told)  # noqa: S603
        try:
            while not _healthy(port):
                if process.poll() is not None or time.monotonic() > began + 120:
                    raise RuntimeError("the service does not answer")
                time.sleep(0.02)
            yield process.pid, time.monotonic() - began
        finally:
            process.terminate()
            process.wait(30)


def _healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()

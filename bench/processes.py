"""Servers as processes of their own on one core: started, watched, stopped."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
CORES = sorted(os.sched_getaffinity(0))
SERVED_ON, ASKED_FROM = CORES[0], CORES[-1]
_TICKS = os.sysconf("SC_CLK_TCK")


def start(words: Sequence[str], core: int, environ: dict[str, str] | None = None) -> subprocess.Popen[str]:
    """A process that runs on ``core`` alone, with all it starts."""
    return subprocess.Popen(  # noqa: S603
        list(words), cwd=CHECKOUT, env={**os.environ, **(environ or {})}, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, preexec_fn=lambda: os.sched_setaffinity(0, {core}),
    )  # fmt: skip


def python(*words: str) -> list[str]:
    """A module of this project as a command."""
    return [sys.executable, "-m", *words]


@contextmanager
def depeche_web(database: Path) -> Iterator[tuple[int, int]]:
    """Our own web server with one process for requests; its pid and port."""
    port = free_port()
    environ = {"DEPECHE_DATABASE": str(database), "DEPECHE_BASE_URL": "https://news.example.org"}
    words = python("cli.main", "web", "--port", str(port), "--workers", "1")
    yield from _running(start(words, SERVED_ON, environ), port)


@contextmanager
def nginx(folder: Path, files: Path) -> Iterator[tuple[int, int]]:
    """nginx with one process, serving ``files`` by docs/nginx-static.conf; its pid and port. ``folder``: for what it
    writes."""
    port, program = free_port(), nginx_program()
    assert program, "asked for before"
    site = (CHECKOUT / "docs" / "nginx-static.conf").read_text(encoding="utf-8")
    site = site.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/srv/depeche/www", str(files))
    (folder / "site.conf").write_text(site, encoding="utf-8")
    kept = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log; worker_rlimit_nofile 4096;"
        f"events {{ worker_connections 1024; }} http {{ access_log off; sendfile on; tcp_nopush on; {kept}"
        f"keepalive_requests 100000000; include {folder}/site.conf; }}"
    )
    yield from _running(start([program, "-p", str(folder), "-c", str(folder / "nginx.conf")], SERVED_ON), port)


def nginx_program() -> str | None:
    """Where nginx is, or None."""
    return shutil.which("nginx") or shutil.which("/usr/sbin/nginx")


def _running(process: subprocess.Popen[str], port: int) -> Iterator[tuple[int, int]]:
    try:
        until = time.monotonic() + 30
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("the server does not answer")
            time.sleep(0.02)
        yield process.pid, port
    finally:
        process.terminate()
        process.communicate(timeout=20)


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def free_port() -> int:
    """A port of loopback that nobody has at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def cpu_seconds(pid: int) -> float:
    """CPU time, user and system, that ``pid`` and what it started have used so far."""
    return sum(sum(map(int, _stat(each)[11:13])) for each in tree(pid)) / _TICKS


def resident(pid: int) -> int:
    """Bytes of memory that the process ``pid`` has in RAM, those it shares with others included (RSS)."""
    found = re.search(r"^VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    return int(found[1]) * 1024


def tree(pid: int) -> list[int]:
    """``pid`` and all that it started."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents.setdefault(int(_stat(int(path.parent.name))[1]), []).append(int(path.parent.name))
        except OSError:
            continue
    found = [pid]
    for each in found:
        found += parents.get(each, [])
    return found


def _stat(pid: int) -> list[str]:
    """What /proc says of a process, after its name: state, parent …; user and system time are 11 and 12."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()

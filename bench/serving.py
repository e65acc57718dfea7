"""Our server against nginx serving the same documents as files: CPU time per request, while items are being posted."""

from __future__ import annotations

import json
import random
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from app import create_app
from bench.figures import median, say
from bench.load import Task
from bench.newsroom import build
from bench.processes import ASKED_FROM, SERVED_ON, cpu_seconds, depeche_web, nginx, nginx_program, python, start
from desk.answer import GZIP, IDENTITY, Answer
from desk.context import Desk
from desk.export_static import Kind, export_static
from desk.publish import Publisher
from desk.recipes import FEEDS
from news.categories import Category
from news.selections import LANGUAGES, build as selection_of

ITEMS, CATEGORIES, FEEDS_ASKED = 5_000, 40, 500
ROUNDS, SECONDS, SECONDS_BETWEEN_POSTS = 4, 2.5, 5.0
MIXES = {"304": 1.0, "200 gzip": 0.0, "90 % conditional": 0.9}
TARGETS = {"304": 2.2, "200 gzip": 1.7}


@dataclass(slots=True)
class Cost:
    """What requests cost a server: CPU seconds and requests so far, the client's p99 of each round in milliseconds."""

    seconds: float = 0.0
    requests: int = 0
    p99: list[float] = field(default_factory=list)

    @property
    def micros(self) -> float:
        """CPU microseconds per request."""
        return self.seconds / self.requests * 1e6


def measure() -> None:
    """Print what a request costs either server, and the ratio."""
    if nginx_program() is None:
        say("Serving: left out, there is no nginx on this machine (apt-get install nginx-light).")
        return
    with tempfile.TemporaryDirectory(prefix="depeche-bench-") as name:
        folder = Path(name)
        database, paths = newsroom(folder, folder / "www")
        say(f"Serving {len(paths)} mixed feeds, CPU microseconds per request, an item posted every "
            f"{SECONDS_BETWEEN_POSTS:.0f} s (servers on core {SERVED_ON}, client on {ASKED_FROM})")  # fmt: skip
        say(f"{'':20}{'ours':>9}{'nginx':>9}{'ratio':>8}{'target':>9}{'p99 ours':>11}{'p99 nginx':>11}")
        with ExitStack() as running:
            ours = running.enter_context(depeche_web(database))
            theirs = running.enter_context(nginx(folder, folder / "www"))
            running.enter_context(posting(database))
            for what, conditional in MIXES.items():
                costs = Cost(), Cost()
                for _ in range(ROUNDS):
                    # By turns, so that whatever else the machine does meets both.
                    for spent, (pid, port) in zip(costs, (ours, theirs), strict=True):
                        one_round(spent, pid, Task(port, paths, SECONDS, conditional))
                _say(what, *costs)


def _say(what: str, ours: Cost, theirs: Cost) -> None:
    p99 = [median(cost.p99) for cost in (ours, theirs)]
    target = f"{TARGETS[what]:.1f} ×" if what in TARGETS else ""
    say(f"{what:20}{ours.micros:9.1f}{theirs.micros:9.1f}{ours.micros / theirs.micros:6.2f} ×{target:>9}"
        f"{p99[0]:8.2f} ms{p99[1]:8.2f} ms")  # fmt: skip


def newsroom(folder: Path, files: Path) -> tuple[Path, list[str]]:
    """A newsroom whose feeds are exported to ``files``; its database, and the addresses to ask for."""
    database = folder / "served.db"
    desk = build(database, ITEMS, CATEGORIES)
    export_static(desk, files, [Kind("embed", "html", create_app(desk).extensions["block_fragment"])])
    paths = [*_exported(files), *_combined(desk, files)]
    desk.storage.close()
    return database, random.Random(5).sample(sorted(paths), FEEDS_ASKED)


def _exported(files: Path) -> Iterator[str]:
    return (f"/feeds/{path.name}" for path in (files / "feeds").iterdir() if path.suffix[1:] in FEEDS)


def _combined(desk: Desk, files: Path) -> Iterator[str]:
    """Combinations, which the export leaves to the newsroom, written as it writes."""
    chance, publisher = random.Random(6), Publisher(desk)
    with desk.storage.read() as reader:
        known = list(reader.categories())
    for number in range(60):
        address = _combination(chance, known, any_of=number % 2 == 0)
        for name in FEEDS:
            made = publisher.feed(address, name)
            assert isinstance(made, Answer)
            for coding, ending in ((IDENTITY, ""), (GZIP, ".gz")):
                (files / "feeds" / f"{address}.{name}{ending}").write_bytes(made.codings[coding].body)
            yield f"/feeds/{address}.{name}"


def _combination(chance: random.Random, known: list[Category], *, any_of: bool) -> str:
    chosen, language = chance.sample(known, 2), chance.choice((None, *LANGUAGES))
    return selection_of(chosen, any_of=any_of, language=language).address


@contextmanager
def posting(database: Path) -> Iterator[None]:
    """Items are posted by another process at a steady rate."""
    poster = start(python("bench.poster", str(database), str(SECONDS_BETWEEN_POSTS)), ASKED_FROM)
    try:
        yield
    finally:
        poster.communicate(timeout=20)


def one_round(spent: Cost, pid: int, task: Task) -> None:
    """Add what the server ``pid`` spends on ``task``."""
    client = start(python("bench.load"), ASKED_FROM)
    _tell(client, json.dumps(asdict(task)))
    assert client.stdout
    assert client.stdout.readline() == "ready\n"
    before = cpu_seconds(pid)
    _tell(client, "go")
    seen = json.loads(client.stdout.readline())
    spent.seconds += cpu_seconds(pid) - before
    spent.requests += seen["requests"]
    spent.p99.append(seen["p99"])
    client.communicate(timeout=20)


def _tell(client: subprocess.Popen[str], line: str) -> None:
    assert client.stdin
    client.stdin.write(line + "\n")
    client.stdin.flush()

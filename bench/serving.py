"""Our server against nginx serving the same documents as files: CPU time per request, while items are being posted."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from app import create_app
from bench.figures import median, say
from bench.load import Task
from bench.newsroom import build
from bench.processes import ASKED_FROM, SERVED_ON, cpu_seconds, depeche_web, nginx, nginx_program, python, start
from desk.context import Desk
from desk.publishing.export_static import export_static
from desk.publishing.publisher import Publisher
from desk.publishing.ready_bytes import GZIP, IDENTITY, Answer
from desk.publishing.recipes import FEEDS
from news.categories import Category
from news.selections import LANGUAGES
from news.selections import build as selection_of
from web.embed.files import block_kinds

ITEMS, CATEGORIES, FEEDS_ASKED = 5_000, 40, 500
ROUNDS, SECONDS, SECONDS_BETWEEN_POSTS = 4, 2.5, 20.0
MIXES = {"304": 1.0, "200 gzip": 0.0, "90 % conditional": 0.9}
# The same of blocks as HTML fragments.
FRAGMENTS = {"fragment 304": 1.0, "fragment 200 gzip": 0.0}
TARGETS = {"304": 2.2, "200 gzip": 1.7, "fragment 304": 2.2, "fragment 200 gzip": 2.2}


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


def measure(folder: Path, database: Path, paths: list[str]) -> None:
    """Print what a request costs either server, and the ratio. What ``newsroom`` made is in ``folder``."""
    if nginx_program() is None:
        say("Serving: left out, there is no nginx on this machine (apt-get install nginx-light).")
        return
    say(f"Serving {len(paths)} mixed feeds, CPU microseconds per request, an item posted every "
        f"{SECONDS_BETWEEN_POSTS:.0f} s (servers on core {SERVED_ON}, client on {ASKED_FROM})")  # fmt: skip
    say(f"{'':20}{'ours':>9}{'nginx':>9}{'ratio':>8}{'target':>9}{'p99 ours':>11}{'p99 nginx':>11}")
    with ExitStack() as running:
        servers = depeche_web(database), nginx(folder, folder / "www")
        known = [running.enter_context(server) for server in servers]
        running.enter_context(posting(database))
        _compare([Asked(*server, paths) for server in known], MIXES)
        _compare([Asked(*server, _fragments(folder / "www")) for server in known], FRAGMENTS)


def _compare(asked: list[Asked], mixes: dict[str, float]) -> None:
    for what, conditional in mixes.items():
        costs = Cost(), Cost()
        for _ in range(ROUNDS):
            # By turns, so that whatever else the machine does meets both.
            for spent, server in zip(costs, asked, strict=True):
                server.ask(Task(SECONDS, conditional), spent)
        _say(what, *costs)
    for server in asked:
        server.end()


class Asked:
    """The server ``pid``, and a client of its own that asks it for ``paths``."""

    def __init__(self, pid: int, port: int, paths: list[str]) -> None:
        self._pid = pid
        self._client = start(python("bench.load"), ASKED_FROM)
        self._told({"port": port, "paths": paths})

    def ask(self, task: Task, spent: Cost) -> None:
        """Add to ``spent`` what ``task`` costs the server."""
        before = cpu_seconds(self._pid)
        seen = self._told(asdict(task))
        spent.seconds += cpu_seconds(self._pid) - before
        spent.requests += seen["requests"]
        spent.p99.append(seen["p99"])

    def end(self) -> None:
        """Let the client go."""
        self._client.communicate(timeout=20)

    def _told(self, what: object) -> Any:
        assert self._client.stdin
        assert self._client.stdout
        self._client.stdin.write(json.dumps(what) + "\n")
        self._client.stdin.flush()
        return json.loads(self._client.stdout.readline())


def _say(what: str, ours: Cost, theirs: Cost) -> None:
    p99 = [median(cost.p99) for cost in (ours, theirs)]
    target = f"{TARGETS[what]:.1f} ×" if what in TARGETS else ""
    say(f"{what:20}{ours.micros:9.1f}{theirs.micros:9.1f}{ours.micros / theirs.micros:6.2f} ×{target:>9}"
        f"{p99[0]:8.2f} ms{p99[1]:8.2f} ms")  # fmt: skip


def newsroom(folder: Path) -> tuple[Path, list[str]]:
    """A newsroom in ``folder``, its feeds exported to ``www`` in it; its database, and the addresses to ask for."""
    database, files = folder / "served.db", folder / "www"
    desk = build(database, ITEMS, CATEGORIES)
    export_static(desk, files, block_kinds(create_app(desk))[:1])
    paths = [*_exported(files), *_combined(desk, files)]
    desk.storage.close()
    return database, random.Random(5).sample(sorted(paths), FEEDS_ASKED)


def _exported(files: Path) -> Iterator[str]:
    return (f"/feeds/{path.name}" for path in (files / "feeds").iterdir() if path.suffix[1:] in FEEDS)


def _fragments(files: Path) -> list[str]:
    return sorted(f"/embed/{path.name}" for path in (files / "embed").iterdir() if path.suffix == ".html")


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

"""The suite stands against the contract: an engine joins by a file ``engine_<name>.py`` beside this one."""

import importlib.util
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from news.categories import Category
from news.items import Item, Status
from news.selections import Selection, build
from news.sources import Check, Kind, Source, Trust
from storage.contract import Storage
from storage.minting import Mint
from storage.records import FeedState
from tests.patience import PATIENCE

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HERE = Path(__file__).parent
ROOT = HERE.parent.parent


def _loaded(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"suite_{path.stem}", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ENGINES = [_loaded(path) for path in sorted(HERE.glob("engine_*.py"))]


class Newsroom:
    """A store with short ways to fill it. ``now`` stands still until it is moved."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.now = START
        self.mint = Mint(lambda: self.now)
        self.ranks = 0

    def category(self, slug: str, **said: Any) -> Category:
        self.ranks += 1
        made = Category(self.mint(), slug.title(), slug.title(), slug, self.ranks, self.now)
        return self.keep_category(replace(made, **said))

    def keep_category(self, category: Category) -> Category:
        with self.storage.transaction() as tx:
            tx.put_category(category, self.now)
        return category

    def source(self, name: str = "Partenaire", **said: Any) -> Source:
        made = Source(
            self.mint(), f"https://{name.lower()}.example/feed", Kind.FEED, name, Trust.PUBLISH, self.now,
            Check(next_at=self.now),
        )  # fmt: skip
        made = replace(made, **said)
        with self.storage.transaction() as tx:
            tx.put_source(made, self.now)
        return made

    def item(self, title: str = "Une actualité", *categories: Category, **said: Any) -> Item:
        item_id = self.mint()
        made = Item(
            item_id, item_id, title, "fr", Status.PUBLISHED, self.now, self.now, published=self.now,
            categories=frozenset(category.id for category in categories),
        )  # fmt: skip
        return replace(made, **said)

    def post(self, title: str = "Une actualité", *categories: Category, **said: Any) -> Item:
        return self.keep(self.item(title, *categories, **said))

    def keep(self, item: Item, **said: Any) -> Item:
        item = replace(item, **said)
        with self.storage.transaction() as tx:
            tx.put_item(item, self.now)
        return item

    def shelf(self, *members: Category, limit: int = 100, **said: Any) -> list[Item]:
        asked = {name: said.pop(name) for name in ("any_of", "excluded", "language") if name in said}
        with self.storage.read() as reader:
            return list(reader.shelf(self.selection(*members, **asked), limit=limit, **said))

    @staticmethod
    def selection(*members: Category, any_of: bool = False, **said: Any) -> Selection:
        return build(members, any_of=any_of, **said)

    def state(self, *members: Category, **said: Any) -> FeedState:
        with self.storage.read() as reader:
            return reader.feed_state(self.selection(*members, **said))

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.NAME)
def engine(request: pytest.FixtureRequest) -> ModuleType:
    return request.param


@pytest.fixture
def storage(engine: ModuleType, tmp_path: Path) -> Iterator[Storage]:
    opened = engine.opened(tmp_path, Mint(lambda: START), START)
    yield opened
    opened.close()


@pytest.fixture
def room(storage: Storage) -> Newsroom:
    return Newsroom(storage)


@pytest.fixture
def new_room(engine: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Newsroom]]:
    """Makes as many empty newsrooms as are asked for."""
    opened: list[Storage] = []

    def made() -> Newsroom:
        if opened:
            opened.pop().close()
        opened.append(engine.opened(tmp_path_factory.mktemp("room"), Mint(lambda: START), START))
        return Newsroom(opened[0])

    yield made
    for storage in opened:
        storage.close()


@pytest.fixture
def processes() -> Iterator[Callable[..., list[str]]]:
    """Runs a program in several processes at once; what each printed. Fails when one of them failed."""
    running: list[subprocess.Popen[str]] = []

    def run(program: str, *arguments: list[str]) -> list[str]:
        for argument in arguments:
            command = [sys.executable, "-c", program, *argument]
            running.append(
                subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            )
        answers = [each.communicate(timeout=PATIENCE) for each in running]
        assert [each.returncode for each in running] == [0] * len(running), "\n".join(error for _, error in answers)
        running.clear()
        return [output for output, _ in answers]

    yield run
    for each in running:
        each.kill()
        each.communicate()

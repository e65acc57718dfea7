"""New items stored together leave the very same rows in every table as stored one by one."""

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.categories import Category
from news.items import Brought, Change, Image, Item, Origin, Status
from news.named_feeds import Chosen, NamedFeed
from news.recognise import Alias
from news.sources import Source
from storage.minting import Mint
from storage.records import NewCopy
from storage.sqlite.engine import SqliteStorage

SHADOWS = ("item_fts",)
Spec = tuple[Any, ...]

specs = st.tuples(
    st.text(max_size=12),
    st.sampled_from([Status.PUBLISHED, Status.PUBLISHED, Status.REVIEW, Status.SCHEDULED, Status.WITHDRAWN]),
    st.sampled_from(["fr", "en", "de"]),
    st.sets(st.integers(0, 3)),
    st.integers(0, 400),
    st.sampled_from(["alone", "alone", "copy", "translation"]),
    st.sampled_from([None, "guid", "https://un.example/"]),
    st.booleans(),
)


class Ground:
    """A newsroom with two sources, an ended category, a merged one, and named feeds that do and do not prefer."""

    def __init__(self, path: Path, room: Any) -> None:
        self.path, self.room, self.now = path, room, room.now
        self.sources: list[Source] = [room.source("Un"), room.source("Deux")]
        self.categories: list[Category] = [room.category(slug) for slug in ("un", "deux", "fini", "joint")]
        one, two, ended, joined = self.categories
        chosen = [Chosen((one.id, two.id), any_of=True), Chosen((two.id,), prefer="fr"), Chosen((), language="en")]
        self.told = room.post("Déjà là", one, two)
        with room.storage.transaction() as tx:
            for number, each in enumerate(chosen):
                named = NamedFeed(room.mint(), f"Flux {number}", f"Feed {number}", f"flux-{number}", 0, room.now,
                                  chosen=each)  # fmt: skip
                tx.put_named_feed(named, room.now)
            tx.merge_category(joined.id, one.id, "test", room.now)
        room.keep_category(Category(ended.id, "Fini", "Ended", "fini", 3, room.now, retired=room.now))
        room.storage.close()

    def items(self, said: Sequence[Spec]) -> list[Item]:
        made: list[Item] = []
        for number, (title, status, language, places, hours, way, guid, pictured) in enumerate(said):
            item_id = self.room.mint()
            published = self.now - timedelta(hours=hours)
            source = self.sources[number % 2]
            own = f"{guid}{number}" if guid else None
            origin = Origin(source.id, source.name, own, (title,), bool(own and own.startswith("https")))
            made.append(
                Item(
                    item_id, self.told.story_id if way != "alone" else item_id, title, language, status, self.now,
                    published, summary=title, content_html=f"<p>{number}</p>", published=published,
                    due=self.now if status is Status.SCHEDULED else None,
                    first_published=self.now if status is Status.PUBLISHED else None,
                    link=f"https://un.example/{number}" if hours % 2 else None,
                    image=Image(f"https://un.example/{number}.png", "Image") if pictured else None,
                    categories=frozenset(self.categories[place].id for place in places),
                    day=date(2026, 3, 1) if hours % 3 == 0 else None, origin=origin if number % 5 else None,
                    brought=None if number % 5 or not own else Brought(own),
                    merged_into=self.told.id if way == "copy" else None,
                )
            )  # fmt: skip
        return made

    def after(self, folder: Path, work: Callable[[Any], None]) -> dict[str, list[Any]]:
        """Every row of every table after ``work`` on a copy."""
        copy = folder / "copy.db"
        copy.unlink(missing_ok=True)
        shutil.copy(self.path, copy)
        store = SqliteStorage(copy, Mint(lambda: self.now))
        with store.transaction() as tx:
            work(tx)
        assert store.problems() == ()
        store.close()
        return content(copy)


def content(path: Path) -> dict[str, list[Any]]:
    with closing(sqlite3.connect(path)) as db:
        db.execute("INSERT INTO item_fts (item_fts, rank) VALUES ('integrity-check', 1)")
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        kept = [name for name in tables if not name.startswith(SHADOWS)] + ["item_fts_docsize"]
        return {name: sorted(db.execute(f"SELECT * FROM [{name}]"), key=repr) for name in kept}


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    from tests.storage.conftest import START, Newsroom

    path = tmp_path_factory.mktemp("ground") / "ground.db"
    storage = SqliteStorage(path, Mint(lambda: START), create=True)
    storage.migrate(START)
    return Ground(path, Newsroom(storage))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(specs, max_size=9))
def test_items_stored_together_leave_what_items_stored_one_by_one_leave(
    ground: Ground, tmp_path: Path, said: list[Spec]
) -> None:
    items = ground.items(said)
    changes = [Change("item", item.id, ground.now, "source:1", "collected", 1, {"n": 1}) for item in items]
    names = {item.id: (Alias("guid", item.title), Alias("link", item.link or item.id)) for item in items}
    of_source = {
        source.id: [item for item in items if item.origin and item.origin.source_id == source.id]
        for source in ground.sources
    }

    def one_by_one(tx: Any) -> None:
        for item in items:
            tx.put_item(item, ground.now)
        for change in changes:
            tx.add_change(change)
        for source_id, theirs in of_source.items():
            for item in theirs:
                tx.put_aliases(source_id, item.id, names[item.id], "print")
        showing = {item.id: tx.named_feeds_showing(item.id) for item in items}
        for item in items:
            tx.enqueue("item.shown", {"item": item.id, "feeds": sorted(showing[item.id])}, ground.now)

    def at_once(tx: Any) -> None:
        tx.put_new_items(items, ground.now)
        tx.add_changes(changes)
        tx.put_new_copies({
            source_id: [NewCopy(item.id, names[item.id], "print") for item in theirs]
            for source_id, theirs in of_source.items()
        })  # fmt: skip
        showing = tx.named_feeds_showing_each([item.id for item in items])
        told = [("item.shown", {"item": item.id, "feeds": sorted(showing.get(item.id, frozenset()))}) for item in items]
        tx.enqueue_all(told, ground.now)

    expected, found = ground.after(tmp_path, one_by_one), ground.after(tmp_path, at_once)
    for table, rows in expected.items():
        assert found[table] == rows, table

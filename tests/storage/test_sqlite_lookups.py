"""What is asked of every document that arrives costs what is asked, however much is stored."""

from collections.abc import Callable
from typing import Any

import pytest

from storage.sqlite.engine import SqliteStorage

MANY = 1500
LINKS = [f"unknown.example/{number}" for number in range(20)]


@pytest.fixture
def full(room: Any) -> Any:
    source = room.source()
    items = [room.item(f"Nouvelle {number}", link=f"https://un.example/{number}") for number in range(MANY)]
    with room.storage.transaction() as tx:
        tx.put_new_items(items, room.now)
        for item in items:
            tx.put_aliases(source.id, item.id, [], "")
    return room


def steps(storage: Any, asked: Callable[[Any], object]) -> int:
    """How many hundreds of steps of SQLite's machine it takes."""
    counted = [0]

    def count() -> int:
        counted[0] += 1
        return 0

    assert isinstance(storage, SqliteStorage)
    with storage.read() as reader:
        reader.db.conn.set_progress_handler(count, 100)
        asked(reader)
        reader.db.conn.set_progress_handler(None, 0)
    return counted[0]


@pytest.mark.parametrize(
    "asked",
    [
        lambda reader: reader.visible_by_canonical(LINKS),
        lambda reader: reader.ended_by_canonical(LINKS),
        lambda reader: reader.links_known(LINKS),
        lambda reader: reader.story("018f0000-0000-7000-8000-000000000000"),
        lambda reader: reader.sources_with_copies(["018f0000-0000-7000-8000-000000000000"]),
    ],
    ids=["public links", "ended links", "known links", "story", "copies of a source"],
)
def test_a_question_of_arriving_entries_does_not_walk_over_what_is_stored(full: Any, asked: Any) -> None:
    assert steps(full.storage, asked) < 40

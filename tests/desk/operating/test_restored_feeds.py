"""After a copy was brought back, those who follow the feeds neither keep what is gone nor miss what comes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desk.context import Desk, open_desk
from desk.items.posting import post_item
from desk.operating.maintenance import backup, restore
from news.drafts import Draft
from news.selections import Selection
from tests.storage.upgrades.older import database_before

# Restored long after whatever was told in between.
LATER = datetime(2031, 1, 1, tzinfo=UTC)


def told(desk: Desk) -> tuple[datetime, list[int]]:
    with desk.storage.read() as reader:
        numbers = [each.number for each in reader.passages(Selection(), 1, reader.last_passage(Selection()))]
        return reader.feed_state(Selection()).changed_at, numbers


@pytest.fixture
def back(desk: Desk, post, tmp_path: Path):
    """The desk as it was told before, and after its copy was brought back."""
    post("Avant")
    post("Encore avant")
    file = backup(desk, tmp_path / "copy.db")
    post("Perdue")
    post("Perdue aussi")
    before = told(desk)
    desk.storage.close()
    restore(desk.settings, file, LATER)
    restored = open_desk(desk.settings, clock=lambda: LATER + timedelta(minutes=5))
    yield before, restored
    restored.storage.close()


def test_who_asks_by_date_alone_is_told_that_the_feeds_changed(back):
    (changed_at, _), restored = back
    assert told(restored)[0] >= max(changed_at, LATER)


def test_no_number_of_a_feeds_past_is_given_twice(back):
    (_, numbers), restored = back
    assert numbers == [1, 2, 3, 4]
    assert told(restored)[1][0] == 1, "what nobody can mistake stays where it was"
    post_item(restored, Draft(title="Nouvelle", status="published", date="2026-06-09"), "cli")
    first, *since = told(restored)[1]
    assert first == 1 and len(since) == 2
    assert min(since) > max(numbers) and since == sorted(since)


def test_the_same_copy_brought_back_twice_gives_other_numbers(back, tmp_path: Path):
    _, restored = back
    post_item(restored, Draft(title="Nouvelle", status="published", date="2026-06-09"), "cli")
    again = told(restored)
    restored.storage.close()
    restore(restored.settings, tmp_path / "copy.db", LATER + timedelta(hours=1))
    once_more = told(restored)
    assert once_more[0] > again[0]
    assert set(once_more[1]) & set(again[1]) == {1}


def test_a_copy_brought_back_is_one_file(back, tmp_path: Path):
    _, restored = back
    restored.storage.close()
    beside = sorted(path.name for path in tmp_path.iterdir() if "restoring" in path.name or path.name.endswith("-wal"))
    assert beside == []


def test_a_copy_of_an_older_version_is_brought_up_to_date(desk: Desk, tmp_path: Path):
    file = tmp_path / "copy.db"
    with database_before("0010_trust", file):
        pass
    elsewhere = replace(desk.settings, database=tmp_path / "new" / "depeche.db")
    restore(elsewhere, file, LATER)
    restored = open_desk(elsewhere)
    assert told(restored)[0] >= LATER
    restored.storage.close()


def test_what_cannot_be_brought_back_leaves_nothing_behind(desk: Desk, tmp_path: Path):
    """A copy that is sound as a file, and in which the feeds cannot be told anew."""
    file = backup(desk, tmp_path / "copy.db")
    with closing(sqlite3.connect(file)) as copied:
        copied.execute("DROP TABLE passage")
    desk.storage.close()
    before = desk.settings.database.read_bytes()
    with pytest.raises(sqlite3.OperationalError):
        restore(desk.settings, file, LATER)
    assert desk.settings.database.read_bytes() == before
    elsewhere = replace(desk.settings, database=tmp_path / "new" / "depeche.db")
    with pytest.raises(sqlite3.OperationalError):
        restore(elsewhere, file, LATER)
    assert [path.name for path in (tmp_path / "new").iterdir()] == []

"""Backups: whole or absent, also while others write."""

from __future__ import annotations

import threading

import pytest

from news.errors import StoreFailed
from storage.minting import Mint
from storage.sqlite.engine import SqliteStorage


def reopened(path, room):
    return SqliteStorage(path, Mint(lambda: room.now))


def test_a_backup_holds_everything_and_opens_as_a_store(room, tmp_path):
    category = room.category("masters")
    item = room.post("Une", category)
    (tmp_path / "far").mkdir()
    room.storage.backup(tmp_path / "far" / "copy.db")
    copy = reopened(tmp_path / "far" / "copy.db", room)
    assert (copy.pending(), copy.problems()) == ([], ())
    with copy.read() as reader:
        assert reader.shelf(room.selection(category), limit=9, text="une") == (item,)
    copy.close()
    assert [path.name for path in (tmp_path / "far").iterdir() if not path.name.endswith(("-wal", "-shm"))] == [
        "copy.db"
    ]


def test_a_backup_taken_while_others_write_is_one_state(room, tmp_path):
    stop = threading.Event()

    def posting():
        while not stop.is_set():
            with room.storage.transaction() as tx:
                for _ in range(2):
                    tx.put_item(room.item("Une"), room.now)

    writer = threading.Thread(target=posting)
    writer.start()
    try:
        for number in range(5):
            room.storage.backup(tmp_path / f"{number}.db")
    finally:
        stop.set()
        writer.join()
    for number in range(5):
        copy = reopened(tmp_path / f"{number}.db", room)
        assert copy.problems() == ()
        with copy.read() as reader:
            shown = len(reader.shelf(room.selection(), limit=100_000))
            assert reader.category_counts()[""] == shown
            assert shown % 2 == 0
        copy.close()


def test_a_backup_is_its_owner_s_alone(room, tmp_path):
    room.storage.backup(tmp_path / "copy.db")
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600


def test_the_rest_of_a_backup_that_was_cut_short_is_no_hindrance(room, tmp_path):
    (tmp_path / "copy.db.partial").write_text("half a backup" * 1000)
    room.storage.backup(tmp_path / "copy.db")
    assert reopened(tmp_path / "copy.db", room).problems() == ()


@pytest.mark.parametrize("place", ["file/copy.db", "no such folder/copy.db", "folder", "itself"])
def test_a_backup_that_cannot_be_written_says_so_and_leaves_what_was_there(room, tmp_path, place):
    (tmp_path / "file").write_text("text")
    (tmp_path / "folder").mkdir()
    item = room.post("Une")
    with pytest.raises(StoreFailed, match=r"store\.backup_failed"):
        room.storage.backup(room.storage.path if place == "itself" else tmp_path / place)
    assert (tmp_path / "file").read_text() == "text"
    assert not list(tmp_path.glob("*.partial"))
    assert room.shelf() == [item]
    assert reopened(room.storage.path, room).problems() == ()

"""A full disk: nothing false is acknowledged, nothing is half-done, and it works again by itself."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from news.errors import StoreFailed, StoreFull
from storage.minting import Mint
from storage.sqlite.engine import SqliteStorage

LONG = "mot " * 20_000


def fill(room, category):
    """Post until there is no room; the items that were acknowledged."""
    kept = []
    with pytest.raises(StoreFull):
        for _ in range(500):
            kept.append(room.post("Une", category, content_html=LONG))
    return kept


def sound(room, category, kept):
    assert room.shelf(category, limit=1000) == list(reversed(kept))
    with room.storage.read() as reader:
        assert reader.category_counts()[category.id] == len(kept)
    assert room.storage.problems() == ()


def test_a_store_that_may_not_grow_takes_nothing_by_halves_and_goes_on_when_it_may(room):
    category = room.category("masters")
    db = room.storage._database()
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages + 200}").fetchone()
    kept = fill(room, category)
    assert kept
    number = room.storage.change_number()
    sound(room, category, kept)
    assert room.storage.change_number() == number
    db.execute("PRAGMA max_page_count = 1000000").fetchone()
    kept.append(room.post("De nouveau", category))
    sound(room, category, kept)


@pytest.fixture
def small_disk(tmp_path: Path):
    """A disk of four megabytes, where this machine lets one be mounted."""
    place, mount = tmp_path / "disk", shutil.which("mount")
    place.mkdir()
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    if not mount or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_without_room_takes_nothing_by_halves_and_goes_on_when_there_is_room(room, small_disk):
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 2_000_000)
    store = SqliteStorage(small_disk / "depeche.db", Mint(lambda: room.now), create=True)
    store.migrate(room.now)
    room.storage = store
    category = room.category("masters")
    kept = fill(room, category)
    sound(room, category, kept)
    with pytest.raises(StoreFull):
        room.post("Toujours trop", category, content_html=LONG)
    ballast.unlink()
    kept.append(room.post("De nouveau", category, content_html=LONG))
    sound(room, category, kept)
    store.close()


def test_a_backup_to_a_disk_without_room_leaves_nothing_behind(room, small_disk):
    category = room.category("masters")
    for _ in range(20):
        room.post("Une", category, content_html=LONG)
    (small_disk / "ballast").write_bytes(b"x" * 3_900_000)
    with pytest.raises(StoreFailed):
        room.storage.backup(small_disk / "copy.db")
    assert [path.name for path in small_disk.iterdir()] == ["ballast"]

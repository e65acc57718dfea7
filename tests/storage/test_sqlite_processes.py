"""Several processes with one file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from storage.sqlite.engine import SqliteStorage

OPEN = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from news.items import Item, Status
from storage.minting import Mint
from storage.sqlite.engine import SqliteStorage
mint = Mint(lambda: datetime.now(UTC))
store = SqliteStorage(Path(sys.argv[1]), mint)
now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""
POST = """
for number in range(int(sys.argv[2])):
    with store.transaction() as tx:
        seen = tx.category_counts()[""]
        item_id = mint()
        tx.put_item(Item(item_id, item_id, "Une", "fr", Status.PUBLISHED, now, now, published=now), now)
        assert tx.category_counts()[""] == seen + 1
    print(item_id, flush=True)
"""
LEASE = """
while True:
    with store.transaction() as tx:
        some = tx.lease_sources(now, now + timedelta(minutes=10), 2)
    if not some:
        break
    for source in some:
        print(source.id)
"""


def path_of(room) -> Path:
    assert isinstance(room.storage, SqliteStorage)
    return room.storage.path


def test_four_processes_that_post_lose_nothing(room, processes):
    number = room.storage.change_number()
    told = processes(OPEN + POST, *[[str(path_of(room)), "10"]] * 4)
    posted = {item_id for each in told for item_id in each.split()}
    assert {item.id for item in room.shelf()} == posted
    assert len(posted) == 40
    assert room.storage.change_number() == number + 40


def test_processes_that_lease_never_get_the_same_source(room, processes):
    for number in range(20):
        room.source(f"S{number}")
    told = processes(OPEN + LEASE, *[[str(path_of(room))]] * 3)
    leased = [source_id for each in told for source_id in each.split()]
    assert len(leased) == len(set(leased)) == 20


def test_what_was_acknowledged_survives_a_killed_process(room):
    command = [sys.executable, "-c", OPEN + POST, str(path_of(room)), "100000"]
    root = Path(__file__).parent.parent.parent
    told = []
    with subprocess.Popen(command, cwd=root, text=True, stdout=subprocess.PIPE) as running:
        assert running.stdout
        for line in running.stdout:
            told.append(line.strip())
            if len(told) == 20:
                os.kill(running.pid, 9)
                break
    with room.storage.read() as reader:
        assert all(reader.item(item_id) for item_id in told)
        assert reader.category_counts()[""] == len(reader.shelf(room.selection(), limit=1000))
    assert room.storage.problems() == ()
    room.post("Après")

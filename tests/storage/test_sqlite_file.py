"""The file: what cannot be one, how its connections run, how it is brought to this program's shape."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from news.errors import StoreFailed, StoreMissing, StoreTooNew
from news.items import Change, Item, Status
from storage.minting import Mint
from storage.sqlite.engine import SqliteStorage

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MIGRATE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from storage.minting import Mint
from storage.sqlite.engine import SqliteStorage
store = SqliteStorage(Path(sys.argv[1]), Mint(lambda: datetime.now(UTC)), create=True)
print(len(store.migrate(datetime.now(UTC))))
"""


def opened(path: Path, **said: bool) -> SqliteStorage:
    return SqliteStorage(path, Mint(lambda: NOW), **said)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "depeche.db"


@pytest.fixture
def store(path: Path):
    made = opened(path, create=True)
    made.migrate(NOW)
    yield made
    made.close()


def descriptors_of(path: Path) -> int:
    """How often this process has the database open; other tests' threads may open what they need meanwhile."""
    found = 0
    for each in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):
            found += str(each.readlink()).startswith(str(path))
    return found


def test_a_missing_database_says_so_and_is_not_made(path):
    with pytest.raises(StoreMissing):
        opened(path)
    assert not path.exists()


@pytest.mark.parametrize("kind", ["a directory", "a text file", "below a file", "too long a name"])
@pytest.mark.parametrize("create", [True, False])
def test_what_cannot_be_a_database_is_told_as_an_error_of_the_store(tmp_path, kind, create):
    (tmp_path / "text").write_text("Bonjour, ceci n’est pas une base de données.\n" * 50)
    places = {
        "a directory": tmp_path,
        "a text file": tmp_path / "text",
        "below a file": tmp_path / "text" / "depeche.db",
        "too long a name": tmp_path / ("x" * 300),
    }
    with pytest.raises(StoreFailed):
        opened(places[kind], create=create).pending()
    assert (tmp_path / "text").read_text().startswith("Bonjour")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_that_may_not_be_read_is_told_as_an_error_of_the_store(path, store):
    store.close()
    path.chmod(0)
    with pytest.raises(StoreFailed):
        opened(path).pending()


def test_a_damaged_file_is_told_as_an_error_of_the_store(path, store):
    store.close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)
    damaged = opened(path)
    with pytest.raises(StoreFailed), damaged.read() as reader:
        reader.categories()


def test_the_file_is_its_owner_s_alone(path, store):
    assert path.stat().st_mode & 0o777 == 0o600


def test_every_connection_of_every_thread_is_durable_and_keeps_its_references(store):
    said: list[dict[str, object]] = [store.settings()]
    threads = [threading.Thread(target=lambda: said.append(store.settings())) for _ in range(3)]
    for thread in threads:
        thread.start()
        thread.join()
    assert said == [{"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}] * 4


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
def test_the_connection_of_a_thread_goes_with_it(path, store):
    def reading() -> None:
        with store.read() as reader:
            reader.categories()

    reading()
    before = descriptors_of(path)
    for _ in range(20):
        thread = threading.Thread(target=reading)
        thread.start()
        thread.join()
    assert 0 < descriptors_of(path) <= before + 3


def test_migrations_run_once(path):
    fresh = opened(path, create=True)
    assert fresh.pending() == fresh.migrate(NOW) != []
    assert fresh.pending() == fresh.migrate(NOW) == []
    fresh.close()


def test_looking_for_pending_migrations_writes_nothing(path):
    opened(path, create=True).pending()
    assert path.stat().st_size == 0


def test_four_processes_that_migrate_at_once_all_succeed_and_one_does_it(path, processes):
    ran = processes(MIGRATE, *[[str(path)]] * 4)
    assert sorted(int(said) for said in ran) == [0, 0, 0, max(map(int, ran))]
    assert max(map(int, ran)) > 0
    store = opened(path)
    assert (store.pending(), store.problems()) == ([], ())
    store.close()


def test_a_migration_that_fails_leaves_nothing(path, monkeypatch):
    fresh = opened(path, create=True)
    monkeypatch.setattr("storage.sqlite.engine.create_feeds", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        fresh.migrate(NOW)
    monkeypatch.undo()
    assert fresh.pending() == fresh.migrate(NOW) != []
    fresh.close()


def test_a_newer_database_is_refused_and_left_as_it_is(path, store):
    with sqlite3.connect(path) as raw:
        raw.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('depeche', '9999_x', '')")
    raw.close()
    for act in (store.pending, lambda: store.migrate(NOW)):
        with pytest.raises(StoreTooNew) as caught:
            act()
        assert caught.value.message_args["found"] == "9999_x"


@pytest.mark.parametrize("change", ["UPDATE history SET actor = 'nobody'", "DELETE FROM history"])
def test_history_cannot_be_changed_even_by_hand(path, store, change):
    line = Change("item", "1", NOW, "cli", "posted")
    with store.transaction() as tx:
        tx.add_change(line)
    raw = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="history is never"):
        raw.execute(change)
    raw.close()
    with store.read() as reader:
        assert reader.history("item", "1") == (line,)


def test_the_search_index_keeps_step_with_the_items(path, store):
    mint = Mint(lambda: NOW)
    ids = [mint() for _ in range(5)]
    for title in ("Une école", "Deux", "Trois écoles"):
        with store.transaction() as tx:
            for item_id in ids:
                tx.put_item(Item(item_id, item_id, title, "fr", Status.PUBLISHED, NOW, NOW, published=NOW), NOW)
    raw = sqlite3.connect(path)
    raw.execute("INSERT INTO item_fts (item_fts, rank) VALUES ('integrity-check', 1)")
    assert raw.execute("SELECT count(*) FROM item_fts WHERE item_fts MATCH 'ecole'").fetchone() == (0,)
    raw.close()
    assert store.problems() == ()


def test_a_stray_reference_is_found_by_the_check(path, store):
    raw = sqlite3.connect(path)
    with raw:
        raw.execute("INSERT INTO category_slug VALUES ('x', 99, 0)")
    raw.close()
    assert store.problems() != ()


def test_a_mistake_in_our_own_sql_is_not_dressed_up(store):
    with pytest.raises(sqlite3.OperationalError), store.read() as reader:
        reader.rows("SELECT nothing FROM nowhere")

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desk.categories.registry import add_category
from desk.collecting.collect import refresh
from desk.context import Desk, open_desk, system_clock
from desk.items.listing import list_items
from desk.items.posting import post_item
from desk.operating.maintenance import backup, beat, checkup, prepare, restore, worker_alive
from desk.publishing.browse import listing
from desk.settings import Settings
from desk.sources.registry import NewSource, add_source
from news.drafts import Draft
from news.errors import Conflict, NotFound, StoreFailed, StoreMissing, StoreTooNew
from news.users import User


@pytest.fixture
def fresh(tmp_path: Path) -> Settings:
    return Settings(database=tmp_path / "var" / "depeche.db")


def problems(desk: Desk) -> set[str]:
    return {problem.key for problem in checkup(desk)}


def test_a_database_is_made_once(fresh: Settings):
    desk, ran, kept = prepare(fresh)
    assert (len(ran) >= 1, kept) == (True, None)
    desk.storage.close()
    again, ran, kept = prepare(fresh)
    assert (ran, kept) == ([], None)
    again.storage.close()
    assert sorted(path.name for path in fresh.var.iterdir()) == ["depeche.db"]


def test_without_a_database_nothing_opens_and_nothing_is_made(fresh: Settings):
    with pytest.raises(StoreMissing):
        open_desk(fresh)
    assert not fresh.var.exists()


def test_what_is_no_database_is_left_as_it_is(fresh: Settings):
    fresh.var.mkdir()
    fresh.database.write_text("Ceci est une lettre.\n" * 100)
    with pytest.raises(StoreFailed) as raised:
        prepare(fresh)
    assert raised.value.key == "store.not_a_database"
    assert fresh.database.read_text().startswith("Ceci est une lettre.")


def test_the_database_of_another_program_is_left_as_it_is(fresh: Settings):
    fresh.var.mkdir()
    with closing(sqlite3.connect(fresh.database)) as db:
        db.executescript("CREATE TABLE invoice (id); INSERT INTO invoice VALUES (1)")
    before = fresh.database.read_bytes()
    with pytest.raises(StoreFailed) as raised:
        prepare(fresh)
    assert raised.value.key == "store.not_ours"
    assert fresh.database.read_bytes() == before


def test_a_newer_database_is_refused(desk: Desk):
    with desk.storage.transaction() as tx:
        tx.db.execute("UPDATE _sqlite_migrations SET name = '9999_later' WHERE name = '0001_first'")
    with pytest.raises(StoreTooNew):
        prepare(desk.settings)


def test_a_backup_is_the_newsroom_as_it_was(desk: Desk, post, tmp_path: Path):
    post("Gardée", "doctorat")
    file = backup(desk, tmp_path / "lundi.db")
    post("Plus tard")
    copy = open_desk(Settings(database=file))
    assert [item.title for item in list_items(copy)] == ["Gardée"]
    assert [view.item.title for view in listing(copy, "doctorat", q="gardee").items] == ["Gardée"]
    copy.storage.close()


def test_a_backup_overwrites_nothing(desk: Desk, tmp_path: Path):
    there = tmp_path / "precious"
    there.write_text("x")
    with pytest.raises(Conflict):
        backup(desk, there)
    assert there.read_text() == "x"


def test_a_backup_that_cannot_be_written_says_so(desk: Desk, tmp_path: Path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreFailed) as raised:
        backup(desk, tmp_path / "file" / "copy.db")
    assert raised.value.key == "store.backup_failed"


def test_a_backup_brought_back_is_the_newsroom_again_and_what_was_there_is_kept(desk: Desk, post, tmp_path: Path):
    post("Avant")
    file = backup(desk, tmp_path / "copy.db")
    post("Après")
    desk.storage.close()
    kept = restore(desk.settings, file)
    back = open_desk(desk.settings)
    assert [item.title for item in list_items(back)] == ["Avant"]
    back.storage.close()
    put_aside = open_desk(Settings(database=kept))
    assert sorted(item.title for item in list_items(put_aside)) == ["Après", "Avant"]
    put_aside.storage.close()


def test_what_still_stands_in_the_write_ahead_log_is_put_aside_too(desk: Desk, post, tmp_path: Path):
    """Another process holds the database open, so its log is not yet folded in."""
    file = backup(desk, tmp_path / "copy.db")
    with closing(sqlite3.connect(desk.settings.database)) as other:
        other.execute("SELECT count(*) FROM item").fetchone()
        post("Dans le journal")
        desk.storage.close()
        kept = restore(desk.settings, file)
    put_aside = open_desk(Settings(database=kept))
    assert [item.title for item in list_items(put_aside)] == ["Dans le journal"]
    put_aside.storage.close()


def test_restoring_into_nothing_makes_the_newsroom(desk: Desk, post, tmp_path: Path):
    post("Seule copie")
    file = backup(desk, tmp_path / "copy.db")
    elsewhere = Settings(database=tmp_path / "new" / "depeche.db")
    assert restore(elsewhere, file) is None
    there = open_desk(elsewhere)
    assert [item.title for item in list_items(there)] == ["Seule copie"]
    there.storage.close()


def test_a_copy_goes_into_no_file_that_somebody_put_in_its_way(desk: Desk, post, tmp_path: Path):
    post("Seule copie")
    file, database, other = backup(desk, tmp_path / "copy.db"), tmp_path / "depeche-2.db", tmp_path / "another's"
    other.write_text("theirs")
    database.with_name("depeche-2.db.restoring").symlink_to(other)
    restore(Settings(database=database), file)
    assert other.read_text() == "theirs"
    assert not database.is_symlink() and database.stat().st_mode & 0o777 == 0o600


def damaged(folder: Path) -> Path:
    file = folder / "damaged.db"
    settings = Settings(database=file)
    desk, _, _ = prepare(settings)
    for number in range(200):
        add_category(desk, f"c{number}", actor="cli")
    desk.storage.close()
    body = bytearray(file.read_bytes())
    body[len(body) // 2 : len(body) // 2 + 8192] = b"\xff" * 8192
    file.write_bytes(body)
    return file


def text(folder: Path) -> Path:
    (folder / "letter.txt").write_text("Chère rédaction, " * 50)
    return folder / "letter.txt"


def empty(folder: Path) -> Path:
    (folder / "empty.db").touch()
    return folder / "empty.db"


def foreign(folder: Path) -> Path:
    with closing(sqlite3.connect(folder / "foreign.db")) as db:
        db.execute("CREATE TABLE invoice (id)")
    return folder / "foreign.db"


@pytest.mark.parametrize("made", [damaged, text, empty, foreign])
def test_what_is_no_sound_backup_replaces_nothing(desk: Desk, post, tmp_path: Path, made):
    post("Toujours là")
    desk.storage.close()
    file = made(tmp_path)
    with pytest.raises(StoreFailed):
        restore(desk.settings, file)
    again = open_desk(desk.settings)
    assert [item.title for item in list_items(again)] == ["Toujours là"]
    again.storage.close()
    assert not [path for path in tmp_path.iterdir() if "before-restore" in path.name]


def test_a_missing_file_is_said(desk: Desk, tmp_path: Path):
    with pytest.raises(NotFound):
        restore(desk.settings, tmp_path / "nowhere.db")
    with pytest.raises(NotFound):
        restore(desk.settings, tmp_path)


def test_a_newsroom_at_work_is_not_replaced(desk: Desk, post, tmp_path: Path, clock):
    file = backup(desk, tmp_path / "copy.db")
    clock.moment = system_clock()
    beat(desk)
    post("Toujours là")
    with pytest.raises(Conflict) as raised:
        restore(desk.settings, file)
    assert raised.value.key == "restore.running"
    assert [item.title for item in list_items(desk)] == ["Toujours là"]


def test_a_healthy_newsroom_has_no_problems(desk: Desk, admin: User):
    beat(desk)
    assert checkup(desk) == ()


def test_what_a_new_newsroom_still_lacks_is_said(tmp_path: Path):
    desk, _, _ = prepare(Settings(database=tmp_path / "depeche.db"))
    assert problems(desk) == {"check.no_users", "check.no_categories", "check.worker"}
    desk.storage.close()


def test_what_is_late_or_failing_is_said(desk: Desk, admin: User, author: User, clock):
    post_item(desk, Draft("Bientôt", date="2026-03-02T11:00", status="published"), "cli")
    post_item(desk, Draft("À relire", status="published"), author)
    refresh(desk, [add_source(desk, NewSource("http://127.0.0.1:9/", "feed"), "cli")])
    clock.forward(hours=3)
    beat(desk)
    assert problems(desk) == {"check.overdue", "check.source_failing"}


def test_a_damaged_database_is_said(desk: Desk, admin: User):
    with closing(sqlite3.connect(desk.settings.database)) as db:
        db.execute("PRAGMA foreign_keys=OFF")
        db.execute("INSERT INTO item_category VALUES (4711, 1)")
        db.commit()
    beat(desk)
    assert problems(desk) == {"check.damaged"}


def test_a_worker_that_has_been_silent_for_a_minute_is_missed(desk: Desk, clock):
    assert not worker_alive(desk)
    beat(desk)
    clock.forward(seconds=60)
    assert worker_alive(desk)
    clock.forward(seconds=1)
    assert not worker_alive(desk)
    assert worker_alive(desk.with_settings(tick_seconds=60.0)), "three of its ticks, when they are long"

"""The export as files: the live bytes, whole, only what changed, nothing that is gone, nobody else's files."""

import fcntl
import gzip
import json
from datetime import UTC, datetime

import brotli
import pytest

from desk.categories.ending import close_due, retire_category
from desk.categories.registry import rename_category
from desk.items.posting import retract_item
from desk.publishing.export_folder import LISTED, kept_folder
from desk.publishing.export_static import Report, export_static
from desk.publishing.feed_list import feed_list_answer
from desk.publishing.publisher import Publisher
from news.errors import Conflict
from news.selections import Selection

FORMATS = ("atom", "rss", "json")


@pytest.fixture
def www(tmp_path):
    return tmp_path / "www"


def files(www):
    """Every file a web server could be asked for, with its time."""
    found = (path for path in www.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {str(path.relative_to(www)): path.stat().st_mtime for path in found}


def changed(before, after):
    return {name for name in after if after[name] != before.get(name)}


def test_every_feed_has_the_live_bytes_in_all_three_codings(desk, post, www):
    post("Une visite", "masters")
    export_static(desk, www)
    live = Publisher(desk)
    for selection in ("all", "all.fr", "all.en", "masters", "masters.fr", "doctorat.en", "diversite-rse"):
        for name in FORMATS:
            plain, answer = www / "feeds" / f"{selection}.{name}", live.feed(selection, name)
            assert plain.read_bytes() == answer.body
            for ending, coding in ((".gz", "gzip"), (".br", "br")):
                assert plain.with_name(plain.name + ending).read_bytes() == answer.codings[coding].body
    assert (www / "feeds.opml").read_bytes() == feed_list_answer(desk).body


def test_what_is_compressed_says_the_same(desk, post, www):
    post("Une visite", "masters")
    export_static(desk, www)
    plain = (www / "feeds/all.atom").read_bytes()
    assert gzip.decompress((www / "feeds/all.atom.gz").read_bytes()) == plain
    assert brotli.decompress((www / "feeds/all.atom.br").read_bytes()) == plain


def test_six_selections_in_three_languages_and_formats_and_the_list_are_written(desk, www):
    assert export_static(desk, www) == Report(written=(6 * 3 * 3 + 1) * 3)
    assert len(files(www)) == (6 * 3 * 3 + 1) * 3


def test_a_files_time_is_when_its_feed_changed(desk, post, clock, www):
    post("Une visite", "masters")
    clock.forward(hours=3)
    export_static(desk, www)
    with desk.storage.read() as reader:
        at = reader.feed_state(Selection()).changed_at
    assert datetime.fromtimestamp((www / "feeds/all.atom").stat().st_mtime, UTC) == at
    assert (www / "feeds/all.atom.gz").stat().st_mtime == (www / "feeds/all.atom").stat().st_mtime


def test_a_second_export_touches_nothing(desk, post, clock, www):
    post("Une visite", "masters")
    first = export_static(desk, www)
    before = files(www)
    clock.forward(days=1)
    assert export_static(desk, www) == Report(unchanged=first.written)
    assert files(www) == before


def test_a_new_item_changes_the_files_that_show_it_and_no_others(desk, post, clock, www):
    export_static(desk, www)
    before = files(www)
    clock.forward(minutes=1)
    post("Une visite", "masters")
    report = export_static(desk, www)
    named = {f"feeds/{each}.{name}{ending}" for each in ("all", "all.fr", "masters", "masters.fr") for name in FORMATS
             for ending in ("", ".gz", ".br")}  # fmt: skip
    assert changed(before, files(www)) == named
    assert report.written == len(named)


def test_a_retracted_item_leaves_the_files(desk, post, clock, www):
    item = post("À retirer", "masters")
    export_static(desk, www)
    clock.forward(minutes=1)
    retract_item(desk, item.id, "cli")
    export_static(desk, www)
    assert "À retirer" not in (www / "feeds/masters.json").read_text(encoding="utf-8")


def test_a_scheduled_item_is_in_no_file(desk, post, www):
    post("Sous embargo", "masters", date="2026-03-02 11:00", status="published")
    export_static(desk, www)
    assert [path for path in www.rglob("*.json") if "embargo" in path.read_text(encoding="utf-8")] == []


def test_files_of_a_renamed_category_are_removed_and_the_new_ones_written(desk, www):
    export_static(desk, www)
    rename_category(desk, "masters", name_fr="Mastères", new_slug="masteres", actor="cli")
    report = export_static(desk, www)
    assert report.removed == 3 * 3 * 3
    assert not list((www / "feeds").glob("masters.*"))
    assert (www / "feeds/masteres.atom").exists()


def test_what_others_put_there_stays(desk, www):
    (www / "feeds").mkdir(parents=True)
    (www / "feeds/theirs.atom").write_text("theirs")
    (www / "index.html").write_text("theirs")
    export_static(desk, www)
    export_static(desk, www)
    assert (www / "feeds/theirs.atom").read_text() == (www / "index.html").read_text() == "theirs"


def test_a_list_that_was_tampered_with_removes_nothing_outside(desk, www, tmp_path):
    outside = tmp_path / "precious.txt"
    outside.write_text("precious")
    www.mkdir()
    (www / LISTED).write_text(f"../precious.txt\n{outside}\nfeeds/../../precious.txt\n")
    export_static(desk, www)
    assert outside.read_text() == "precious"


def test_what_a_crash_left_behind_is_put_right(desk, www):
    export_static(desk, www)
    (www / "feeds/all.atom").write_bytes(b"<half")
    (www / "feeds/all.atom.gz").unlink()
    (www / "feeds/.all.rss.depeche-new").write_bytes(b"<half")
    report = export_static(desk, www)
    assert (report.written, report.removed) == (2, 0)
    assert (www / "feeds/all.atom").read_bytes() == Publisher(desk).feed("all", "atom").body


def test_an_export_that_was_interrupted_leaves_nothing_that_stays_for_ever(www):
    with pytest.raises(KeyboardInterrupt), kept_folder(www) as folder:
        folder.put("feeds/once.atom", b"once", 1_000)
        (www / "feeds/.once.atom.depeche-new").write_bytes(b"on")
        raise KeyboardInterrupt
    assert (www / "feeds/once.atom").exists()
    with kept_folder(www) as folder:
        pass
    assert folder.report.removed == 1
    assert [path.name for path in (www / "feeds").iterdir()] == []


def test_whoever_reads_meanwhile_gets_one_whole_version(www):
    with kept_folder(www) as folder:
        folder.put("feeds/all.atom", b"old" * 1000, 1_000)
    with (www / "feeds/all.atom").open("rb") as reading:
        begun = reading.read(10)
        with kept_folder(www) as folder:
            folder.put("feeds/all.atom", b"new" * 1000, 2_000)
        assert begun + reading.read() == b"old" * 1000


def test_other_bytes_never_have_the_time_the_former_ones_had(www):
    times = []
    for body in (b"one", b"two", b"three"):
        with kept_folder(www) as folder:
            folder.put("feeds.opml", body, 1_000)
        times.append((www / "feeds.opml").stat().st_mtime)
    assert times == [1_000, 1_001, 1_002]


def test_two_exports_to_one_folder_do_not_mix(desk, www):
    export_static(desk, www)
    with (www / ".depeche-export.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Conflict):
            export_static(desk, www)
    assert export_static(desk, www).written == 0


def test_a_category_that_ends_says_so_in_its_files_as_long_as_its_addresses_answer(desk, post, www, clock):
    post("Une visite", "masters")
    retire_category(desk, "masters", successor="doctorat", actor="cli")
    export_static(desk, www)
    for name in FORMATS:
        assert (www / f"feeds/masters.fr.{name}").read_bytes() == Publisher(desk).feed("masters.fr", name).body
    assert "Doctorat" in json.loads((www / "feeds/masters.json").read_bytes())["items"][0]["title"]
    assert b"masters" not in (www / "feeds.opml").read_bytes()
    clock.forward(days=31)
    close_due(desk)
    assert export_static(desk, www).removed == 3 * 3 * 3
    assert not (www / "feeds/masters.atom").exists()

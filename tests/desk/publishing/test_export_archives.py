"""The past of feeds as files: what a reader of the exported feeds is led to."""

import re

import pytest

from desk.categories.named_feeds import add_named_feed
from desk.categories.registry import rename_category
from desk.items.posting import retract_item
from desk.publishing.archive import archive_recipe
from desk.publishing.export_static import Report, export_static
from desk.publishing.publisher import Publisher


@pytest.fixture
def www(tmp_path):
    return tmp_path / "www"


@pytest.fixture
def many(desk, post):
    """Enough for two closed documents of `all` and one of the rest."""
    items = [post(f"n° {number}", "masters" if number % 2 else "doctorat") for number in range(205)]
    add_named_feed(desk, "Études", "doctorat,masters.fr", actor="cli")
    return items


def archives(www):
    return {
        str(path.relative_to(www / "feeds")): path.stat().st_mtime_ns
        for path in (www / "feeds").rglob("archive/*") if not path.name.startswith(".")
    }  # fmt: skip


def walked(www, feed):
    """The ids of everything from the live feed back to the first document, all of it files."""
    found, name = set(), f"{feed}.atom"
    while name:
        text = (www / "feeds" / name).read_text(encoding="utf-8")
        found |= set(re.findall(r"<entry.*?<id>([^<]+)</id>", text, re.DOTALL))
        led = re.search(r'<(?:atom:)?link [^>]*rel="prev-archive"[^>]*>', text)
        name = re.search(r'href="[^"]*/feeds/([^"]+)"', led[0])[1] if led else None
    return found


def test_every_document_the_feeds_lead_to_is_a_file_with_the_live_bytes(desk, many, www):
    export_static(desk, www)
    guids = {item.guid for item in many}
    assert walked(www, "all") == walked(www, "all.fr") == walked(www, "etudes") == guids
    live = Publisher(desk)
    for name in ("1", "2"):
        for kind in ("atom", "json"):
            answer = live.document("etudes", archive_recipe(name, kind))
            assert (www / f"feeds/etudes/archive/{name}.{kind}").read_bytes() == answer.body
            assert (www / f"feeds/etudes/archive/{name}.{kind}.gz").read_bytes() == answer.codings["gzip"].body


def test_a_second_export_touches_no_archive(desk, many, www):
    first = export_static(desk, www)
    before = archives(www)
    assert export_static(desk, www) == Report(unchanged=first.written)
    assert archives(www) == before


def test_only_the_document_that_lost_an_item_is_written_anew(desk, many, clock, www):
    export_static(desk, www)
    before = archives(www)
    clock.forward(minutes=1)
    retract_item(desk, many[1].id, "cli")
    export_static(desk, www)
    after = archives(www)
    closed = {name for name in before if re.fullmatch(r"(all|etudes)/archive/\d+\..*", name)}
    assert {name for name in closed if after[name] != before[name]} == {
        f"{feed}/archive/1.{kind}{ending}" for feed in ("all", "etudes") for kind in ("atom", "json")
        for ending in ("", ".gz", ".br")
    }  # fmt: skip
    assert walked(www, "masters") == {item.guid for item in many[3::2]}
    assert "n° 1<" not in (www / "feeds/all/archive/1.atom").read_text(encoding="utf-8")


def test_archives_of_a_renamed_category_move_with_it(desk, many, www):
    export_static(desk, www)
    assert (www / "feeds/masters").is_dir()
    rename_category(desk, "masters", new_slug="masteres", actor="cli")
    export_static(desk, www)
    assert not (www / "feeds/masters").exists()
    assert (www / "feeds/masteres/archive/1.atom").exists()

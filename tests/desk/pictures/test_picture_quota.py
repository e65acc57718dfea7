"""One source's pictures cannot fill the disk: each source has a share of a day, and the rest waits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desk.collecting.collect import refresh
from desk.context import Desk
from desk.items.listing import list_items
from desk.items.posting import get_item, post_item
from desk.pictures.fetching import fetch_pictures
from desk.pictures.quota import MOST_DAYS
from desk.recording import PICTURE
from desk.sources.registry import NewSource, add_source
from news.drafts import Draft
from news.picture_quota import MOST_BYTES, MOST_PICTURES, Taken

TODAY = date(2026, 3, 2)


@pytest.fixture
def source_of(collecting: Desk, site, draw):
    """A source called ``name`` that has brought one item with a picture of its own; its id."""

    def made(name: str) -> str:
        picture = site.put(f"/{name}.jpg", draw(), "image/jpeg")
        entry = site.entry(name, guid=name, link=f"{site.url('/')}{name}", description=f'<img src="{picture}" alt="x">')
        url = site.put(f"/{name}", site.rss(entry))
        source = add_source(collecting, NewSource(url, "feed", trust="publish", categories=("masters",)), "cli")
        refresh(collecting, [source])
        return source.id

    return made


def spend(desk: Desk, source_id: str, size: int, times: int = 1) -> None:
    with desk.storage.transaction() as tx:
        for _ in range(times):
            tx.put_picture_taken(source_id, TODAY, size)


def taken(desk: Desk, source_id: str) -> Taken:
    with desk.storage.read() as reader:
        return reader.pictures_taken([source_id], desk.now().date()).get(source_id, Taken())


def kept(desk: Desk) -> dict[str, bool]:
    return {item.title: item.image.kept is not None for item in list_items(desk)}


def test_what_is_fetched_for_a_source_is_counted(collecting: Desk, source_of):
    source_id = source_of("a")
    fetch_pictures(collecting)
    (item,) = list_items(collecting)
    assert taken(collecting, source_id) == Taken(1, sum(each.length for each in item.image.kept.renditions))


def test_what_one_round_takes_counts_in_that_round(collecting: Desk, site, draw):
    pictures = [site.put(f"/{name}.jpg", draw(), "image/jpeg") for name in "ab"]
    entries = [
        site.entry(url[-5], guid=url, link=f"{url}.html", description=f'<img src="{url}" alt="x">') for url in pictures
    ]
    url = site.put("/both", site.rss(*entries))
    source = add_source(collecting, NewSource(url, "feed", trust="publish", categories=("masters",)), "cli")
    refresh(collecting, [source])
    spend(collecting, source.id, 1, MOST_PICTURES - 1)
    assert fetch_pictures(collecting) == 1
    assert sorted(kept(collecting).values()) == [False, True]


def test_what_is_no_picture_is_counted_too(collecting: Desk, source_of, site):
    source_id = source_of("a")
    site.put("/a.jpg", b"x" * 1000, "image/jpeg")
    assert fetch_pictures(collecting) == 0
    assert taken(collecting, source_id) == Taken(1, 0)


@pytest.mark.parametrize(("size", "times"), [(MOST_BYTES, 1), (1, MOST_PICTURES)])
def test_a_source_whose_share_is_spent_waits_for_the_next_day_and_holds_no_other_up(
    collecting: Desk, source_of, site, clock, size, times
):
    spend(collecting, source_of("a"), size, times)
    source_of("b")
    assert fetch_pictures(collecting) == 1
    assert kept(collecting) == {"a": False, "b": True}
    assert "/a.jpg" not in {path for path, _ in site.requests}
    clock.forward(hours=12)
    assert fetch_pictures(collecting) == 0
    clock.forward(hours=12)
    assert fetch_pictures(collecting) == 1
    assert kept(collecting) == {"a": True, "b": True}


def test_pictures_that_never_fit_are_given_up(collecting: Desk, source_of, clock):
    source_id = source_of("a")
    for _ in range(MOST_DAYS):
        with collecting.storage.transaction() as tx:
            tx.put_picture_taken(source_id, collecting.now().date(), MOST_BYTES)
        assert fetch_pictures(collecting) == 0
        clock.forward(days=1)
    with collecting.storage.read() as reader:
        assert reader.outbox(collecting.now() + timedelta(days=30), topics=(PICTURE,)) == ()


def test_what_staff_chose_themselves_counts_in_nobodys_share(collecting: Desk, source_of, site, draw):
    spend(collecting, source_of("a"), MOST_BYTES)
    url = site.put("/ours.jpg", draw(), "image/jpeg")
    given = Draft(title="Une", status="published", image_url=url, image_alt="x")
    assert fetch_pictures(collecting) == 0
    item = post_item(collecting, given, "cli")
    assert fetch_pictures(collecting) == 1
    assert get_item(collecting, item.id).image.kept


def test_former_days_are_forgotten(collecting: Desk, source_of):
    source_id = source_of("a")
    spend(collecting, source_id, 7)
    with collecting.storage.transaction() as tx:
        tx.put_picture_taken(source_id, TODAY + timedelta(days=1), 5)
        assert tx.pictures_taken([source_id], TODAY) == {}
        assert tx.pictures_taken([source_id], TODAY + timedelta(days=1)) == {source_id: Taken(1, 5)}

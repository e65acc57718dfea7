"""A burst gets its share of a live feed, and what does not fit is in the feed's past."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from desk.context import Desk
from desk.publishing.archive import archive_recipe
from desk.publishing.feed import NEWEST
from desk.publishing.publisher import Publisher
from news.items import Item, Origin, Status
from news.sources import Check, Kind, Source, Trust

Fill = Callable[..., None]


@pytest.fixture
def fill(desk: Desk) -> Fill:
    """A source brings so many items at once, dated a minute apart up to so many hours ago."""

    def filled(name: str, count: int, hours_ago: float = 0) -> None:
        now = desk.now()
        source = Source(desk.mint(), f"https://{name}.example/", Kind.FEED, name, Trust.PUBLISH, now, Check(now))
        with desk.storage.transaction() as tx:
            tx.put_source(source, now)
            for n in range(count):
                at, item_id = now - timedelta(hours=hours_ago, minutes=n), desk.mint()
                origin = Origin(source.id, name)
                tx.put_item(
                    Item(item_id, item_id, f"{name} {n}", "fr", Status.PUBLISHED, now, at, published=at,
                         first_published=now, origin=origin), now,
                )  # fmt: skip

    return filled


def feed(desk: Desk, path: str = "all") -> dict:
    selection, archive, name = path.partition("/archive/")
    publisher = Publisher(desk)
    made = publisher.document(selection, archive_recipe(name, "json")) if archive else publisher.feed(path, "json")
    return json.loads(made.body)


def shown(desk: Desk) -> list[str]:
    return [item["title"].split()[0] for item in feed(desk)["items"]]


def test_one_sources_burst_leaves_half_of_the_feed_to_the_others(desk: Desk, fill: Fill):
    fill("quiet", 30, hours_ago=48)
    fill("other", 20, hours_ago=72)
    assert "loud" not in shown(desk)
    fill("loud", 180)
    assert shown(desk) == ["loud"] * 25 + ["quiet"] * 25


def test_alone_a_source_has_the_whole_feed(desk: Desk, fill: Fill):
    fill("loud", 80)
    assert shown(desk) == ["loud"] * NEWEST


def test_whoever_walks_the_past_of_the_feed_finds_all_of_the_burst(desk: Desk, fill: Fill):
    fill("quiet", 60, hours_ago=48)
    fill("loud", 130)
    document, met = feed(desk), set()
    while True:
        met |= {item["title"] for item in document["items"]}
        if "next_url" not in document:
            break
        document = feed(
            desk, document["next_url"].removeprefix("https://news.example.org/feeds/").removesuffix(".json")
        )
    assert len(met) == 190


def test_the_same_store_gives_the_same_feed(desk: Desk, fill: Fill, clock):
    fill("quiet", 30, hours_ago=48)
    fill("loud", 180)
    before = Publisher(desk).feed("all", "atom")
    clock.forward(days=90)
    assert Publisher(desk).feed("all", "atom") == before

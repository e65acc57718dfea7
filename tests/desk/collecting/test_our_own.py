"""Our own news, which came back by way of a partner's planet, is no news of that partner's."""

from __future__ import annotations

import pytest

from desk.collecting.collect import refresh
from desk.context import Desk
from desk.items.listing import ItemFilter, list_items
from desk.publishing.publisher import Publisher
from desk.sources.registry import NewSource, add_source
from news.ids import urn
from news.selections import build

LINKED = "https://elsewhere.example/report.pdf"


@pytest.fixture
def planet(collecting: Desk, site):
    """Collects one entry that says it was taken from ``origin``; how many items came of it."""
    source = add_source(
        collecting, NewSource(site.url("/planet"), kind="feed", trust="publish", categories=("masters",)), "cli"
    )

    def collected(origin: str) -> int:
        entry = (
            f"<entry><id>tag:planet.example,2026:1</id><title>Un rapport</title><link href='{LINKED}'/>"
            f"<updated>2026-03-01T09:00:00Z</updated>{origin}<summary>Autre texte</summary></entry>"
        )
        head = "<id>urn:x</id><title>Planète</title><updated>2026-03-01T09:00:00Z</updated>"
        site.put("/planet", f'<feed xmlns="http://www.w3.org/2005/Atom">{head}{entry}</feed>', "application/atom+xml")
        (outcome,) = refresh(collecting, [source])
        assert outcome.error is None
        return outcome.new

    return collected


def test_an_entry_that_names_the_id_of_a_feed_of_ours_is_ours(collecting: Desk, planet):
    with collecting.storage.read() as reader:
        (masters,) = (each for each in reader.categories() if each.slug == "masters")
        ids = [reader.feed_state(build([masters], any_of=False, language=tongue)).id for tongue in ("fr", None)]
    for feed_id in ids:
        assert planet(f"<source><id>{urn(feed_id)}</id><title>x</title></source>") == 0


def test_an_entry_that_names_a_source_as_our_feeds_do_is_ours(collecting: Desk, planet, site):
    site.put("/a", site.rss(site.entry("Un rapport", link="https://a.example/1")))
    partner = add_source(
        collecting, NewSource(site.url("/a"), kind="feed", trust="publish", categories=("masters",)), "cli"
    )
    refresh(collecting, [partner])
    told = Publisher(collecting).feed("all", "atom").body.decode()
    assert f"<id>{urn(partner.id)}</id>" in told
    assert planet(f"<source><id>{urn(partner.id)}</id></source>") == 0


@pytest.mark.parametrize(
    ("origin", "new"),
    [
        ("<source><link rel='self' href='{base}/feeds/masters.atom'/></source>", 0),
        ("<source><id>x</id><link href='{base}/category/masters'/></source>", 0),
        ("<source><id>urn:uuid:019cadfd-8900-7003-b527-71cb91597e8e</id></source>", 1),
        ("<source><id>http://[</id><link href='https://autre.example/feeds/x.atom'/></source>", 1),
        ("<source><link href='{base}/'/></source>", 1),
        ("", 1),
    ],
)
def test_an_entry_that_names_an_address_of_a_feed_of_ours_is_ours(collecting: Desk, planet, origin, new):
    assert planet(origin.format(base=collecting.settings.base_url)) == new


def test_an_rss_source_of_ours_is_recognised_too(collecting: Desk, site):
    ours = f"{collecting.settings.base_url}/feeds/all.rss"
    said = f'<item><title>Un rapport</title><guid>7</guid><source url="{ours}"/></item>'
    url = site.put("/planet", site.rss(said, site.entry("À eux", guid="8")))
    refresh(collecting, [add_source(collecting, NewSource(url, kind="feed"), "cli")])
    assert [item.title for item in list_items(collecting, ItemFilter(status="review"))] == ["À eux"]


def test_an_identifier_that_only_looks_like_an_address_harms_nobody(collecting: Desk, site):
    urls = [
        site.put("/bad", site.rss(site.entry("Une", guid="http://[x"), site.entry("Deux", guid="http://a:x/"))),
        site.put("/good", site.rss(site.entry("Trois", guid="3"))),
    ]
    outcomes = refresh(collecting, [add_source(collecting, NewSource(url, kind="feed"), "cli") for url in urls])
    assert sorted((outcome.new, outcome.error) for outcome in outcomes) == [(1, None), (2, None)]

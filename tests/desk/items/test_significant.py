"""Whether readers are told of a change again: what somebody said of it, or else what changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desk.collecting.collect import refresh
from desk.context import Desk
from desk.items.listing import ItemFilter, list_items
from desk.items.posting import edit_item
from desk.publishing.publisher import Publisher
from desk.sources.registry import NewSource, add_source
from news.drafts import Draft
from news.items import Item

Post = Callable[..., Item]
TITLE = frozenset({"title"})


def test_a_typo_repaired_is_shown_everywhere_and_alerts_nobody(desk: Desk, post: Post, clock) -> None:
    item = post("Une rentré", "masters")
    clock.forward(hours=1)
    after = edit_item(desk, item.id, Draft("Une rentrée"), "cli", only=TITLE, significant=False)
    assert (after.title, after.updated, after.version) == ("Une rentrée", item.updated, 2)
    body = Publisher(desk).feed("masters", "json").body.decode()
    assert "Une rentrée" in body
    assert '"date_modified": "2026-03-01T10:30:00Z"' in body


def test_a_space_is_no_news_unless_somebody_says_so(desk: Desk, post: Post, clock) -> None:
    item = post("La rentrée: 135 places")
    clock.forward(hours=1)
    after = edit_item(desk, item.id, Draft("La rentrée\u00a0: 135 places"), "cli", only=TITLE)
    assert after.updated == item.updated
    clock.forward(hours=1)
    said = edit_item(desk, item.id, Draft("La rentrée : 135 places"), "cli", only=TITLE, significant=True)
    assert said.updated == desk.now()


def test_one_other_word_is_news(desk: Desk, post: Post, clock) -> None:
    item = post("Le 4 octobre", summary="Réunion")
    clock.forward(hours=1)
    after = edit_item(desk, item.id, Draft("Le 5 octobre"), "cli", only=TITLE)
    assert after.updated == desk.now()


def test_a_late_significant_edit_follows_a_minor_one(desk: Desk, post: Post, clock) -> None:
    item = post("Avant")
    edit_item(desk, item.id, Draft("Avent"), "cli", only=TITLE, significant=False)
    clock.forward(hours=1)
    assert edit_item(desk, item.id, Draft("Après"), "cli", only=TITLE).updated == desk.now()


@pytest.fixture
def collected(collecting: Desk, site, clock):
    """Collects one entry as it is described, an hour later each time; the item."""
    site.put("/feed", site.rss())
    source = add_source(
        collecting, NewSource(site.url("/feed"), kind="feed", trust="publish", categories=("masters",)), "cli"
    )

    def look(**said: str) -> Item:
        clock.forward(hours=1)
        given = {"guid": "urn:x:1", "pubDate": "Fri, 04 Oct 2024 08:00:00 GMT", "description": "Un mot"} | said
        site.put("/feed", site.rss(site.entry(given.pop("title", "Titre"), **given)))
        refresh(collecting, [source])
        [item] = list_items(collecting, ItemFilter(source=source.id))
        return item

    return look


@pytest.mark.parametrize(
    "said",
    [
        {"title": "«\u00a0Titre\u00a0»"},
        {"description": "<p>Un <b>mot</b></p>"},
        {"description": "Un\n  mot"},
        {"category": "Autre"},
        {"link": "https://elsewhere.example/1"},
    ],
)
def test_a_source_that_changes_its_dress_alerts_nobody(collected, said: dict[str, str]) -> None:
    before = collected()
    after = collected(**said)
    assert (after.id, after.updated) == (before.id, before.updated)


@pytest.mark.parametrize("said", [{"title": "Autre titre"}, {"description": "Un autre mot"}])
def test_a_source_that_changes_its_words_does(collecting: Desk, collected, said: dict[str, str]) -> None:
    collected()
    assert collected(**said).updated == collecting.now()

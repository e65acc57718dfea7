"""What a feed says, read back from the JSON Feed where the format does not matter."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest

from desk.categories.named_feeds import add_named_feed
from desk.categories.registry import rename_category
from desk.context import Desk
from desk.items.posting import retract_item
from desk.publishing.publisher import Moved, Publisher
from news.errors import Gone, InvalidInput, NotFound
from news.items import Item
from news.selections import Selection

Post = Callable[..., Item]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def read(desk: Desk) -> Callable[[str], dict[str, Any]]:
    return lambda selection: json.loads(Publisher(desk).feed(selection, "json").body)


def atom(desk: Desk, selection: str) -> ElementTree.Element:
    return ElementTree.fromstring(Publisher(desk).feed(selection, "atom").body)


def titles(feed: dict[str, Any]) -> list[str]:
    return [item["title"] for item in feed["items"]]


def test_a_feed_is_named_after_its_selection_and_its_newsroom(read) -> None:
    assert read("partenariats-internationaux")["title"] == "Partenariats internationaux — École exemple"


def test_a_feed_in_english_speaks_english(read, post: Post) -> None:
    post("A visit", "partenariats-internationaux", language="en")
    feed = read("partenariats-internationaux.en")
    assert feed["title"] == "International partnerships — École exemple"
    assert feed["language"] == "en"
    assert feed["items"][0]["tags"] == ["International partnerships"]


def test_a_feed_without_a_language_carries_all_languages(read, post: Post) -> None:
    post("Une visite", "masters")
    post("A visit", "masters", language="en")
    assert titles(read("masters")) == ["A visit", "Une visite"]
    assert titles(read("masters.fr")) == ["Une visite"]


def test_categories_stand_by_rank(read, post: Post) -> None:
    post("Semaine", "diversite-rse", "partenariats-internationaux", "ingenieurs")
    assert read("all")["items"][0]["tags"] == ["Ingénieurs", "Partenariats internationaux", "Diversité & RSE"]


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        ("all", ["c", "b", "a"]),
        ("doctorat+masters", ["b"]),
        ("doctorat,masters", ["c", "b", "a"]),
        ("doctorat!masters", ["a"]),
        ("ingenieurs", []),
    ],
)
def test_a_selection_carries_its_items_newest_first(read, post: Post, selection: str, expected: list[str]) -> None:
    post("a", "doctorat", date="2026-01-01")
    post("b", "doctorat", "masters", date="2026-01-02")
    post("c", "masters", date="2026-01-03")
    assert titles(read(selection)) == expected


def test_a_feed_carries_the_newest_fifty(read, post: Post) -> None:
    for number in range(52):
        post(f"n° {number}", "masters", date="2026-01-01")
    assert titles(read("masters")) == [f"n° {number}" for number in range(51, 1, -1)]


@pytest.mark.parametrize("status", ["draft", "review"])
def test_what_is_not_published_is_in_no_feed(read, post: Post, status: str) -> None:
    post("Secret", "masters", status=status)
    assert titles(read("all")) == []


def test_what_is_scheduled_is_in_no_feed(read, post: Post) -> None:
    post("Embargo", "masters", date="2026-03-03")
    assert titles(read("masters")) == []


def test_a_retracted_item_leaves_its_feeds(desk: Desk, read, post: Post) -> None:
    retract_item(desk, post("Erreur", "masters").id, "cli")
    assert titles(read("masters")) == []


def test_an_item_links_to_its_link_or_else_to_its_page(read, post: Post) -> None:
    post("Ailleurs", "masters", link="https://partner.example.net/a", date="2026-01-02")
    here = post("Ici", "masters", date="2026-01-01")
    elsewhere, own = (item["url"] for item in read("masters")["items"])
    assert elsewhere == "https://partner.example.net/a"
    assert own == f"https://news.example.org/items/{here.id}/ici"


def test_an_entry_keeps_the_items_identity(read, post: Post) -> None:
    item = post("Ici", "masters")
    assert read("masters")["items"][0]["id"] == f"urn:uuid:{item.id}"


def test_every_feed_has_an_id_of_its_own(desk: Desk) -> None:
    add_named_feed(desk, "Études longues", "doctorat,masters", actor="cli")
    selections = [
        "all", "all.fr", "all.en", "all.en-else-fr", "all.fr-else-en", "masters", "masters.fr", "masters.en",
        "doctorat", "doctorat.fr", "masters.en-else-fr", "doctorat+masters", "doctorat,masters", "doctorat+masters.fr",
        "masters!doctorat", "doctorat!masters", "etudes-longues", "etudes-longues.fr",
    ]  # fmt: skip
    ids = {atom(desk, selection).findtext(f"{ATOM}id") for selection in selections}
    assert len(ids) == len(selections)


def test_a_feed_brings_no_style_that_browsers_no_longer_know(desk: Desk, post: Post) -> None:
    post("Une", "masters")
    for name in ("atom", "rss"):
        assert b"<?xml-stylesheet" not in Publisher(desk).feed("masters", name).body


def test_a_feed_keeps_its_id_when_its_category_is_renamed(desk: Desk) -> None:
    before = atom(desk, "masters").findtext(f"{ATOM}id")
    rename_category(desk, "masters", name_fr="Mastères", new_slug="masteres", actor="cli")
    assert atom(desk, "masteres").findtext(f"{ATOM}id") == before


def test_an_empty_feed_was_updated_when_it_was_made(desk: Desk, clock) -> None:
    made = clock.moment
    clock.forward(days=3)
    assert atom(desk, "masters").findtext(f"{ATOM}updated") == made.isoformat()


def test_a_feed_was_updated_with_its_newest_change(desk: Desk, post: Post) -> None:
    post("Hier", "masters", date="2026-02-01")
    post("Aujourd’hui", "masters", date="2026-03-01")
    feed = atom(desk, "masters")
    assert feed.findtext(f"{ATOM}updated") == max(each.text or "" for each in feed.iter(f"{ATOM}updated"))


def test_the_newsroom_is_the_author_of_what_names_none(desk: Desk, post: Post) -> None:
    post("Sans auteur", "masters")
    feed = atom(desk, "masters")
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "École exemple"
    assert feed.find(f"{ATOM}entry/{ATOM}author") is None


@pytest.mark.parametrize(
    ("selection", "page"),
    [
        ("all", "/"),
        ("all.en", "/?lang=en"),
        ("masters", "/category/masters"),
        ("masters.en", "/category/masters?lang=en"),
        ("doctorat+masters.fr", "/feeds/doctorat+masters.fr"),
        ("all!masters", "/feeds/all!masters"),
    ],
)
def test_a_feed_names_the_page_that_shows_the_same(read, selection: str, page: str) -> None:
    assert read(selection)["home_page_url"] == f"https://news.example.org{page}"


def test_a_selection_in_another_order_has_moved(desk: Desk) -> None:
    assert Publisher(desk).feed("masters+doctorat.fr", "rss") == Moved("doctorat+masters.fr")


def test_a_renamed_category_has_moved_even_where_it_was_ready(desk: Desk) -> None:
    publisher = Publisher(desk)
    publisher.feed("masters", "rss")
    rename_category(desk, "masters", new_slug="masteres", actor="cli")
    publisher.changed()
    assert publisher.feed("masters", "rss") == Moved("masteres")


def test_a_retired_category_is_gone_even_where_it_was_ready(desk: Desk, post: Post) -> None:
    publisher = Publisher(desk)
    post("Dernier", "masters")
    publisher.feed("masters", "rss")
    with desk.storage.transaction() as tx:
        masters = tx.category_of_slug("masters")
        assert masters
        tx.put_category(replace(masters, retired=desk.now()), desk.now())
    publisher.changed()
    with pytest.raises(Gone):
        publisher.feed("masters", "rss")


def test_an_unknown_category_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        Publisher(desk).feed("licence", "atom")


@pytest.mark.parametrize("text", ["", "a+b,c", "all+masters", "masters.de", "masters.", "a+b+c+d+e", "!masters"])
def test_a_selection_that_cannot_be_read_is_refused(desk: Desk, text: str) -> None:
    with pytest.raises(InvalidInput):
        Publisher(desk).feed(text, "atom")


def test_last_changed_is_the_feeds_own_stored_moment(desk: Desk, post: Post, clock) -> None:
    clock.forward(hours=1)
    post("Ancien", "masters", date="2020-01-01")
    with desk.storage.read() as reader:
        masters = reader.category_of_slug("masters")
        assert masters
        stored = reader.feed_state(Selection((masters,))).changed_at
    assert Publisher(desk).feed("masters", "atom").changed_at == stored == clock.moment

"""Readers that walk a feed's archives end with what the feed shows, whatever happened in between."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.categories.named_feeds import add_named_feed, change_named_feed
from desk.categories.registry import add_category
from desk.context import Desk, open_desk
from desk.publishing.archive import archive_recipe
from desk.publishing.publisher import Publisher
from desk.selecting import resolve
from desk.settings import Settings
from news.categories import Category
from news.ids import urn
from news.items import Item, Status
from news.named_feeds import NamedFeed
from news.selections import build

BASE = "https://news.example.org"
ATOM, AT = "{http://www.w3.org/2005/Atom}", "{http://purl.org/atompub/tombstones/1.0}"
FEEDS = ("all", "all.en", "masters", "masters.fr", "choix", "une-fois")
CHOICES = ("masters", "doctorat,masters", "doctorat!masters", "doctorat+masters", "all.fr", "doctorat,masters.en")

ONCE = ("all.en-else-fr", "masters.en-else-fr", "all.fr-else-en", "doctorat!masters.fr-else-en")


class Web:
    """Answers addresses of feeds and their archives, as the newsroom stands."""

    def __init__(self, desk: Desk) -> None:
        self._publisher = Publisher(desk)

    def get(self, address: str) -> bytes:
        self._publisher.changed()
        path, _, format_name = urlsplit(address).path.removeprefix("/feeds/").rpartition(".")
        selection, archive, name = path.partition("/archive/")
        if archive:
            return self._publisher.document(selection, archive_recipe(name, format_name)).body  # type: ignore[union-attr]
        return self._publisher.feed(selection, format_name).body  # type: ignore[union-attr]


@dataclass
class Reader:
    """Follows one Atom feed as RFC 5005 §4.2 says: back to the first archive document it knows."""

    web: Web
    feed: str
    entries: dict[str, str] = field(default_factory=dict)
    read: dict[str, set[str]] = field(default_factory=dict)

    def poll(self) -> None:
        address, documents = f"{BASE}/feeds/{self.feed}.atom", []
        while address and address not in self.read:
            document = ElementTree.fromstring(self.web.get(address))
            documents.append(document)
            if len(documents) > 1:
                self.read[address] = ids_in(document)
            address = next(
                (x.get("href") for x in document.iter(f"{ATOM}link") if x.get("rel") == "prev-archive"), None
            )
        for document in reversed(documents):
            for entry in document.iter(f"{ATOM}entry"):
                self.entries[entry.findtext(f"{ATOM}id") or ""] = entry.findtext(f"{ATOM}title") or ""
            for gone in document.iter(f"{AT}deleted-entry"):
                self.entries.pop(gone.get("ref") or "", None)


def ids_in(document: ElementTree.Element) -> set[str]:
    entries = {entry.findtext(f"{ATOM}id") or "" for entry in document.iter(f"{ATOM}entry")}
    return entries | {gone.get("ref") or "" for gone in document.iter(f"{AT}deleted-entry")}


def walked_json(web: Web, feed: str) -> dict[str, str]:
    found: dict[str, str] = {}
    address: str | None = f"{BASE}/feeds/{feed}.json"
    while address:
        page: dict[str, Any] = json.loads(web.get(address))
        found = {item["id"]: item["title"] for item in page["items"]} | found
        address = page.get("next_url")
    return found


class Staff:
    """Posts, edits, moves and retracts at random, many items at a time."""

    def __init__(self, desk: Desk, clock: Any, chance: random.Random) -> None:
        self.desk, self.clock, self.chance = desk, clock, chance
        with desk.storage.read() as reader:
            self.categories = [category.id for category in reader.categories()]
        self.items: list[Item] = []

    def act(self, what: str, many: int) -> None:
        self.clock.forward(hours=1)
        if what == "choose":
            change_named_feed(self.desk, "choix", CHOICES[many % len(CHOICES)], actor="cli")
            change_named_feed(self.desk, "une-fois", ONCE[many % len(ONCE)], actor="cli")
            return
        with self.desk.storage.transaction() as tx:
            for place in range(many):
                number = self.chance.randrange(len(self.items)) if self.items else 0
                if what == "post" or not self.items:
                    self.items.append(self.made(len(self.items), place))
                    number = -1
                else:
                    self.items[number] = getattr(self, what)(self.items[number])
                tx.put_item(self.items[number], self.desk.now())

    def made(self, number: int, place: int) -> Item:
        item_id, now = self.desk.mint(), self.desk.now()
        dated = now - timedelta(days=self.chance.choice([0, 0, 1, 2000]), seconds=place)
        told = self.chance.choice(self.items).story_id if self.items and self.chance.random() < 0.3 else item_id
        return Item(
            item_id, told, f"n° {number}", self.chance.choice(["fr", "fr", "en"]), Status.PUBLISHED, now, dated,
            published=dated, first_published=now, categories=self.some(),
        )  # fmt: skip

    def some(self) -> frozenset[str]:
        return frozenset(self.chance.sample(self.categories, self.chance.randint(0, 2)))

    def edit(self, item: Item) -> Item:
        return replace(item, title=f"{item.title}’", version=item.version + 1)

    def move(self, item: Item) -> Item:
        return replace(item, categories=self.some(), language=self.chance.choice([item.language, "en"]))

    def retract(self, item: Item) -> Item:
        return replace(item, status=Status.WITHDRAWN, withdrawn=self.desk.now())

    def restore(self, item: Item) -> Item:
        return replace(item, status=Status.PUBLISHED, withdrawn=None)

    def visible(self, feed: str) -> dict[str, str]:
        slug, _, language = feed.partition(".")
        with self.desk.storage.read() as reader:
            if feed == "une-fois":
                once = resolve(reader, feed)
                return {urn(one.story_id): one.title for one in reader.shelf(once, limit=10_000, prefer=once.prefer)}
            category = None if slug == "all" else reader.category_of_slug(slug)
            chosen = build([category] if category else [], any_of=False, language=language or None)
            shelf = {item.guid: item.title for item in reader.shelf(chosen, limit=10_000)}
        shown = [
            item for item in self.items
            if item.visible and language in ("", item.language) and (not category or holds(category, item))
        ]  # fmt: skip
        assert shelf == {item.guid: item.title for item in shown}
        return shelf


def holds(category: Category, item: Item) -> bool:
    if isinstance(category, NamedFeed):
        return category.chosen.holds(item.categories, item.language)
    return category.id in item.categories


@pytest.fixture
def newsrooms(tmp_path_factory, clock):
    """Makes an empty newsroom with two categories; the one before is closed."""
    opened: list[Desk] = []

    def made() -> Desk:
        if opened:
            opened.pop().storage.close()
        place = tmp_path_factory.mktemp("walk") / "depeche.db"
        opened.append(open_desk(Settings(database=place, base_url=BASE), clock=clock, create=True))
        for name in ("Doctorat", "Masters"):
            add_category(opened[0], name, actor="cli")
        add_named_feed(opened[0], "Choix", "masters", actor="cli")
        add_named_feed(opened[0], "Une fois", ONCE[0], actor="cli")
        return opened[0]

    yield made
    for desk in opened:
        desk.storage.close()


steps = st.lists(
    st.tuples(
        st.sampled_from(["post", "post", "edit", "move", "retract", "restore", "choose"]),
        st.integers(1, 130),
        st.booleans(),
    ),
    min_size=1,
    max_size=9,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps, st.integers(0, 2**32))
def test_readers_end_with_exactly_what_is_shown_in_its_latest_version(newsrooms, clock, done, seed):
    desk = newsrooms()
    staff, web = Staff(desk, clock, random.Random(seed)), Web(desk)
    pollers = [Reader(web, feed) for feed in FEEDS]
    for what, many, polled in done:
        staff.act(what, many)
        for poller in pollers if polled else ():
            poller.poll()
    for poller in pollers:
        shown = staff.visible(poller.feed)
        poller.poll()
        newcomer = Reader(web, poller.feed)
        newcomer.poll()
        assert poller.entries == newcomer.entries == walked_json(web, poller.feed) == shown
        for address, known in poller.read.items():
            assert ids_in(ElementTree.fromstring(web.get(address))) <= known

"""One tick over every kind of nonsense, with a hundred good sources."""

from __future__ import annotations

import importlib
import resource
from collections.abc import Sequence
from html.parser import HTMLParser
from types import ModuleType

import pytest

from desk.collecting.collect import Outcome, collect_due
from desk.context import Desk
from desk.items.listing import ItemFilter, list_items
from desk.sources.registry import NewSource, add_source
from net.allowed_networks import parse_allowed
from news.items import Item

GOOD = 100


class Active(HTMLParser):
    """What of some markup would run in a browser."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[object] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "iframe", "svg", "math", "style", "object", "noscript"):
            self.found.append(tag)
        for name, value in attrs:
            led = name in ("href", "src") and not str(value).startswith(("http://", "https://", "mailto:"))
            if led or name.startswith("on"):
                self.found.append((tag, name, value))


def loaded() -> ModuleType:
    """The hostile server; its bombs are made only when they are needed."""
    return importlib.import_module("tests.acceptance.hostile")


@pytest.mark.long
def test_one_tick_over_all_of_it_leaves_the_good_ones_fresh_and_names_each_failure(desk: Desk):
    hostile = loaded()
    server = hostile.Hostile()
    room = desk.with_settings(allowed_networks=parse_allowed("127.0.0.0/8"), fetch_pause=0.0)
    good, bad = good_ones(room, server), bad_ones(room, hostile, server)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    outcomes = collect_due(room)
    server.close()
    assert {outcome.source.id for outcome in outcomes} == {*good, *bad}
    assert unnamed(outcomes, bad) == {}
    fresh = [outcome for outcome in outcomes if outcome.source.id in good]
    assert [(outcome.error, outcome.new) for outcome in fresh] == [(None, 1)] * GOOD
    assert room.storage.problems() == ()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown < 300, f"the worker grew by {grown:.0f} MB"
    assert_harmless(list_items(room, ItemFilter(limit=20_000)), room)
    assert_not_stolen(room, good)


def good_ones(room: Desk, server) -> list[str]:
    urls = [server.url(f"/good{number}") for number in range(GOOD)]
    return [add_source(room, NewSource(url, "feed", trust="publish"), "cli").id for url in urls]


def bad_ones(room: Desk, hostile: ModuleType, server) -> dict[str, str]:
    """How each is known, by the source's id: the beginning of a key; "" where it may also be read. Each stands on a
    host of its own, since two at once is what one host gets."""
    pages = [(path, kind, key) for path, _, kind, key in hostile.BAD_PAGES]
    listed = [(path, "feed", key) for path, _, key in hostile.BAD] + pages
    urls = [(server.url(path, f"127.0.1.{number + 1}"), kind, key) for number, (path, kind, key) in enumerate(listed)]
    urls += [(server.url("/page", host), "page", "source.robots.unavailable") for host in ("127.0.0.4", "127.0.0.5")]
    urls += [(server.url("/page", host), "page", "") for host in ("127.0.0.2", "127.0.0.3")]
    return {add_source(room, NewSource(url, kind, trust="publish"), "cli").id: key for url, kind, key in urls}


def unnamed(outcomes: Sequence[Outcome], bad: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Failures that are not called what they are: found and wanted, by address."""
    keys = {each.source.url: (each.error.key if each.error else "", bad.get(each.source.id, "")) for each in outcomes}
    return {url: (found, wanted) for url, (found, wanted) in keys.items() if not found.startswith(wanted)}


def assert_harmless(items: Sequence[Item], room: Desk) -> None:
    assert len(items) > 300
    for item in items:
        addresses = [item.link, item.image.url if item.image else None]
        assert all(one.startswith(("http://", "https://")) for one in addresses if one), item
        assert Active(item.content_html).found == [], item
        assert "root:" not in f"{item.title}{item.summary}{item.content_html}"
        assert item.published is None or item.published <= room.now()


def assert_not_stolen(room: Desk, good: Sequence[str]) -> None:
    """The item whose guid and link another source brought, too, is still its first source's, with its own words."""
    first = list_items(room, ItemFilter(source=good[0]))[0]
    assert (first.title, first.merged_into) == ("Une", None)

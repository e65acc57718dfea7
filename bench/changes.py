"""One item changes in the large newsroom: how soon its feeds are fresh, and what is rendered for it."""

from __future__ import annotations

import random
from dataclasses import replace

from bench.figures import median, milliseconds, p99, say
from desk.context import Desk, system_clock
from desk.items.posting import edit_item
from desk.publishing.publisher import Publisher
from desk.publishing.recipes import FEEDS, Gather, Recipe, Write
from news.drafts import Draft
from news.items import Item
from news.selections import LANGUAGES, Selection, build
from storage.contract import Reader
from storage.records import FeedState

ROUNDS, WARM, TARGET = 20, 500, 50
Feed = tuple[Selection, str]


class Counted:
    """The feeds' recipes, which note what they make."""

    def __init__(self) -> None:
        self.made: set[Feed] = set()
        self.recipes = {name: replace(recipe, gather=self._noting(recipe)) for name, recipe in FEEDS.items()}

    def _noting(self, recipe: Recipe) -> Gather:
        def gather(desk: Desk, reader: Reader, selection: Selection, state: FeedState) -> Write:
            self.made.add((selection, recipe.name))
            return recipe.gather(desk, reader, selection, state)

        return gather


def measure(desk: Desk) -> None:
    """Print how long the first feed of a changed item takes, and how many are rendered."""
    desk = replace(desk, clock=system_clock)
    counted, publisher, chance = Counted(), Publisher(desk), random.Random(8)
    warm = _feeds(desk, chance)
    _ask(publisher, counted, warm)
    first, all_warm, rendered = [], [], 0
    for number in range(ROUNDS):
        item = _change(desk, number, chance)
        own = [feed for feed in warm if _shows(feed[0], item)]
        counted.made.clear()
        publisher.changed()
        first.append(milliseconds(lambda own=own: _ask(publisher, counted, own[:1])))  # type: ignore[misc]
        all_warm.append(milliseconds(lambda: _ask(publisher, counted, warm)))
        assert counted.made == set(own), "exactly the feeds that show the item are rendered"
        rendered += len(own)
    say(f"One item changes, {WARM} warm feeds of {len(desk_categories(desk))} categories, {ROUNDS} times")
    say(f"{'':34}{'median':>9}{'p99':>9}{'target':>9}")
    say(f"{'its first feed, fresh, in ms':34}{median(first):9.1f}{p99(first):9.1f}{TARGET:7} ms")
    say(f"{'all warm feeds looked at, in ms':34}{median(all_warm):9.1f}{p99(all_warm):9.1f}")
    say(f"rendered: {rendered / ROUNDS:.1f} a change, each of them a feed that shows the item, and no other")


def desk_categories(desk: Desk) -> list[str]:
    """The addresses of the newsroom's categories."""
    with desk.storage.read() as reader:
        return [category.slug for category in reader.categories()]


def _feeds(desk: Desk, chance: random.Random) -> list[Feed]:
    """``all``, and others at random, in every format."""
    with desk.storage.read() as reader:
        known = list(reader.categories())
    every = [build([], any_of=False)]
    every += [build([one], any_of=False, language=language) for one in known for language in (None, *LANGUAGES)]
    pairs = [(selection, name) for selection in every for name in FEEDS]
    return pairs[:3] + chance.sample(pairs[3:], WARM - 3)


def _ask(publisher: Publisher, counted: Counted, feeds: list[Feed]) -> None:
    for selection, name in feeds:
        publisher.document(selection.address, counted.recipes[name])


def _change(desk: Desk, number: int, chance: random.Random) -> Item:
    with desk.storage.read() as reader:
        item = chance.choice(reader.shelf(build([], any_of=False), limit=50))
    return edit_item(desk, item.id, Draft(f"Changé, {number}"), "bench", only=frozenset({"title"}))


def _shows(selection: Selection, item: Item) -> bool:
    filed = not selection.members or selection.members[0].id in item.categories
    return filed and selection.language in (None, item.language)

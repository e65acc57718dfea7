"""New items of many sources, stored together: what a first look at a source brings mostly concerns no other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from desk.recording import record_new
from news.arrivals import Situation
from news.collected import Collected, Reading
from news.days import due
from news.items import Item
from news.lifecycle import no_later
from news.links import canonical
from news.recognise import aliases, fingerprint
from news.rules import Placer, Rule
from news.similar import is_comparable, title_keys
from news.sources import Source
from storage.contract import Transaction
from storage.records import NewCopy


class Batch:
    """What waits to be stored in ``tx``. Whoever decides by what is stored asks for it to be stored first, where any of
    it may matter; at the end of the transaction the rest is."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._items: list[Item] = []
        self._copies: dict[str, list[NewCopy]] = defaultdict(list)
        self._alikes: list[tuple[str, str]] = []
        self._met: set[str | int] = set()
        self._situation: Situation | None = None
        self._texts: dict[str, str] = {}
        self._placers: dict[tuple[Rule, ...], Placer] = {}
        self._with_copies: set[str] = set()
        self._links: set[str] = set()

    def expect(self, readings: Sequence[tuple[Source, Reading]]) -> None:
        """Ask once what is stored already of the sources, and of the links, that are to come. What is stored in this
        turn is added to it."""
        self._with_copies |= self._tx.sources_with_copies([source.id for source, _ in readings])
        entries = (entry for _, reading in readings for entry in reading.entries)
        self._links |= self._tx.links_known({canonical(entry.link) for entry in entries if entry.link})

    def has_copies(self, source: Source) -> bool:
        """Whether anything of an expected ``source`` has come, now or ever."""
        return source.id in self._with_copies

    def is_known(self, link: str) -> bool:
        """Whether this canonical ``link`` of something expected leads to an item, which may wait here."""
        return link in self._links

    def linked(self, link: str | None) -> None:
        """An item leads to ``link`` now."""
        if link:
            self._links.add(canonical(link))

    def placer(self, rules: tuple[Rule, ...]) -> Placer:
        """What tries ``rules``, over the categories of today; many sources have the same."""
        if rules not in self._placers:
            self._placers[rules] = Placer(rules, self._tx.categories())
        return self._placers[rules]

    def add(
        self, situation: Situation, entries: Sequence[Collected], items: Sequence[Item],
        alikes: Sequence[tuple[str, str]],
    ) -> None:  # fmt: skip
        """The ``items`` that a source's ``entries`` have become wait, with what it calls them, and the pairs that
        resemble each other (ids)."""
        self._situation = situation
        self._items += items
        self._copies[situation.source.id] += [
            NewCopy(item.id, aliases(entry), fingerprint(entry)) for entry, item in zip(entries, items, strict=True)
        ]
        self._texts |= {entry.content_html: entry.gist.text for entry in entries if entry.gist and entry.content_html}
        self._alikes += alikes
        self._with_copies.add(situation.source.id)
        for item in items:
            self.linked(item.link)
            self._met.update(_marks_of(item, situation))

    def store_what_meets(self, entries: Sequence[Collected], situation: Situation) -> None:
        """Store what waits if a decision on ``entries`` may depend on it: it is of the same source, or something has
        the same link, the same guid, or a title like one of theirs."""
        if self._items and (
            situation.source.id in self._copies
            or not self._met.isdisjoint(mark for entry in entries for mark in _marks_in(entry, situation))
        ):
            self.store()

    def store(self) -> None:
        """Store what waits."""
        if self._situation is None:
            return
        record_new(
            self._tx, self._items, actor_of=_source_of, action="collected", now=self._situation.now, texts=self._texts
        )
        self._tx.put_new_copies(self._copies)
        for one, other in self._alikes:
            self._tx.put_likeness(one, other, apart=False)
        self._items, self._alikes, self._situation = [], [], None
        self._copies.clear()
        self._texts.clear()
        self._met.clear()


def _source_of(item: Item) -> str:
    assert item.origin is not None
    return f"source:{item.origin.source_id}"


def _marks_of(item: Item, situation: Situation) -> Iterator[str | int]:
    if item.link:
        yield canonical(item.link)
    if item.origin and item.origin.keeps_guid and item.origin.guid:
        yield item.origin.guid
    if is_comparable(item.published or item.created, situation.now):
        yield from title_keys(item.title)


def _marks_in(entry: Collected, situation: Situation) -> Iterator[str | int]:
    if entry.link:
        yield canonical(entry.link)
    if entry.guid:
        yield entry.guid
    moment = due(no_later(entry.published, situation.now, situation.zone), situation.zone)
    if is_comparable(moment, situation.now):
        yield from title_keys(entry.title)

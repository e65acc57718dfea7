"""A source's entries arrive: each becomes a new item, changes one, or is what we have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desk.context import Desk
from desk.recording import record
from news.arrivals import Situation, matched, new_item, refreshed
from news.categories import Category
from news.collected import Collected, Reading
from news.items import Item
from news.links import canonical, is_iri_of
from news.mapping import mapped
from news.recognise import aliases, fingerprint, one_each
from news.sources import Source
from storage.contract import Transaction
from storage.records import Known


@dataclass(frozen=True, slots=True)
class Counts:
    """How many entries were new, changed, or the same as before."""

    new: int = 0
    changed: int = 0
    same: int = 0


def store_entries(desk: Desk, tx: Transaction, source: Source, reading: Reading) -> Counts:
    """Store what ``reading`` says in ``tx``. The top of the document gets the latest id of those of one day."""
    entries = one_each(reading.entries)
    situation = Situation(source, desk.now(), desk.settings.timezone, desk.settings.language, reading.language)
    categories = tx.categories()
    known = matched(entries, tx.known(source.id, [alias for entry in entries for alias in aliases(entry)]))
    changed = same = 0
    fresh = []
    for entry, copy in zip(entries, known, strict=True):
        if copy is None:
            fresh.append(entry)
        elif copy.fingerprint == fingerprint(entry):
            same += 1
        else:
            changed += _change(tx, copy, entry, situation, categories)
    _store_new(desk, tx, list(reversed(fresh)), situation, categories)
    return Counts(len(fresh), changed, same)


def _change(
    tx: Transaction, copy: Known, entry: Collected, situation: Situation, categories: Sequence[Category]
) -> int:
    before = copy.item
    after = refreshed(before, entry, situation, _mapped(entry, situation.source, categories))
    tx.put_aliases(situation.source.id, before.id, aliases(entry), fingerprint(entry))
    if after == before:
        return 0
    after = replace(after, version=before.version + 1)
    record(tx, before, after, actor=_who(situation.source), action="changed at the source", now=situation.now)
    return 1


def _store_new(
    desk: Desk,
    tx: Transaction,
    entries: Sequence[Collected],
    situation: Situation,
    categories: Sequence[Category],
) -> None:
    source = situation.source
    told = tx.visible_by_canonical({canonical(entry.link) for entry in entries if entry.link})
    own = [entry.guid for entry in entries if entry.guid and is_iri_of(entry.guid, source.url)]
    taken = set(tx.kept_guids(own))
    for entry in entries:
        item = new_item(
            entry, situation, _mapped(entry, source, categories), item_id=desk.mint(),
            same_story=_elsewhere(entry, source, told), guid_is_free=entry.guid not in taken,
        )  # fmt: skip
        if item.origin and item.origin.keeps_guid and item.origin.guid:
            taken.add(item.origin.guid)
        record(tx, None, item, actor=_who(source), action="collected", now=situation.now)
        tx.put_aliases(source.id, item.id, aliases(entry), fingerprint(entry))


def _elsewhere(entry: Collected, source: Source, told: dict[str, Item]) -> Item | None:
    """A visible item of another origin that has this entry's link."""
    item = told.get(canonical(entry.link)) if entry.link else None
    return None if item is None or (item.origin and item.origin.source_id == source.id) else item


def _mapped(entry: Collected, source: Source, categories: Sequence[Category]) -> frozenset[str]:
    return mapped(entry.terms, categories, source.map)


def _who(source: Source) -> str:
    return f"source:{source.id}"

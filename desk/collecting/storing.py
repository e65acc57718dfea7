"""A source's entries arrive: each becomes a new item, changes one, or is what we have; a flood waits as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from desk.collecting.batch import Batch
from desk.collecting.flooded import Flooded
from desk.context import Desk
from desk.recording import record
from desk.stories.similar import Alike
from news.arrivals import Situation, language_of, matched, new_item, refreshed, subject_of
from news.collected import Collected, Reading
from news.items import Item
from news.links import canonical, is_iri_of
from news.recognise import Alias, aliases, fingerprint, is_ours, minted_names, minted_origins, one_each
from news.rules import Placer
from news.sources import Source
from sources.newest import newest_of
from storage.contract import Transaction
from storage.records import Known


@dataclass(frozen=True, slots=True)
class Counts:
    """How many entries were new, changed, or the same as before."""

    new: int = 0
    changed: int = 0
    same: int = 0


def store_entries(desk: Desk, tx: Transaction, batch: Batch, source: Source, reading: Reading) -> Counts:
    """Store what ``reading`` says in ``tx``; what is new waits in ``batch``, to be stored with that of others. The
    top of the document gets the latest id of those of one day."""
    situation = Situation(source, desk.now(), desk.settings.timezone, desk.settings.language, reading.language)
    entries = _others(desk, tx, one_each(reading.entries))
    batch.store_what_meets(entries, situation)
    before = batch.has_copies(source)
    if not before:
        entries = newest_of(entries, lambda entry: entry.published, desk.settings.first_fetch)
    placer = batch.placer(source.rules)
    names = [alias for entry in entries for alias in aliases(entry)] if before else []
    told = tx.known(source.id, names)
    known = matched(entries, told)
    changed = same = 0
    fresh = []
    for entry, copy in zip(entries, known, strict=True):
        if copy is None:
            fresh.append(entry)
        elif copy.fingerprint == fingerprint(entry):
            same += 1
            _learn(tx, source, copy, entry, told)
        else:
            batch.store()
            changed += _change(tx, copy, entry, situation, placer)
            batch.linked(entry.link)
    flooded = Flooded(tx, source, fresh, len(entries), situation.now) if before and fresh else None
    if flooded:
        fresh = flooded.let_in(fresh)
    held = bool(flooded and flooded.holds)
    items = _arrived(desk, tx, batch, list(reversed(fresh)), situation, placer, held=held)
    if flooded and held:
        batch.store()
        flooded.keep(items)
    return Counts(len(items), changed, same)


def _others(desk: Desk, tx: Transaction, entries: Sequence[Collected]) -> list[Collected]:
    """``entries`` without our own news, which came back by way of somebody who reads our feeds."""
    minted = minted_names(entries)
    ours = [minted[item_id] for item_id in tx.items_named(minted)] if minted else []
    origins = minted_origins(entries)
    ours += [entry for origin in tx.named_by_us(origins) for entry in origins[origin]] if origins else []
    return [entry for entry in entries if entry not in ours and not is_ours(entry, desk.settings.base_url)]


def _learn(tx: Transaction, source: Source, copy: Known, entry: Collected, told: Collection[Alias]) -> None:
    """An entry under another name than before: by that the next edit is recognised."""
    names = aliases(entry)
    if any(name not in told for name in names):
        tx.put_aliases(source.id, copy.item.id, names, copy.fingerprint)


def _change(tx: Transaction, copy: Known, entry: Collected, situation: Situation, placer: Placer) -> int:
    before = copy.item
    after = refreshed(before, entry, situation, _placed(entry, situation, placer))
    tx.put_aliases(situation.source.id, before.id, aliases(entry), fingerprint(entry))
    if after == before:
        return 0
    after = replace(after, version=before.version + 1)
    record(tx, before, after, actor=_who(situation.source), action="changed at the source", now=situation.now)
    return 1


def _arrived(
    desk: Desk, tx: Transaction, batch: Batch, entries: Sequence[Collected], situation: Situation,
    placer: Placer, *, held: bool,
) -> list[Item]:  # fmt: skip
    """The items that new ``entries`` become; they wait in ``batch``."""
    source = situation.source
    told = _told(tx, batch, entries)
    alike = Alike(tx, [] if held else entries, situation)
    own = [entry.guid for entry in entries if entry.guid and is_iri_of(entry.guid, source.url)]
    taken = set(tx.kept_guids(own))
    items: list[Item] = []
    alikes: list[tuple[str, str]] = []
    for entry in entries:
        same_story = None if held else _elsewhere(entry, source, told)
        resembling = [] if same_story else alike.to(entry)
        item = new_item(
            entry, situation, _placed(entry, situation, placer), item_id=desk.mint(), same_story=same_story,
            guid_is_free=entry.guid not in taken, held=held or any(map(Alike.decided, resembling)),
        )  # fmt: skip
        if item.origin and item.origin.keeps_guid and item.origin.guid:
            taken.add(item.origin.guid)
        alikes += [(item.id, other.id) for other in resembling]
        items.append(item)
    if items:
        batch.add(situation, entries, items, alikes)
    return items


def _told(tx: Transaction, batch: Batch, entries: Sequence[Collected]) -> dict[str, Item]:
    """Items by the canonical link of entries: what is in public, or else what staff took back or refused, which does
    not return by way of another source. A link that several entries share, or that leads to a whole site, tells no
    story."""
    often = Counter(canonical(entry.link) for entry in entries if entry.link)
    known = [link for link in often if batch.is_known(link)]
    links = [link for link in known if often[link] == 1 and not link.endswith("/")]
    shown = tx.visible_by_canonical(known)
    return tx.ended_by_canonical(links) | shown


def _elsewhere(entry: Collected, source: Source, told: dict[str, Item]) -> Item | None:
    """An item of another origin that has this entry's link."""
    item = told.get(canonical(entry.link)) if entry.link else None
    return None if item is None or (item.origin and item.origin.source_id == source.id) else item


def _placed(entry: Collected, situation: Situation, placer: Placer) -> frozenset[str]:
    return placer.place(subject_of(entry, language_of(entry, situation), whole=placer.reads_text)).categories


def _who(source: Source) -> str:
    return f"source:{source.id}"

"""Items of a JSON Feed become items of ours: with ids of their own, and the dates they had."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from desk.context import Desk
from desk.importing.imports import Remark, Told, Words
from news.collected import Collected, Reading
from news.errors import InvalidInput
from news.items import Brought, Item, Status
from news.lifecycle import placed, touched
from news.links import canonical, is_iri_of
from sources.json_feed import read_json_feed
from storage.contract import Reader


def feed_items(desk: Desk, reader: Reader, text: str, url: str) -> Told:
    """The items that the JSON Feed in ``text``, fetched from ``url`` or "", tells of. One without a date waits for
    review: published, it would stand on top as if it were new. Raises NotUnderstood."""
    zone = desk.settings.timezone
    # All of them: unlike a source's window, an import comes once, and the size of the document bounds it.
    reading = read_json_feed(text, url=url, zone=zone, newest=len(text))
    words, now = Words.of_names(reader.categories()), desk.now()
    entries = _not_told(reader, reading)
    # The top of the document gets the latest id of those of one moment.
    items = tuple(_item(desk, entry, reading, words, now, zone) for entry in reversed(entries))
    undated = (entry for entry in entries if entry.published is None)
    notes = [Remark(entry.title[:100], InvalidInput("import.item.undated")) for entry in undated]
    return Told(items, len(reading.entries) - len(entries), notes=(*notes, *words.unknown()))


def _not_told(reader: Reader, reading: Reading) -> list[Collected]:
    """Entries that were not imported before, and that no visible item points to already. A link that several share
    (a home page) tells none of them."""
    names = [_name(entry, reading) for entry in reading.entries]
    met = reader.brought(names) | reader.kept_guids(names)
    links = [canonical(entry.link) if entry.link else "" for entry in reading.entries]
    often = Counter(links)
    told = reader.visible_by_canonical({link for link in links if link and often[link] == 1})
    known = zip(reading.entries, names, links, strict=True)
    return [entry for entry, name, link in known if name not in met and link not in told]


def _item(desk: Desk, entry: Collected, reading: Reading, words: Words, now: datetime, zone: ZoneInfo) -> Item:
    item_id = desk.mint()
    tongue = entry.language or reading.language or desk.settings.language
    bare = Item(
        id=item_id, story_id=item_id, title=entry.title, language=tongue.split("-")[0].lower()[:8],
        status=Status.DRAFT, created=now, updated=now, link=entry.link, summary=entry.summary,
        content_html=entry.content_html, author=entry.author, image=entry.image, categories=words.ids(entry.terms),
        brought=Brought(_name(entry, reading)),
    )  # fmt: skip
    if entry.published is None:
        return placed(bare, Status.REVIEW, None, now, zone)
    item = touched(bare, placed(bare, Status.PUBLISHED, entry.published, now, zone), now)
    said = entry.updated.moment if entry.updated else None
    changed_since = said and item.published and item.published < said <= now
    return replace(item, updated=said) if said and changed_since else item


def _name(entry: Collected, reading: Reading) -> str:
    """What tells ``entry`` from every other. An id that is no address is unique within its feed alone."""
    name = entry.guid or entry.link or entry.title
    if is_iri_of(name, name):
        return name
    return f"{reading.home or reading.title or ''} {name}"

"""What becomes of a source's entries: a new item, a changed one, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from news.collected import Collected
from news.days import due
from news.items import Item, Origin, Status, carried
from news.lifecycle import no_later, placed, standing, touched, when_of
from news.links import is_iri_of
from news.recognise import Alias, aliases, body_text
from news.rules import Subject
from news.sanitise import text_of
from news.significance import says_otherwise
from news.sources import Source, Trust

FIELDS = ("title", "link", "summary", "content_html", "author", "image", "language")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Situation:
    """What a decision about an entry depends on besides the entry. ``language``: of the document, or None."""

    source: Source
    now: datetime
    zone: ZoneInfo
    default_language: str
    language: str | None = None


def matched(entries: Sequence[Collected], known: Mapping[Alias, T]) -> list[T | None]:
    """For each entry what ``known`` has of it: by guid first; then by link what no other entry claims by a
    surer name. A link that several entries share (a home page) tells none of them apart."""
    found: list[T | None] = [None] * len(entries)
    claimed: list[T] = []
    if not known:
        return found
    names = [aliases(entry) for entry in entries]
    said = Counter(alias for each in names for alias in each)
    for kind in ("guid", "link", "canonical", "title"):
        for place, each in enumerate(names):
            name = next((alias for alias in each if alias.kind == kind and said[alias] == 1), None)
            copy = known.get(name) if name else None
            if found[place] is None and copy is not None and copy not in claimed:
                found[place] = copy
                claimed.append(copy)
    return found


def new_item(
    entry: Collected,
    situation: Situation,
    categories: frozenset[str],
    *,
    item_id: str,
    same_story: Item | None,
    guid_is_free: bool,
    held: bool = False,
) -> Item:
    """The item ``entry`` becomes. ``same_story``: an item that tells the same, which it then backs up. ``held``: a
    person decides, however trusted the source; so do they of what has no category."""
    source, now = situation.source, situation.now
    keeps = guid_is_free and same_story is None and entry.guid is not None and is_iri_of(entry.guid, source.url)
    trusted = source.trust is Trust.PUBLISH and bool(categories) and not held
    asked = Status.PUBLISHED if trusted else Status.REVIEW
    there = standing(asked, no_later(entry.published, now, situation.zone), now, situation.zone)
    assert there.published is not None
    said = entry.updated.moment if entry.updated else None
    return Item(
        id=item_id,
        story_id=same_story.story_id if same_story else item_id,
        title=entry.title,
        language=language_of(entry, situation),
        status=there.status,
        created=now,
        updated=said if said and there.published < said <= now else there.published,
        link=entry.link,
        summary=entry.summary,
        content_html=entry.content_html,
        author=entry.author,
        image=entry.image,
        categories=categories,
        day=there.day,
        published=there.published,
        due=there.due,
        first_published=there.first_published,
        origin=Origin(source.id, source.name, entry.guid, entry.terms, keeps),
        merged_into=same_story.id if same_story else None,
    )


def refreshed(item: Item, entry: Collected, situation: Situation, categories: frozenset[str]) -> Item:
    """``item`` after its source changed ``entry``: what staff changed stays as it is; a withdrawn one stays so.
    Readers are told again of other words only, since a source's markup, pictures and links change on their own."""
    if item.status is Status.WITHDRAWN:
        return item
    said = {name: getattr(entry, name) for name in FIELDS} | {"language": language_of(entry, situation)}
    kept = {name: value for name, value in said.items() if name not in item.overridden}
    if "categories" not in item.overridden:
        kept["categories"] = categories
    after = replace(item, **kept)
    after = replace(after, image=carried(item.image, after.image))
    assert item.origin is not None
    after = replace(after, origin=replace(item.origin, terms=entry.terms))
    dated = "date" not in item.overridden and item.status is not Status.SCHEDULED and _has_come(entry, situation)
    if dated and entry.published != when_of(item):
        after = placed(after, after.status, entry.published, situation.now, situation.zone)
    return touched(item, after, situation.now, significant=says_otherwise(item, after))


def _has_come(entry: Collected, situation: Situation) -> bool:
    """Whether the entry's date can be believed: one ahead of now would lift the item to the top at each change."""
    return entry.published is not None and due(entry.published, situation.zone) <= situation.now


def subject_of(entry: Collected, language: str, *, whole: bool = True) -> Subject:
    """What a source's rules look at of ``entry``, which is in ``language``; ``whole``: with its text."""
    text = f"{entry.summary}\n{body_text(entry)}" if whole else ""
    return Subject(entry.terms, entry.title, text, primary(language))


def subject_of_item(item: Item) -> Subject:
    """The same of what became an item."""
    terms = item.origin.terms if item.origin else ()
    return Subject(terms, item.title, f"{item.summary}\n{text_of(item.content_html)}", item.language)


def language_of(entry: Collected, situation: Situation) -> str:
    """The language of ``entry`` (BCP 47 primary tag): its source's, its own, its document's, or the newsroom's."""
    tag = situation.source.language or entry.language or situation.language or situation.default_language
    return primary(tag)


@lru_cache(maxsize=256)
def primary(tag: str) -> str:
    """The primary tag of a BCP 47 language ``tag`` (RFC 5646 §2.2.1), also of one written with an underscore."""
    return tag.replace("_", "-").split("-")[0].lower()[:8]

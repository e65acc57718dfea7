"""Items of an archive of our own, as they were: the same ids, dates and states."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from desk.context import Desk
from desk.importing.imports import Remark, Told, Words
from news.days import due
from news.errors import InvalidInput
from news.items import Item, Status
from news.named_feeds import NamedFeed
from sources.archive import Archived, read_archive
from storage.contract import Reader


def archived_items(desk: Desk, reader: Reader, text: str) -> Told:
    """The items that the archive in ``text`` tells of. Raises NotUnderstood."""
    settings, now = desk.settings, desk.now()
    words = Words(lambda slug: _category(reader, slug))
    items, refused, there = [], [], 0
    for name, read in read_archive(text, base=settings.base_url, zone=settings.timezone):
        if isinstance(read, InvalidInput):
            refused.append(Remark(name, read))
        elif reader.item(read.id):
            there += 1
        else:
            categories = words.ids(read.slugs)
            items.append(_dated(_bare(read, settings.language, categories, now), read, now, settings.timezone))
    # Items of one moment stand in the order they were stored in; an archive has the newest first.
    return Told(tuple(reversed(items)), there, refused=tuple(refused), notes=words.unknown())


def _category(reader: Reader, slug: str) -> frozenset[str]:
    category = reader.category_of_slug(slug)
    known = category and category.retired is None and not isinstance(category, NamedFeed)
    return frozenset({category.id}) if category and known else frozenset()


def _bare(read: Archived, language: str, categories: frozenset[str], now: datetime) -> Item:
    # A day is shown by a moment that may still lie ahead of now.
    updated = min(read.updated or read.published or now, max(now, read.published or now))
    return Item(
        id=read.id, story_id=read.story_id, title=read.title,
        language=(read.language or language).split("-")[0].lower()[:8], status=read.status, created=updated,
        updated=updated, link=read.link, summary=read.summary, content_html=read.content_html, author=read.author,
        image=read.image, categories=categories, day=read.when.day if read.when else None, published=read.published,
        brought=read.brought,
    )  # fmt: skip


def _dated(item: Item, read: Archived, now: datetime, zone: ZoneInfo) -> Item:
    """``item`` in its state: what was to come, or says it will, is published by the worker at its time."""
    if item.status is Status.WITHDRAWN:
        return replace(item, withdrawn=item.updated)
    if read.when is None or item.status in (Status.DRAFT, Status.REVIEW):
        return item
    if item.status is Status.SCHEDULED or due(read.when, zone) > now:
        return replace(item, status=Status.SCHEDULED, due=due(read.when, zone))
    return replace(item, first_published=item.published)

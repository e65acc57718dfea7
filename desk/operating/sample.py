"""The sample newsroom, loaded as if a school had posted it over two years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from desk.categories.named_feeds import put_new_feed
from desk.categories.registry import put_new
from desk.context import Desk
from desk.operating.sample_partners import add_partners
from desk.pictures.uploads import keep
from desk.recording import record
from news.days import local_day, rfc3339
from news.drafts import Draft, check
from news.items import Image, Item, Status, When
from news.lifecycle import placed, touched
from news.pictures import Picture, upload_url
from sample import SampleItem, load
from sample.drawings import DRAWINGS, drawn
from sources.picture import renditions
from storage.contract import Reader, Transaction

ACTOR = "sample"


def fill_with_sample(desk: Desk) -> int:
    """Add the sample's categories, named feeds, partners and items to an empty newsroom; how many items. One in use is
    left alone. All of it is there, or nothing."""
    now = desk.now()
    newsroom = load(local_day(now, desk.settings.timezone), desk.settings.timezone)
    developed = {name: renditions(drawn(name)) for name in DRAWINGS} if is_empty(desk) else {}
    with desk.storage.transaction() as tx:
        if not _nothing_in(tx):
            return 0
        for category in newsroom.categories:
            put_new(desk, tx, category.name_fr, name_en=category.name_en, slug=category.slug, actor=ACTOR)
        for feed in newsroom.feeds:
            put_new_feed(desk, tx, feed.name_fr, feed.selection, name_en=feed.name_en, slug=feed.slug, actor=ACTOR)
        pictures = {name: keep(desk, tx, files) for name, files in developed.items()}
        _add_items(desk, tx, newsroom.items, pictures, now)
        add_partners(desk, tx, newsroom.partners, now)
    return len(newsroom.items)


def is_empty(desk: Desk) -> bool:
    """Whether nobody has put anything in the newsroom yet."""
    with desk.storage.read() as reader:
        return _nothing_in(reader)


def _nothing_in(reader: Reader) -> bool:
    return not (reader.categories() or reader.item_counts() or reader.sources() or reader.users())


def _add_items(
    desk: Desk, tx: Transaction, items: Iterable[SampleItem], pictures: Mapping[str, Picture], now: datetime
) -> None:
    known = {category.slug: category for category in tx.categories()}
    stories: dict[str, str] = {}
    for told in items:
        item_id = desk.mint()
        story = stories.setdefault(told.story, item_id)
        fields = check(_draft(told), known, desk.settings.timezone, desk.settings.base_url)
        blank = Item(item_id, story, fields.title, fields.language, Status.DRAFT, now, now)
        filled = replace(
            blank, link=fields.link, summary=fields.summary, content_html=fields.content_html,
            author=fields.author, categories=fields.categories, image=_image(told, pictures),
        )  # fmt: skip
        when = When(day=told.day, moment=told.moment)
        item = placed(filled, Status.PUBLISHED, when, now, desk.settings.timezone)
        record(tx, None, touched(filled, item, now), actor=ACTOR, action="posted", now=now)


def _image(told: SampleItem, pictures: Mapping[str, Picture]) -> Image | None:
    kept = pictures[told.picture] if told.picture else None
    return Image(upload_url(kept.id), told.picture_alt, kept=kept) if kept else None


def _draft(told: SampleItem) -> Draft:
    return Draft(
        title=told.title, categories=told.categories, date=_date(told.day.isoformat() if told.day else told.moment),
        link=told.link or "", summary=told.summary, body=told.content_html, language=told.language,
        status="published", author=told.author or "",
    )  # fmt: skip


def _date(given: str | datetime | None) -> str:
    return rfc3339(given) if isinstance(given, datetime) else given or ""

"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), written by hand."""

from __future__ import annotations

import json

from feeds.cleaned import cleaned
from feeds.document import Entry, Feed, FromSource
from news.days import rfc3339

MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def write(feed: Feed) -> bytes:
    """``feed`` as a JSON Feed, UTF-8. The same feed gives the same bytes."""
    feed = cleaned(feed)
    document = _told(
        version=VERSION,
        title=feed.title,
        home_page_url=feed.home,
        feed_url=f"{feed.base}.json",
        next_url=f"{feed.previous}.json" if feed.previous else None,
        description=feed.subtitle,
        language=feed.language,
        icon=feed.icon,
        favicon=feed.badge,
        authors=[{"name": feed.author}],
        hubs=[{"type": "WebSub", "url": feed.hub}] if feed.hub else None,
    )
    document["items"] = [_item(entry) for entry in feed.entries]
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _item(entry: Entry) -> dict[str, object]:
    item = _told(
        id=entry.id,
        url=entry.url,
        external_url=entry.url if entry.url != entry.page else None,
        title=entry.title,
        content_html=entry.content_html,
        summary=entry.summary,
        image=entry.image.url if entry.image else None,
        date_published=rfc3339(entry.published),
        date_modified=rfc3339(entry.updated),
        authors=_authors(entry),
        tags=[term.name for term in entry.categories],
        language=entry.language,
        _depeche=_told(page=entry.page, source=_source(entry.source) if entry.source else None),
    )
    if not entry.content_html:
        item["content_text"] = entry.summary or entry.title
    return item


def _authors(entry: Entry) -> list[dict[str, str]] | None:
    """Whoever is named, or the source: an item without authors would pass for the newsroom's own."""
    name = entry.author or (entry.source.name if entry.source else None)
    return [{"name": name}] if name else None


def _source(source: FromSource) -> dict[str, object]:
    return {"id": source.id, "name": source.name, "url": source.url}


def _told(**members: object) -> dict[str, object]:
    """The members that have something to say, in the order given."""
    return {name: value for name, value in members.items() if value}

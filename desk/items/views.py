"""Items as JSON values: the one shape in which programs, exports and webhooks have them."""

from __future__ import annotations

from desk.context import Desk
from desk.publishing.shown_image import ShownImage
from desk.publishing.shown_item import view
from desk.stories.merging import credits_of
from news.days import rfc3339
from news.items import Item
from storage.contract import Reader


def item_json(desk: Desk, reader: Reader, item: Item) -> dict[str, object]:
    """The item in its one public JSON shape."""
    shown = view(desk, reader, item)
    language = desk.settings.language
    found: dict[str, object] = {
        "id": item.id,
        "guid": item.guid,
        "story_id": item.story_id,
        "url": shown.url,
        "link": item.link,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.content_html,
        "language": item.language,
        "author": item.author,
        "image": shown.picture and image_json(shown.picture),
        "categories": [{"slug": each.slug, "name": each.name(language)} for each in shown.categories],
        "published": item.published and rfc3339(item.published),
        "updated": rfc3339(item.updated),
        "date_only": item.day is not None,
        "status": item.status.value,
        "source": item.origin and {"id": item.origin.source_id, "name": item.origin.source_name},
    }
    sources = credits_of(reader, item)
    if sources:
        found["sources"] = [{"id": one.source_id, "name": one.name, "link": one.link} for one in sources]
    if item.origin:
        found |= {"terms": list(item.origin.terms), "source_guid": item.origin.guid}
    elif item.brought:
        found["source_guid"] = item.brought.guid
    return found


def until_json(item: Item) -> dict[str, object]:
    """When an item is taken back by itself (``withdraw``), and until when it stands first (``pin``): staff's concern
    alone, and told only where there is such a moment."""
    known = {"withdraw": item.withdraw_at, "pin": item.pinned_until}
    return {name: rfc3339(moment) for name, moment in known.items() if moment is not None}


def image_json(shown: ShownImage) -> dict[str, object]:
    """A picture as JSON values; ``credit`` only where there is one."""
    found: dict[str, object] = {"url": shown.url, "alt": shown.alt, "width": shown.width, "height": shown.height}
    return found | ({"credit": shown.credit} if shown.credit else {})

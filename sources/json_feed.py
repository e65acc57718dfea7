"""JSON Feed 1.0 and 1.1 (jsonfeed.org): read field by field, because nothing in it can be trusted to have its type."""

from __future__ import annotations

import json
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from news.collected import Collected, Reading
from news.errors import NotUnderstood
from news.items import Image
from news.links import absolute
from sources import fields
from sources.dates import when_of
from sources.newest import newest_of


def is_json_feed(document: object) -> bool:
    """Whether ``document`` (parsed JSON) is one: "version" is the only field a program may go by, says the spec; some
    write a wrong one, so a list of items is enough."""
    return isinstance(document, Mapping) and (
        "jsonfeed.org" in _text(document, "version") or _list(document, "items") != []
    )


def read_json_feed(text: str, *, url: str, zone: ZoneInfo, newest: int) -> Reading:
    """The feed in ``text``. Raises NotUnderstood when it is no JSON or no JSON Feed."""
    document = parsed_json(text, NotUnderstood("source.not_a_feed"))
    if not is_json_feed(document) or not isinstance(document, Mapping):
        raise NotUnderstood("source.not_a_feed")
    items = [item for item in _list(document, "items") if isinstance(item, Mapping)]
    chosen = newest_of(
        items, lambda item: when_of(_text(item, "date_published") or _text(item, "date_modified"), zone), newest
    )
    entries = (fields.titled(_entry(item, document, url, zone)) for item in chosen)
    return Reading(
        format="json",
        entries=tuple(entry for entry in entries if entry),
        title=fields.plain(_text(document, "title"), fields.LONGEST_TITLE) or None,
        language=fields.language_of(document.get("language")),
        home=absolute(_text(document, "home_page_url"), url),
    )


def parsed_json(text: str, otherwise: NotUnderstood) -> object:
    """The values of ``text``. Raises ``otherwise`` when it is no JSON, or nested too deeply."""
    try:
        return json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        raise otherwise from None


def _entry(item: Mapping[str, object], feed: Mapping[str, object], url: str, zone: ZoneInfo) -> Collected:
    link = absolute(_text(item, "url") or _text(item, "external_url"), url)
    summary, content = fields.summary_and_content("", _text(item, "content_html"), link or url)
    summary = fields.summary_of(_text(item, "summary")) or summary
    if not content and not summary:
        summary = fields.summary_of(_text(item, "content_text"))
    published, updated = when_of(item.get("date_published"), zone), when_of(item.get("date_modified"), zone)
    return Collected(
        title=fields.plain(fields.unescaped(_text(item, "title")[: 10 * fields.LONGEST_TITLE]), fields.LONGEST_TITLE),
        guid=fields.guid_of(_identity(item)),
        link=link,
        summary=summary,
        content_html=content,
        author=_author(item) or _author(feed),
        image=_image(item, url) or fields.first_picture(content),
        terms=fields.terms_of(_list(item, "tags")),
        language=fields.language_of(item.get("language")),
        published=published or updated,
        updated=updated,
    )


def _identity(item: Mapping[str, object]) -> str | None:
    """JSON Feed 1.1: "If … a publisher gives a number, coerce it to a string"."""
    given = item.get("id")
    if isinstance(given, bool):
        return None
    return str(given) if isinstance(given, str | float) or (isinstance(given, int) and abs(given) < 10**30) else None


def _author(holder: Mapping[str, object]) -> str | None:
    """``authors`` (1.1), or ``author`` (1.0)."""
    people = [*_list(holder, "authors"), holder.get("author")]
    names = [fields.author_of(person.get("name")) for person in people[:20] if isinstance(person, Mapping)]
    return fields.plain(", ".join(dict.fromkeys(name for name in names if name)), fields.LONGEST_AUTHOR) or None


def _image(item: Mapping[str, object], url: str) -> Image | None:
    own = fields.image_of(item.get("image"), url) or fields.image_of(item.get("banner_image"), url)
    if own:
        return own
    for attachment in _list(item, "attachments")[:20]:
        if isinstance(attachment, Mapping) and _text(attachment, "mime_type").startswith("image/"):
            return fields.image_of(attachment.get("url"), url, attachment.get("title"))
    return None


def _text(holder: Mapping[str, object], name: str) -> str:
    value = holder.get(name)
    return value if isinstance(value, str) else ""


def _list(holder: Mapping[str, object], name: str) -> list[object]:
    value = holder.get(name)
    return value if isinstance(value, list) else []

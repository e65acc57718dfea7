"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

# A rule is a line.
# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from checking import ERROR, WARNING, Rule, implausible, not_iri, not_language, not_mime, not_rfc_3339, relative, unsafe

TOP = {
    "authors", "description", "expired", "favicon", "feed_url", "home_page_url", "hubs", "icon", "items", "language",
    "next_url", "title", "user_comment", "version",
}  # fmt: skip
ITEM = {
    "attachments", "authors", "banner_image", "content_html", "content_text", "date_modified", "date_published",
    "external_url", "id", "image", "language", "summary", "tags", "title", "url",
}  # fmt: skip
ADDRESSES = ("url", "external_url", "image", "banner_image")
GOOD = """{"version": "https://jsonfeed.org/version/1.1", "title": "Une école", "home_page_url": "https://x.example/",
"feed_url": "https://x.example/feeds/all.json", "next_url": "https://x.example/feeds/all/archive/1.json",
"language": "fr", "authors": [{"name": "École"}], "hubs": [{"type": "WebSub", "url": "https://hub.example/"}], "items": [
{"id": "urn:uuid:1", "url": "https://x.example/1", "title": "A visit", "content_html": "<p>Long</p>", "language": "en",
"date_published": "2026-03-01T09:00:00Z", "date_modified": "2026-03-02T09:00:00Z", "tags": ["Masters"],
"authors": [{"name": "Zoé"}], "attachments": [{"url": "https://x.example/1.jpg", "mime_type": "image/jpeg"}]},
{"id": "urn:uuid:2", "url": "https://x.example/2", "content_text": "Court"}]}
"""


def _items(wrong: Callable[[Any], object]) -> Callable[[Any], Iterable[object]]:
    return lambda document: [item for item in document.get("items", []) if wrong(item)]


def _every(name: str, wrong: Callable[[Any], object]) -> Callable[[Any], Iterable[object]]:
    """Values of the member ``name``, wherever it stands, for which ``wrong`` is true."""
    return lambda document: [value for found, value in _members(document) if found == name and wrong(value)]


def _members(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _members(inner)


def _repeated(document: Any) -> list[object]:
    ids = [item.get("id") for item in document.get("items", [])]
    return [found for found in ids if ids.count(found) > 1]


def _blank(value: Any) -> bool:
    return not isinstance(value, str) or not value.strip()


def _texts(item: Any) -> bool:
    return not any(isinstance(item.get(name), str) and item[name] for name in ("content_html", "content_text"))


RULES = [
    Rule("the version is 1.1", ERROR, lambda document: [] if document.get("version") == "https://jsonfeed.org/version/1.1" else ["version"], "version/1.1", "version/2"),
    Rule("a feed has a title", ERROR, lambda document: ["title"] if _blank(document.get("title")) else [], '"title": "Une école"', '"title": ""'),
    Rule("a feed has items", ERROR, lambda document: [] if isinstance(document.get("items"), list) else ["items"], '"items": [', '"entries": ['),
    Rule("a feed says where it is and its page", WARNING, lambda document: [name for name in ("feed_url", "home_page_url") if name not in document], '"feed_url"', '"_feed_url"'),
    Rule("no member the format does not know", ERROR, lambda document: [name for name in document if name not in TOP and not name.startswith("_")], '"next_url"', '"next"'),
    Rule("no member of an item the format does not know", ERROR, _items(lambda item: [name for name in item if name not in ITEM and not name.startswith("_")]), '"tags"', '"categories"'),
    Rule("addresses of the feed are whole", ERROR, lambda document: [document[name] for name in ("home_page_url", "feed_url", "next_url", "icon", "favicon") if name in document and not_iri(document[name])], '"https://x.example/feeds/all.json"', '"/feeds/all.json"'),
    Rule("the next page is another one", ERROR, lambda document: ["next_url"] if document.get("next_url") == document.get("feed_url") else [], "https://x.example/feeds/all/archive/1.json", "https://x.example/feeds/all.json"),
    Rule("an item has an id", ERROR, _items(lambda item: _blank(item.get("id"))), '"id": "urn:uuid:2", ', ""),
    Rule("ids are unique", ERROR, _repeated, '"urn:uuid:2"', '"urn:uuid:1"'),
    Rule("an item has content", ERROR, _items(_texts), '"content_text": "Court"', '"summary": "Court"'),
    Rule("an item's addresses are whole", ERROR, _items(lambda item: any(not_iri(item[name]) for name in ADDRESSES if name in item)), '"https://x.example/2"', '"/2"'),
    Rule("published is RFC 3339", ERROR, _every("date_published", not_rfc_3339), "2026-03-01T09:00:00Z", "2026-03-01"),
    Rule("modified is RFC 3339", ERROR, _every("date_modified", not_rfc_3339), "2026-03-02T09:00:00Z", "2026-03-02T09:00:00"),
    Rule("dates are plausible", WARNING, _every("date_published", implausible), "2026-03-01T", "1970-03-01T"),
    Rule("authors have a name, an address or a picture", ERROR, _every("authors", lambda authors: any(not set(author) & {"name", "url", "avatar"} for author in authors)), '{"name": "Zoé"}', "{}"),
    Rule("tags are texts, not blank", ERROR, _every("tags", lambda tags: any(_blank(tag) for tag in tags)), '["Masters"]', '[""]'),
    Rule("languages are BCP 47", ERROR, _every("language", not_language), '"language": "en"', '"language": "English!"'),
    Rule("an attachment has an address and a type", ERROR, _every("attachments", lambda found: any(not_iri(each.get("url", "")) or not_mime(each.get("mime_type", "")) for each in found)), '"image/jpeg"', '"jpeg"'),
    Rule("a hub has a type and an address", ERROR, _every("hubs", lambda found: any(_blank(hub.get("type")) or not_iri(hub.get("url", "")) for hub in found)), '"type": "WebSub", ', ""),
    Rule("a title is not blank", WARNING, _items(lambda item: "title" in item and _blank(item["title"])), '"A visit"', '" "'),
    Rule("a body runs nothing", WARNING, _every("content_html", unsafe), "<p>Long", "<script>x</script><p>Long"),
    Rule("a body's addresses are whole", WARNING, _every("content_html", relative), "<p>Long", "<p><a href='y'>y</a>Long"),
]  # fmt: skip

"""Which format a fetched body is in, and who reads it."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from news.collected import Reading
from news.errors import NotUnderstood
from news.sources import Kind, Selectors
from sources.charset import decode
from sources.json_feed import parsed_json, read_json_feed
from sources.page.reader import read_page
from sources.wordpress import feed_address, read_posts
from sources.xml_feed import read_xml_feed

NEWEST = 200
_HEAD = 20_000
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_ROOT = re.compile(
    r"<(?:(?P<feed>(?:\w{1,20}:)?(?:rss|feed|rdf))|!doctype\s+html|html|head|body|title|div|main)[\s>:/]", re.I
)
_ANY_TAG = re.compile(r"<[a-zA-Z]")


def read(
    body: bytes,
    *,
    url: str,
    content_type: str | None,
    kind: Kind | None,
    selectors: Selectors = Selectors(),  # noqa: B008  (frozen)
    zone: ZoneInfo,
    newest: int = NEWEST,
) -> Reading:
    """What ``body``, fetched from ``url`` with this HTTP ``content_type``, says.

    ``kind`` None: a feed if it is one, else a page. ``zone``: of times without an offset. At most ``newest`` entries,
    in the order of the document. Raises NotUnderstood (``source.empty_body``, ``.not_a_feed``, ``.is_a_feed``,
    ``.not_a_page``, ``.not_wordpress``, ``.no_items``, ``.page_changed``) or InvalidInput
    (``source.selector.malformed``).
    """
    if not body.strip():
        raise NotUnderstood("source.empty_body")
    text = decode(body, content_type)
    shape = _shape(text)
    if kind is Kind.WORDPRESS:
        error = NotUnderstood("source.not_wordpress", feed=feed_address(url))
        return read_posts(parsed_json(text, error), error, url=url, zone=zone, newest=newest)
    if shape == "html" and kind is not Kind.FEED:
        return read_page(text, url=url, selectors=selectors, zone=zone, newest=newest)
    if kind is Kind.PAGE:
        raise NotUnderstood("source.not_a_page" if shape is None else "source.is_a_feed")
    if shape == "json":
        return _read_json(text, kind, url=url, zone=zone, newest=newest)
    if shape == "xml":
        return read_xml_feed(text, url=url, zone=zone, newest=newest)
    raise NotUnderstood("source.not_a_feed")


def _read_json(text: str, kind: Kind | None, *, url: str, zone: ZoneInfo, newest: int) -> Reading:
    if kind is None and text.lstrip("\ufeff \t\r\n").startswith("["):
        error = NotUnderstood("source.not_a_feed")
        return read_posts(parsed_json(text, error), error, url=url, zone=zone, newest=newest)
    return read_json_feed(text, url=url, zone=zone, newest=newest)


def _shape(text: str) -> str | None:
    """``json``, ``xml`` (a feed), ``html``, or None. What stands first decides: some servers print warnings before."""
    head = _COMMENT.sub("", text[:_HEAD]).lstrip("\ufeff \t\r\n\x0b\x0c")
    if head.startswith(("{", "[")):
        return "json"
    if root := _ROOT.search(head):
        return "xml" if root["feed"] else "html"
    return "html" if _ANY_TAG.search(head) and not head.startswith("<?xml") and "\0" not in head else None

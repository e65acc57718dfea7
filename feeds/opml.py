"""OPML 2.0 (http://opml.org/spec2.opml): a list of feeds a reader can subscribe to in one go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime

from lxml import etree

from feeds.cleaned import cleaned_outline
from feeds.document import Outline
from news.text import one_line

MEDIA_TYPE = "text/x-opml"


def write(title: str, outlines: Iterable[Outline], created: datetime | None = None) -> bytes:
    """The list of ``outlines`` under ``title`` as an OPML document, UTF-8. ``created``: an aware moment, or None to
    leave it out. The same arguments give the same bytes."""
    document = etree.Element("opml", version="2.0")
    head = etree.SubElement(document, "head")
    etree.SubElement(head, "title").text = one_line(title)
    if created:
        etree.SubElement(head, "dateCreated").text = format_datetime(created.astimezone(UTC))
    body = etree.SubElement(document, "body")
    folders: dict[str, etree._Element] = {}
    for outline in map(cleaned_outline, outlines):
        name = outline.folder
        if name and name not in folders:
            folders[name] = etree.SubElement(body, "outline", {"text": name, "title": name})
        etree.SubElement(folders[name] if name else body, "outline", _attributes(outline))
    written: bytes = etree.tostring(document, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return written


def _attributes(outline: Outline) -> dict[str, str]:
    """``type`` is ``rss`` for feeds of every format, as the specification has it."""
    attributes = {
        "type": "rss",
        "text": outline.title,
        "title": outline.title,
        "xmlUrl": outline.feed,
        "htmlUrl": outline.page,
    }
    more = {"language": outline.language, "category": ",".join(outline.categories)}
    return attributes | {name: value for name, value in more.items() if value}

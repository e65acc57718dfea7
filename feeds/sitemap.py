"""Google News sitemap 0.9 over the sitemap protocol (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from news.text import one_line, xml_safe

MEDIA_TYPE = "application/xml"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


@dataclass(frozen=True, slots=True)
class Story:
    """One page of news. ``url``: absolute; ``published``: a W3C date, or a date and time with its zone
    (https://www.w3.org/TR/NOTE-datetime); ``language``: ISO 639."""

    url: str
    title: str
    language: str
    published: str


def write(publication: str, stories: Iterable[Story]) -> bytes:
    """The sitemap of ``stories``, which the newsroom named ``publication`` published; UTF-8. The same arguments give
    the same bytes; a story whose title is blank is named by its address."""
    document = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP, "news": _NEWS})
    for story in stories:
        _add(document, one_line(publication), story)
    written: bytes = etree.tostring(document, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return written


def _add(document: etree._Element, publication: str, story: Story) -> None:
    address = xml_safe(story.url)
    url = etree.SubElement(document, f"{{{_SITEMAP}}}url")
    etree.SubElement(url, f"{{{_SITEMAP}}}loc").text = address
    told = etree.SubElement(url, f"{{{_NEWS}}}news")
    by = etree.SubElement(told, f"{{{_NEWS}}}publication")
    etree.SubElement(by, f"{{{_NEWS}}}name").text = publication
    etree.SubElement(by, f"{{{_NEWS}}}language").text = xml_safe(story.language)
    etree.SubElement(told, f"{{{_NEWS}}}publication_date").text = xml_safe(story.published)
    etree.SubElement(told, f"{{{_NEWS}}}title").text = one_line(story.title) or address

"""Pages of news: the parts of each item where selectors say; else what the page tells programs in JSON-LD or microdata;
else where they usually stand."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from lxml import etree, html

from news.collected import Collected, Reading
from news.errors import NotUnderstood
from news.links import absolute
from news.sources import Selectors
from sources import fields
from sources.newest import newest_of
from sources.page import jsonld, microdata
from sources.page.blocks import guessed_blocks
from sources.page.item import Place, collected_of
from sources.page.schema_org import articles
from sources.page.selectors import Finder

_LONGEST = 3_000_000
_MOST_ITEMS = 2_000
_NOT_TEXT = (
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "math",
    "iframe",
    "object",
    "button",
    "select",
    "textarea",
)


def read_page(text: str, *, url: str, selectors: Selectors, zone: ZoneInfo, newest: int) -> Reading:
    """The news on the page ``text``. Without ``selectors.item`` the block of items is guessed, and what has no date or
    no link is no item. Raises NotUnderstood (``source.page_changed`` when the selectors find nothing,
    ``source.no_items`` when nothing looks like news) and InvalidInput (``source.selector.malformed``)."""
    finder = Finder(selectors)
    root = _tree(text)
    base = absolute(next(iter(root.xpath("//base/@href")), ""), url) or url
    place = Place(base, zone, finder)
    told = [] if finder.any else _told(root, place, url)
    etree.strip_elements(root, *_NOT_TEXT, with_tail=False)
    found = _selected(root, place) if selectors.item else _fuller(told, _guessed(root, place))
    if not found:
        raise NotUnderstood("source.page_changed" if finder.any else "source.no_items")
    return Reading(
        format="page",
        entries=tuple(newest_of(found, lambda entry: entry.published, newest)),
        title=fields.plain(root.findtext(".//title") or "", fields.LONGEST_TITLE) or None,
        language=fields.language_of(root.get("lang")),
        home=url,
    )


def _tree(text: str) -> html.HtmlElement:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(text[:_LONGEST].encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        raise NotUnderstood("source.not_a_page") from None
    return root


def _told(root: html.HtmlElement, place: Place, url: str) -> list[Collected]:
    """What the page tells programs: in JSON-LD, else in microdata."""
    for things in (jsonld.things_in(root), microdata.things_in(root)):
        if found := articles(things, base=place.base, page=url, zone=place.zone):
            return found
    return []


def _fuller(told: list[Collected], guessed: list[Collected]) -> list[Collected]:
    """``told``, unless it is but a part of the list: some pages describe only what stands in their carousel."""
    return told if told and len(guessed) <= 2 * len(told) else guessed


def _selected(root: html.HtmlElement, place: Place) -> list[Collected]:
    blocks = place.finder.items(root)[:_MOST_ITEMS]
    return list(_once(collected_of(block, place) for block in blocks))


def _guessed(root: html.HtmlElement, place: Place) -> list[Collected]:
    best: list[Collected] = []
    for blocks in guessed_blocks(root, place.base):
        entries = (collected_of(block, place) for block in blocks[:_MOST_ITEMS])
        found = list(_once(entry for entry in entries if entry and entry.link and entry.published))
        best = found if len(found) > len(best) else best
    return best


def _once(entries: Iterator[Collected | None]) -> Iterator[Collected]:
    """A page may show the same news twice (a carousel and a list): the first place counts."""
    seen = set()
    for entry in entries:
        if entry is not None and (key := entry.link or entry.title) not in seen:
            seen.add(key)
            yield entry

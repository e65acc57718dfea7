"""One item of a page: what its parts say, found by the source's selectors or by how such items are usually written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from lxml import html

from news.collected import Collected
from news.excerpts import without_mark
from news.items import Image
from news.links import absolute
from sources import fields
from sources.page.blocks import DATE_CLASS
from sources.page.lines import Line, class_like, lines_of, text_in, words
from sources.page.published import edge_date, published_in
from sources.page.seen import Seen, seen_in
from sources.page.selectors import Finder
from sources.page.terms import TERM_CLASS, terms_in
from sources.page.title import READ_MORE, link_of, title_of

_SUMMARY_CLASS = words("chap[oô]", "excerpt", "summary", "r[eé]sum[eé]", "intro", "teaser", "accroche", "description")
_AUTHOR_CLASS = words("author", "auteur", "byline")
_NOT_SENTENCES = (TERM_CLASS, DATE_CLASS, _AUTHOR_CLASS)
_SHORTEST_SENTENCE = 25


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands: the address its links are relative to, the zone of its times, the source's selectors."""

    base: str
    zone: ZoneInfo
    finder: Finder


def collected_of(item: html.HtmlElement, place: Place) -> Collected | None:
    """``item`` as Collected; None when it has no title. What a selector names but does not match is left empty."""
    finder = place.finder
    link = _first(finder.parts("link", item)) if finder.has("link") else link_of(item, place.base, TERM_CLASS)
    title = _selected_title(item, finder) if finder.has("title") else title_of(item, link, lines_of(item))
    seen = seen_in(item, link, title)
    published = published_in(seen, finder, place.zone)
    if published is None and not finder.has("date") and (edge := edge_date(title)):
        published, title = edge
    if not title:
        return None
    return Collected(
        title=fields.plain(title, fields.LONGEST_TITLE),
        link=_target(link, place.base),
        summary=fields.summary_of(_summary(seen, finder)),
        author=fields.author_of(_author(item) or (seen.meta.author if seen.meta else None)),
        image=_image(item, place),
        terms=fields.terms_of(terms_in(seen, finder)),
        published=published,
    )


def _first(found: list[html.HtmlElement]) -> html.HtmlElement | None:
    return found[0] if found else None


def _selected_title(item: html.HtmlElement, finder: Finder) -> str:
    part = _first(finder.parts("title", item))
    return text_in(part) if part is not None else ""


def _target(link: html.HtmlElement | None, base: str) -> str | None:
    """The address of the link, or of the first link in or around the element that was selected."""
    if link is None:
        return None
    near = [link, *link.iter("a"), *link.iterancestors("a")]
    targets = (absolute((one.get("href") or "")[:5000], base) for one in near)
    return next((target for target in targets if target), None)


def _summary(seen: Seen, finder: Finder) -> str:
    if finder.has("summary"):
        return " ".join(text_in(part) for part in finder.parts("summary", seen.item))
    classed = next((part for part in seen.item.iterdescendants() if _is_summary(part, seen)), None)
    if classed is not None:
        return " ".join(_sentences(lines_of(classed), seen, 1))
    return " ".join(_sentences(seen.lines, seen, _SHORTEST_SENTENCE))


def _is_summary(part: html.HtmlElement, seen: Seen) -> bool:
    return class_like(part, _SUMMARY_CLASS) and not seen.holds_link(part) and bool(text_in(part))


def _sentences(lines: list[Line], seen: Seen, least: int) -> Iterator[str]:
    for line in lines:
        text = READ_MORE.sub("", line.text).strip()
        is_meta = seen.meta is not None and seen.meta.tidy and line == seen.meta_line
        if not is_meta and len(text) >= least and " " in without_mark(text) and not _is_label(line.element):
            yield text


def _is_label(element: html.HtmlElement) -> bool:
    return element.tag in ("time", "th") or any(class_like(element, pattern) for pattern in _NOT_SENTENCES)


def _author(item: html.HtmlElement) -> str | None:
    for part in item.iterdescendants():
        if part.get("rel") == "author" or class_like(part, _AUTHOR_CLASS):
            name = text_in(part)
            return name.split(" ", 1)[1] if name.lower().startswith(("par ", "by ")) else name
    return None


def _image(item: html.HtmlElement, place: Place) -> Image | None:
    roots = place.finder.parts("image", item) if place.finder.has("image") else [item]
    for picture in (found for root in roots for found in root.iter("img")):
        for name in ("data-src", "data-lazy-src", "src", "srcset", "data-srcset"):
            size = picture.get("width"), picture.get("height")
            said = (picture.get(name) or "").strip()
            address = said.split()[0].rstrip(",") if "srcset" in name and said else said
            if image := fields.image_of(address, place.base, picture.get("alt") or "", *size):
                return image
    return None

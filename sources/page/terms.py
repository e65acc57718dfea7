"""The categories of an item of a page, as the page writes them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html

from sources.page.byline import meta_of
from sources.page.lines import class_like, lines_of, text_in, words
from sources.page.seen import Seen
from sources.page.selectors import Finder
from sources.page.title import READ_MORE

TERM_CLASS = words(
    "categor(?:y|ies|ie)", "catégories?", "cats?", "tags?", "terms?", "rubriques?", "th[eé]matiques?", "th[eè]mes?",
    "labels?", "badges?", "[eé]tiquettes?", "topics?", "articleSection", "keywords",
)  # fmt: skip
_LONGEST_CELL = 60


def terms_in(seen: Seen, finder: Finder) -> list[str]:
    """What the selector for categories finds; else links that say ``rel=tag``, elements by their class, the rest of the
    date's line, other links in it, short cells of a table's row."""
    if finder.has("categories"):
        return [term for part in finder.parts("categories", seen.item) for term in _split(part)]
    linked = [
        text_in(part) for part in seen.item.iter("a") if {"tag", "category"} & set((part.get("rel") or "").split())
    ]
    classed = [term for part in _classed(seen) for term in _split(part)]
    return linked or classed or list(seen.meta.terms if seen.meta else ()) or _neighbours(seen) or _cells(seen)


def _classed(seen: Seen) -> Iterator[html.HtmlElement]:
    around_link = {seen.link, *seen.link.iterancestors()} if seen.link is not None else set()
    chosen: set[html.HtmlElement] = set()
    for part in seen.item.iterdescendants():
        if class_like(part, TERM_CLASS) and part not in around_link and chosen.isdisjoint(part.iterancestors()):
            chosen.add(part)
            yield part


def _split(part: html.HtmlElement) -> list[str]:
    """One element's terms: a date beside them is no term."""
    texts = [line.text for line in lines_of(part)]
    links = [text_in(link) for link in part.iter("a")]
    if len(links) > 1 and len(texts) == 1:
        return links
    split: list[str] = []
    for text in texts:
        meta = meta_of(text)
        split += meta.terms if meta else [piece.strip(" |·•/") for piece in text.split(",")]
    return [term for term in split if term]


def _neighbours(seen: Seen) -> list[str]:
    """Links in the line of the date: "3 mars 2024 Doctorat, Masters"."""
    if seen.meta_line is None or seen.holds_link(seen.meta_line.element):
        return []
    return [text_in(other) for other in seen.meta_line.element.iter("a") if other.get("rel") != "author"]


def _cells(seen: Seen) -> list[str]:
    cells = [line.text for line in seen.lines if line.element.tag == "td" and line is not seen.meta_line]
    short = (cell for cell in cells if len(cell) <= _LONGEST_CELL and not READ_MORE.search(cell))
    return [term for cell in short for term in cell.split(", ")]

"""Where a page's news stand: elements of one kind, side by side, that each hold a date and a link."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from news.links import absolute
from sources.dates import days_in
from sources.page.flat import wrap_runs
from sources.page.lines import HEADINGS, class_like, text_in, words

DATE_CLASS = words("date", "dates", "datetime", "day", "published", "datePublished", "posted-on", "pubdate", "time")
_OUTSIDE = frozenset({"nav", "form", "aside"})
_ITEM_TAGS = frozenset({"article", "li", "tr"})
_PERHAPS = re.compile(r"\d{4}|\d[/.]\d", re.ASCII)
_NUMBER = re.compile(r"\d+")
_CLIMB = 20
_MOST_MARKERS = 4_000
_LONGEST_LINE = 200
_TRIES = 6


def guessed_blocks(root: html.HtmlElement, base: str) -> Iterator[list[html.HtmlElement]]:
    """Candidates for the list of items, the likeliest first. Changes the tree (see ``page_flat``)."""
    body = root.find("body")
    body = root if body is None else body
    wrap_runs(body)
    groups = _groups(list(_markers(body)), _linked(body, base), body)
    ranked = sorted(groups, key=len, reverse=True)  # groups come from the inside out; see _groups
    for group in ranked[:_TRIES]:
        if len(group) > 1 or _stands_alone(group[0]):
            yield group


def _markers(body: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Elements that show a date of their own."""
    count = 0
    for element in body.iter():
        if _shows_date(element) and not _outside(element):
            yield element
            count += 1
        if count == _MOST_MARKERS:
            return


def _shows_date(element: html.HtmlElement) -> bool:
    if element.tag == "time":
        return bool(element.get("datetime")) or _has_day(text_in(element))
    own = [element.text or "", *(child.tail or "" for child in element)]
    return any(_has_day(text) for text in own) or (class_like(element, DATE_CLASS) and _has_day(text_in(element)))


def _has_day(text: str) -> bool:
    line = " ".join(text.split()) if _PERHAPS.search(text) else ""
    return 0 < len(line) <= _LONGEST_LINE and next(days_in(line), None) is not None


def _outside(element: html.HtmlElement) -> bool:
    """Whether ``element`` is in a part of the page that is not its content, such as the menu or the page's own foot."""
    item = element.tag in _ITEM_TAGS
    for above in element.iterancestors():
        item = item or above.tag in _ITEM_TAGS
        if above.tag in _OUTSIDE or (above.tag in ("footer", "header") and not item and _of_page(above)):
            return True
    return False


def _of_page(element: html.HtmlElement) -> bool:
    return not any(above.tag in _ITEM_TAGS for above in element.iterancestors())


def _linked(body: html.HtmlElement, base: str) -> set[html.HtmlElement]:
    """Every element that is or holds a link to a page."""
    linked: set[html.HtmlElement] = set()
    for link in body.iter("a"):
        if not is_page_link(link, base):
            continue
        above = link
        while above is not None and above not in linked:
            linked.add(above)
            above = above.getparent()
    return linked


def is_page_link(link: html.HtmlElement, base: str) -> bool:
    """Whether ``link`` leads to a web page rather than to a place on this one, a mail or a script."""
    target = (link.get("href") or "").strip()
    return bool(target) and not target.startswith("#") and absolute(target[:5000], base) is not None


def _groups(
    markers: list[html.HtmlElement], linked: set[html.HtmlElement], body: html.HtmlElement
) -> list[list[html.HtmlElement]]:
    """Elements of the same kind in parents of the same kind that hold a marker and a link, outermost kinds first, so
    that of two groups of one size the whole items come before their inner parts."""
    groups: dict[tuple[object, ...], dict[html.HtmlElement, None]] = {}
    for marker in markers:
        element, climbed = marker, 0
        while element is not body and climbed < _CLIMB and (parent := element.getparent()) is not None:
            if element in linked:
                groups.setdefault(_kind(element, parent), {}).setdefault(element)
            element, climbed = parent, climbed + 1
    return [list(groups[kind]) for kind in sorted(groups, key=lambda kind: (kind[0], str(kind)))]


def _kind(element: html.HtmlElement, parent: html.HtmlElement) -> tuple[object, ...]:
    classes = _NUMBER.sub("", parent.get("class") or "")[:200]
    return sum(1 for _ in element.iterancestors()), element.tag, parent.tag, classes


def _stands_alone(element: html.HtmlElement) -> bool:
    """One dated link is news only where the page marks it up as an item: much else has a date and a link."""
    headings = (inner for inner in element.iter() if inner.tag in HEADINGS)
    return element.tag in _ITEM_TAGS and any(next(heading.iter("a"), None) is not None for heading in headings)

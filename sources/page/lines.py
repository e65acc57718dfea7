"""The lines a reader sees in a piece of a page, each with the element it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import html

from news.text import one_line

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | {
    "address", "article", "aside", "blockquote", "caption", "dd", "details", "div", "dl", "dt", "figcaption", "figure",
    "footer", "header", "hr", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
}  # fmt: skip
_PHRASES = {
    "abbr", "b", "bdi", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "small", "strong", "sub", "sup", "u", "var",
    "wbr",
}  # fmt: skip
_MOST_LINES = 400


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text and the innermost element that holds all of it."""

    element: html.HtmlElement
    text: str


def text_in(element: html.HtmlElement) -> str:
    """All text of ``element`` on one line."""
    return one_line(
        " ".join(element.itertext()) if len(element) > 0 and _only_boxes(element) else "".join(element.itertext())
    )


def lines_of(element: html.HtmlElement) -> list[Line]:
    """The lines of ``element``. Where an element has no words of its own, each of its children is a line: that is how
    pages lay out titles, dates and excerpts even inside one link."""
    lines: list[Line] = []
    _collect(element, lines)
    return lines[:_MOST_LINES]


def _collect(element: html.HtmlElement, lines: list[Line]) -> None:
    if len(lines) >= _MOST_LINES:
        return
    apart = _only_boxes(element)
    pending = [element.text or ""]
    for child in element:
        if child.tag == "br" or child.tag in BLOCKS or apart or _holds_blocks(child):
            _flush(element, pending, lines)
            _collect(child, lines)
        else:
            pending.append("".join(child.itertext()))
        pending.append(child.tail or "")
    _flush(element, pending, lines)


def _flush(element: html.HtmlElement, pending: list[str], lines: list[Line]) -> None:
    text = one_line("".join(pending))
    pending.clear()
    if text:
        lines.append(Line(element, text))


def _only_boxes(element: html.HtmlElement) -> bool:
    """Whether all words of ``element`` are in its children, and these are more than emphasis in a sentence."""
    if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
        return False
    return any(child.tag not in _PHRASES for child in element)


def _holds_blocks(element: html.HtmlElement) -> bool:
    return any(inner.tag in BLOCKS for inner in element.iterdescendants())


def class_like(element: html.HtmlElement, pattern: re.Pattern[str]) -> bool:
    """Whether a class, an ``itemprop`` or the like of ``element`` says ``pattern``."""
    said = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    return len(said) > 1 and pattern.search(said[:500]) is not None


def words(*alternatives: str) -> re.Pattern[str]:
    """A pattern for one of ``alternatives`` as a word of a class name, as in ``news-date``, ``card__date``."""
    return re.compile(rf"(?:^|[\s_-])(?:{'|'.join(alternatives)})(?=$|[\s_-])", re.IGNORECASE)

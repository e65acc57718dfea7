"""An item of a page once its link and title are known: what its other parts are read from."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import html

from sources.page.byline import Meta, meta_of
from sources.page.lines import Line, lines_of


@dataclass(frozen=True, slots=True)
class Seen:
    """``lines``: those of ``item`` without the title. ``meta_line``: the one with the date; ``meta``: what it says."""

    item: html.HtmlElement
    link: html.HtmlElement | None
    lines: list[Line]
    meta_line: Line | None = None
    meta: Meta | None = None

    def holds_link(self, element: html.HtmlElement) -> bool:
        """Whether ``element`` is the item's link or around it."""
        return self.link is not None and (element is self.link or element in self.link.iterancestors())


def seen_in(item: html.HtmlElement, link: html.HtmlElement | None, title: str) -> Seen:
    """``item`` as seen by who knows its ``link`` and ``title``."""
    bare = Seen(item, link, [])
    lines = [line for line in (_without_title(line, title, bare) for line in lines_of(item)) if line.text]
    found = [(line, meta) for line in lines if (meta := meta_of(line.text))]
    line, meta = next((pair for pair in found if pair[1].tidy), found[0] if found else (None, None))
    return Seen(item, link, lines, line, meta)


def _without_title(line: Line, title: str, seen: Seen) -> Line:
    """``line`` without the title, where it holds more than it, as in "04/10/2024: the title"."""
    if title and (line.text == title or (title in line.text and seen.holds_link(line.element))):
        return Line(line.element, line.text.replace(title, " ", 1).strip().removeprefix(". "))
    return line

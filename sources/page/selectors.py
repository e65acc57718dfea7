"""CSS selectors that staff wrote, made ready and tried before anything depends on them."""

from __future__ import annotations

from dataclasses import asdict

from cssselect import SelectorError
from lxml import etree, html
from lxml.cssselect import CSSSelector

from news.errors import InvalidInput
from news.sources import Selectors

_LONGEST = 300


class Finder:
    """The selectors of one source. Raises InvalidInput (``source.selector.malformed``) when one is malformed."""

    def __init__(self, selectors: Selectors) -> None:
        given = {name: text.strip() for name, text in asdict(selectors).items() if text and text.strip()}
        self._ready = {name: _compiled(text) for name, text in given.items()}

    @property
    def any(self) -> bool:
        """Whether there is any selector."""
        return bool(self._ready)

    def has(self, name: str) -> bool:
        """Whether there is a selector for the part ``name`` (a field of ``Selectors``)."""
        return name in self._ready

    def items(self, root: html.HtmlElement) -> list[html.HtmlElement]:
        """Every element the selector for items matches, in document order."""
        return list(self._ready["item"](root))

    def parts(self, name: str, item: html.HtmlElement) -> list[html.HtmlElement]:
        """What the selector for ``name`` matches in ``item``, the item itself included."""
        selector = self._ready.get(name)
        return list(selector(item)) if selector else []


def check_selectors(selectors: Selectors) -> None:
    """Raise InvalidInput (``source.selector.malformed``, ``selector=…``) unless all of ``selectors`` can be used."""
    Finder(selectors)


def _compiled(text: str) -> CSSSelector:
    if len(text) > _LONGEST:
        raise _malformed(text)
    try:
        selector = CSSSelector(text, translator="html")
        selector(html.Element("p"))
    except (SelectorError, etree.XPathError, RecursionError, ValueError):
        raise _malformed(text) from None
    return selector


def _malformed(text: str) -> InvalidInput:
    return InvalidInput("source.selector.malformed", selector=text[:100])

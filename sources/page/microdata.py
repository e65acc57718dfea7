"""The articles that a page marks up with microdata (HTML Standard §5): ``itemscope``, ``itemtype``, ``itemprop``."""

from __future__ import annotations

from lxml import html

from sources.page.lines import text_in
from sources.page.schema_org import ARTICLES, Thing, types_of

_MOST = 2_000
_MOST_PARTS = 2_000
_DEEPEST = 8
# HTML Standard §5.2.4: where each element keeps its value.
_PLACES = {
    "a": "href", "area": "href", "link": "href", "img": "src", "audio": "src", "embed": "src", "iframe": "src",
    "source": "src", "track": "src", "video": "src", "object": "data",
    "data": "value", "meter": "value", "time": "datetime",
}  # fmt: skip


def things_in(root: html.HtmlElement) -> list[Thing]:
    """Every article that is marked up under ``root``, in the order of the page."""
    marked = [element for element in root.iter() if element.get("itemscope") is not None and _is_article(element)]
    return [_thing(element, 0) for element in marked[:_MOST]]


def _is_article(element: html.HtmlElement) -> bool:
    return bool(types_of({"@type": (element.get("itemtype") or "").split()}) & ARTICLES)


def _thing(element: html.HtmlElement, depth: int) -> dict[str, object]:
    thing: dict[str, object] = {"@type": (element.get("itemtype") or "").split()}
    if identity := element.get("itemid"):
        thing["@id"] = identity
    ahead = list(reversed(element))
    for _ in range(_MOST_PARTS):
        if not ahead:
            break
        part = ahead.pop()
        scoped = part.get("itemscope") is not None
        for name in (part.get("itemprop") or "").split()[:5]:
            value = _thing(part, depth + 1) if scoped and depth < _DEEPEST else _value(part)
            values = thing.setdefault(name, [])
            if isinstance(values, list):
                values.append(value)
        if not scoped:
            ahead += reversed(part)
    return thing


def _value(part: html.HtmlElement) -> str:
    said = part.get("content") or part.get(_PLACES.get(part.tag, "content"))
    return said.strip() if said else text_in(part)

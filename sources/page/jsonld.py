"""The articles that a page lists in JSON-LD (schema.org): in a graph, an ItemList, a Blog or a collection's parts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from lxml import html

from sources.page.schema_org import ARTICLES, Thing, types_of

_LONGEST = 1_000_000
_MOST_SCRIPTS = 30
_DEEPEST = 12
_MOST_LOOKED_AT = 20_000
# Where lists keep what they list. An article's own "isPartOf" or "author" leads away from it.
_INWARD = (
    "@graph", "itemListElement", "item", "mainEntity", "mainEntityOfPage", "blogPost", "blogPosts", "hasPart",
    "dataFeedElement",
)  # fmt: skip


def things_in(root: html.HtmlElement) -> list[Thing]:
    """Every article that the scripts of the page under ``root`` describe, in their order."""
    found: list[Thing] = []
    for script in list(root.iter("script"))[:_MOST_SCRIPTS]:
        if (script.get("type") or "").partition(";")[0].strip().lower() == "application/ld+json":
            found += _articles(_parsed(script.text or ""))
    return found


def _parsed(text: str) -> object:
    try:
        # Some templates let line ends into strings.
        return json.loads(text[:_LONGEST].strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _articles(document: object) -> Iterator[Thing]:
    ahead: list[tuple[object, int]] = [(document, 0)]
    looked_at = 0
    while ahead and looked_at < _MOST_LOOKED_AT:
        value, depth = ahead.pop()
        looked_at += 1
        if isinstance(value, list):
            ahead += [(inner, depth + 1) for inner in reversed(value[:_MOST_LOOKED_AT])]
        elif isinstance(value, Mapping):
            if types_of(value) & ARTICLES:
                yield value
            elif depth < _DEEPEST:
                ahead += [(value[name], depth + 1) for name in reversed(_INWARD) if name in value]

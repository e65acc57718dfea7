"""OPML 1.0 and 2.0 (http://opml.org/spec2.opml): the feeds a reader follows, in folders, read as a list."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from news.errors import NotUnderstood
from news.text import one_line, xml_safe
from sources.charset import decode
from sources.fields import LONGEST_TITLE, language_of, plain, terms_of

MOST_OUTLINES = 5_000
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)\b", re.I)
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*\?>", re.I)
_OPML = re.compile(r"<(?:\w{1,20}:)?opml\b", re.I)
# Addresses are pasted into such files with their "&" as it is, and names with HTML's entities.
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(?:(\w{2,32});)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Subscription:
    """An outline that names a feed. ``url``: as written. ``name``: its text or title, or "". ``terms``: the folders it
    stands in, outermost first, then its own categories. ``language``: a BCP 47 tag or None."""

    url: str
    name: str
    terms: tuple[str, ...] = ()
    language: str | None = None


def read_opml(body: bytes, content_type: str | None = None) -> tuple[Subscription, ...]:
    """The feeds of the list in ``body``, in the order of the document. ``content_type``: the HTTP header, or None.

    Raises NotUnderstood: ``import.opml.not_opml``, ``.malformed`` (with ``line``), ``.entities`` (it declares some,
    which may unfold without end), ``.too_long`` (with ``most``).
    """
    text = decode(body, content_type)
    if not _OPML.search(text):
        raise NotUnderstood("import.opml.not_opml")
    if _DOCTYPE.search(text):
        raise NotUnderstood("import.opml.entities")
    root = _root(_DECLARATION.sub("", xml_safe(text), count=1))
    if sum(1 for _ in root.iter("{*}outline")) > MOST_OUTLINES:
        raise NotUnderstood("import.opml.too_long", most=MOST_OUTLINES)
    return tuple(_subscriptions(root))


def _root(text: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(_AMPERSAND.sub(_escaped, text).encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise NotUnderstood("import.opml.malformed", line=error.lineno or 1) from None
    if etree.QName(root).localname.lower() != "opml":
        raise NotUnderstood("import.opml.not_opml")
    return root


def _escaped(found: re.Match[str]) -> str:
    known = html.entities.name2codepoint.get(found[1] or "")
    return f"&#{known};" if known else f"&amp;{found[0][1:]}"


def _subscriptions(root: Any) -> Iterator[Subscription]:
    """Depth first, without recursion: a list may be as deep as it is long."""
    tops = [*_outlines(root), *(each for body in root.iterchildren("{*}body") for each in _outlines(body))]
    waiting: list[tuple[Any, tuple[str, ...]]] = [(each, ()) for each in reversed(tops)]
    while waiting:
        outline, folders = waiting.pop()
        said = {name.lower(): value for name, value in outline.attrib.items()}
        name = plain(said.get("text") or said.get("title") or "", LONGEST_TITLE)
        url = one_line(said.get("xmlurl", ""))
        if url:
            terms = terms_of([*folders, *_categories(said.get("category", ""))])
            yield Subscription(url, name, terms, language_of(said.get("language")))
        inside = folders if url or not name else (*folders, name)
        waiting += [(each, inside) for each in reversed(_outlines(outline))]


def _outlines(holder: Any) -> list[Any]:
    return list(holder.iterchildren("{*}outline"))


def _categories(text: str) -> list[str]:
    """OPML 2.0, "category": "comma-separated slash-delimited category strings"; each step of a path is a word."""
    return [step for path in text[:10_000].split(",") for step in path.split("/") if step.strip()]

"""The text of an element as feedparser has it: repaired where it was encoded twice, typed where RSS leaves it open."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin
from xml.sax.saxutils import escape

from feedparser.mixin import _FeedParserMixin
from lxml import etree

from sources.strict.names import Element, Unsure

Detail = dict[str, Any]
XHTML = "application/xhtml+xml"
_TYPES = {"text": "text/plain", "plain": "text/plain", "html": "text/html", "xhtml": XHTML}
_KNOWN_TYPES = frozenset({*_TYPES.values()})
_CONTROLS = re.compile("[\x80-\x9f]")
_SLASHES = re.compile(r"[A-Za-z][A-Za-z0-9+\-.]*:///")
# Joining would leave it as it is.
_ABSOLUTE = re.compile(r"https?://[a-z0-9.-]+/(?:[\w.~%+/-]*[\w/])?(?:\?[\w=&.%+-]*\w)?(?:#\w+)?", re.ASCII)
_REFERENCE = re.compile(r"&([A-Za-z0-9_]+);")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XHTML_TAG = "{http://www.w3.org/1999/xhtml}"
_QUOTE = {'"': "&quot;"}
_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Manner:
    """How a document is read. ``base``: its address. ``guesses``: RSS, where what says it is plain text may be HTML.
    ``unboxes``: Atom 1.0, which puts XHTML in a ``div``."""

    base: str
    guesses: bool
    unboxes: bool


def attributes(element: Element) -> dict[str, str]:
    """The attributes without a namespace, as feedparser has them. Raises Unsure for ``xml:base`` and the like."""
    found = {}
    for name, value in element.items():
        if name == _LANG:
            continue
        name = name.lower()
        if name[0] == "{" or name in ("base", "lang", "lastmod"):
            raise Unsure
        found[name] = value.lower() if name in ("rel", "type") else value
    return found


def language_of(element: Element, inherited: str | None) -> str | None:
    """What ``xml:lang`` says of ``element``."""
    said = element.get(_LANG)
    if said == "":
        raise Unsure
    return said or inherited


def bare(element: Element) -> str:
    """The text of ``element``, trimmed. Raises Unsure when there are elements in it."""
    if len(element):
        raise Unsure
    text = element.text
    return text.strip() if text else ""


def repaired(text: str) -> str:
    """``text``, read again where it is UTF-8 that was taken for Latin-1."""
    if text.isascii():
        return text
    with suppress(UnicodeError):
        text = text.encode("iso-8859-1").decode("utf-8")
    if _CONTROLS.search(text):
        raise Unsure
    return text


def plain(element: Element) -> str:
    """The text of a field that is no markup."""
    return repaired(bare(element))


def typed(element: Element, default: str, language: str | None, manner: Manner) -> Detail:
    """The text of a field that may be markup, with its type."""
    said = attributes(element)
    kind = said.pop("type", default)
    kind = _TYPES.get(kind, kind)
    mode = said.pop("mode", "escaped" if kind != XHTML else "xml")
    if kind not in _KNOWN_TYPES or said or mode not in ("escaped", "xml"):
        raise Unsure
    language = language_of(element, language)
    if kind == XHTML:
        value = repaired(_inner(element, manner))
    else:
        value = bare(element)
        if manner.guesses and kind == "text/plain" and _may_be_html(value):
            kind = "text/html"
        value = repaired(value)
    return {"type": kind, "language": language and language.replace("_", "-"), "value": value}


def _may_be_html(text: str) -> bool:
    return ("</" in text or "&" in text) and _FeedParserMixin.looks_like_html(text)


def resolved(address: str, base: str) -> str:
    """``address`` against ``base``."""
    if not address:
        return address
    if _ABSOLUTE.fullmatch(address):
        return address
    if _SLASHES.match(address):
        raise Unsure
    try:
        return urljoin(base, address)
    except ValueError:
        raise Unsure from None


def unquoted(address: str) -> str:
    """``address`` without the semicolons that careless escaping leaves in a query."""
    return _REFERENCE.sub(r"&\g<1>", address)


def _inner(element: Element, manner: Manner) -> str:
    pieces: list[str] = []
    _write(element, pieces, 0)
    return "".join(_unboxed(pieces[1:-1]) if manner.unboxes else pieces[1:-1]).strip()


def _unboxed(pieces: list[str]) -> list[str]:
    """``pieces`` without the ``div`` that Atom puts around XHTML (RFC 4287 §3.1.1.3), where it holds all of it."""
    filled = [place for place, piece in enumerate(pieces) if piece.strip()]
    inner = pieces[filled[0] : filled[-1] + 1] if filled else []
    if not inner or not inner[0].startswith(("<div>", "<div ")) or inner[-1] != "</div>":
        return inner
    depth = 0
    for piece in inner[:-1]:
        if piece.startswith("</"):
            depth -= 1
            if depth == 0:
                return inner
        elif piece.startswith("<"):
            depth += 1
    return inner[1:-1]


def _write(element: Element, pieces: list[str], depth: int) -> None:
    if depth > _DEEPEST:
        raise Unsure
    tag = element.tag if depth == 0 else _xhtml_name(element)
    written = "".join(f' {name}="{escape(value, _QUOTE)}"' for name, value in _shown(element) if depth)
    pieces.append(f"<{tag}{written}>")
    if element.text:
        pieces.append(escape(element.text))
    for child in element:
        _write(child, pieces, depth + 1)
        if child.tail:
            pieces.append(escape(child.tail))
    pieces.append(f"</{tag}>")


def _xhtml_name(element: Element) -> str:
    if not element.tag.startswith(_XHTML_TAG):
        raise Unsure
    name = str(etree.QName(element).localname).lower()
    if name in ("body", "svg", "math") or not name.isalnum():
        raise Unsure
    return name


def _shown(element: Element) -> list[tuple[str, str]]:
    if element.get(_LANG) is not None:
        raise Unsure
    return list(attributes(element).items())

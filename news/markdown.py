"""Stored HTML as the Markdown that makes it, so that what was written is edited as it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from news.bodies import body_html, is_html

_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "s": "~~", "del": "~~"}
_HEADINGS = {f"h{level}": "#" * level for level in range(2, 7)}
_ESCAPED = re.compile(r"([\\`*_\[\]~|]|<(?=[a-zA-Z/!?]))|&(?=#?\w+;)")
_LINE_START = re.compile(r"^(#{1,6}(?= |$)|[-+>](?= |$)|>|(?:-{3,}|={3,})$|\d{1,9}(?=[.)](?: |$)))", re.M)
_BLANKS = re.compile(r"[ \t\n\r]+")
_DEEPEST = 40
# Where cleaning puts line ends, and whether a link says who opened it, is no part of what was written.
_BETWEEN = re.compile(r"\s*(</?(?:p|ul|ol|li|blockquote|h[2-6]|hr|pre|table|thead|tbody|tr|th|td|br)\b[^>]*>)\s*")


class _OtherMarkup(Exception):
    """There is something in it that Markdown has no sign for."""


def editable(markup: str, base: str) -> str:
    """Sanitised ``markup`` as a person likes to edit it: the Markdown that makes the very same HTML, where there is
    one; else the HTML, a block a paragraph. ``base``: as for ``body_html``."""
    try:
        written = "\n\n".join(_blocks(_tree(markup), 0))
    except (_OtherMarkup, etree.ParserError):
        return _spaced(markup)
    same = not is_html(written) and _compared(body_html(written, base)) == _compared(markup)
    return written if same else _spaced(markup)


def _tree(markup: str) -> html.HtmlElement:
    return html.fragment_fromstring(markup, create_parent="div")


def _spaced(markup: str) -> str:
    return re.sub(r"(</(?:p|ul|ol|h[2-6]|blockquote|table|figure)>)\n*(?=<)", r"\1\n\n", markup)


def _compared(markup: str) -> str:
    plain = markup.replace("&nbsp;", "\u00a0").replace("<b>", "<strong>").replace("</b>", "</strong>")
    plain = plain.replace("<i>", "<em>").replace("</i>", "</em>")
    plain = re.sub(r"<(/?)del>", r"<\1s>", plain)
    return _BETWEEN.sub(r"\1", plain).strip()


def _blocks(parent: html.HtmlElement, depth: int) -> Iterator[str]:
    """The blocks of ``parent``; words that stand loose in it are a paragraph."""
    if depth > _DEEPEST:
        raise _OtherMarkup
    loose = _escaped(parent.text or "")
    for child in parent:
        if _is_block(child):
            if loose.strip():
                yield _paragraph(loose)
            yield _block(child, depth)
            loose = _escaped(child.tail or "")
        else:
            loose += _inline(child, depth) + _escaped(child.tail or "")
    if loose.strip():
        yield _paragraph(loose)


def _is_block(element: html.HtmlElement) -> bool:
    return element.tag in {"p", "ul", "ol", "blockquote", "hr", "pre", *_HEADINGS}


def _block(element: html.HtmlElement, depth: int) -> str:
    allowed = {"start"} if element.tag == "ol" else set()
    if set(element.attrib) - allowed:
        raise _OtherMarkup
    if element.tag == "p":
        return _paragraph(_inside(element, depth))
    if element.tag in _HEADINGS:
        return f"{_HEADINGS[element.tag]} {_inside(element, depth).strip()}"
    if element.tag == "blockquote":
        return _indented("\n\n".join(_blocks(element, depth + 1)), "> ", "> ")
    if element.tag in ("ul", "ol"):
        return _list(element, depth)
    if element.tag == "hr":
        return "---"
    raise _OtherMarkup


def _list(element: html.HtmlElement, depth: int) -> str:
    first = int(element.get("start", "1")) if element.get("start", "1").isdigit() else 1
    points = list(element)
    if any(point.tag != "li" or point.attrib for point in points):
        raise _OtherMarkup
    signs = [f"{first + n}. " if element.tag == "ol" else "- " for n in range(len(points))]
    loose = any(child.tag == "p" for point in points for child in point)
    parts = [("\n\n" if loose else "\n").join(_blocks(point, depth + 1)) for point in points]
    lines = [_indented(part, sign, " " * len(sign)) for part, sign in zip(parts, signs, strict=True)]
    return ("\n\n" if loose else "\n").join(lines)


def _indented(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join((f"{rest if n else first}{line}").rstrip() for n, line in enumerate(lines))


def _paragraph(text: str) -> str:
    return _LINE_START.sub(lambda found: _literal(found[0]), text.strip(" \n"))


def _literal(sign: str) -> str:
    return f"{sign}\\" if sign.isdigit() else f"\\{sign}"


def _inside(element: html.HtmlElement, depth: int) -> str:
    if depth > _DEEPEST:
        raise _OtherMarkup
    parts = [_escaped(element.text or "")]
    for child in element:
        parts += [_inline(child, depth + 1), _escaped(child.tail or "")]
    return "".join(parts)


def _inline(element: html.HtmlElement, depth: int) -> str:
    tag, attributes = element.tag, dict(element.attrib)
    if tag == "br":
        return "\n"
    if tag in _MARKS and not attributes:
        inner = _inside(element, depth)
        return f"{_MARKS[tag]}{inner}{_MARKS[tag]}"
    if tag == "code" and not attributes and not len(element):
        return f"`{element.text or ''}`"
    if tag == "a" and not set(attributes) - {"href", "rel", "title"}:
        return f"[{_inside(element, depth)}]({_target(attributes)})"
    if tag == "img" and not set(attributes) - {"src", "alt", "title"}:
        return f"![{_escaped(attributes.get('alt', ''))}]({_target(attributes)})"
    raise _OtherMarkup


def _target(attributes: dict[str, str]) -> str:
    address = attributes.get("href") or attributes.get("src") or ""
    if re.search(r"[\s<>]", address):
        raise _OtherMarkup
    title = attributes.get("title")
    address = f"<{address}>" if "(" in address or ")" in address else address
    return address + (' "{}"'.format(title.replace("\\", "\\\\").replace('"', '\\"')) if title is not None else "")


def _escaped(text: str) -> str:
    """``text`` as Markdown that says the same; the underline in a word needs no escape, nor a lone tilde."""
    joined = _BLANKS.sub(" ", text)
    return _ESCAPED.sub(lambda found: f"\\{found[0]}", joined)

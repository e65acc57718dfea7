"""Markup made safe, once, on entry: no scripts, styles, frames, forms, SVG or MathML; only web addresses."""

from __future__ import annotations

import html
import re
from functools import lru_cache

import nh3

from news.reopening import REOPENED, SIMPLE_TAG, ends_to_look_at
from news.text import xml_safe

LONGEST_BODY = 500_000
_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "dfn", "div", "dl", "dt", "em",
    "figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p",
    "pre", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead",
    "time", "tr", "u", "ul", "var",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"lang", "dir", "title"},
    "a": {"href", "hreflang"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "blockquote": {"cite"},
    "q": {"cite"},
}
_DROPPED_WHOLE = {"script", "style", "noscript", "template", "iframe", "object", "svg", "math", "title", "textarea"}
# A tree that no text could have made (a heading in a heading, once what stood between them is dropped) is read
# differently when it is read again.
_MOST_ROUNDS = 5
_BARE = nh3.Cleaner(tags=set(), clean_content_tags=_DROPPED_WHOLE)
# What is left open is opened again in every block that follows (``news.reopening``), so that some kilobytes become
# gigabytes; and a parser looks through all that is open at every block. No news has that many tags.
_MOST_TAGS = 20_000
_DEEPEST = 500
# Too short for any of that.
_SHORT = 4096
# Backwards: the end tags at the very end.
_LEFT_OPEN = re.compile(r"(?:>[a-z]+/<)*")
# What each opening again says again.
_REPEATED = {"dir", "href", "hreflang", "lang", "title"}
_TAG_START = re.compile(r"<[a-zA-Z]")
_ANY_TAG = re.compile(r"<[^>]*>?")
_SIMPLE_TAG = re.compile(f"({SIMPLE_TAG})", re.ASCII)
# HTML Standard §13.2.6.4.7, the adoption agency: an end tag moves what is open eight times at most.
_MOST_COPIES = 8
_BREAKS = re.compile(r"(?i)<(?:br|/?(?:p|div|li|h[1-6]|tr|blockquote|dd|dt|figcaption))\b[^<>]*>")
# A page has one first heading, and it is not in the body of an item.
_FIRST_HEADING = re.compile(r"(?i)(</?)h1(?=[\s/>])")
# A parser drops the line end right after <pre>, so one left there would make another cleaning lose the next.
_PRE_START = re.compile(r'(<pre(?: [a-z]+="[^"]*")*>)\n+')


def clean_html(markup: str, base: str | None = None) -> str:
    """``markup`` with only what is safe in anybody's page; relative addresses resolved against ``base`` (an absolute
    URL) or dropped. The same input gives the same output, and cleaning twice changes nothing. Markup made to grow
    without bound comes back as its bare words."""
    markup = xml_safe(markup[:LONGEST_BODY])
    if not markup:
        return ""
    cleaned = _cleaned(_words_of(markup) if _explodes(markup, base) else markup, base)
    if len(cleaned) > 2 * LONGEST_BODY:
        cleaned = _cleaned(_words_of(markup), base)
    if cleaned == markup:
        return cleaned
    for _ in range(_MOST_ROUNDS):
        before, cleaned = cleaned, _cleaned(cleaned, base)
        if cleaned == before:
            break
    return cleaned


def _explodes(markup: str, base: str | None) -> bool:
    """Whether a parser makes much more of ``markup`` than it is."""
    if len(_TAG_START.findall(markup)) > _MOST_TAGS:
        return True
    if _is_modest(markup):
        return False
    return any(_grows(markup[:end]) for end in ends_to_look_at(markup, len(base or "")))


def _is_modest(markup: str) -> bool:
    """Whether ``markup`` is written so plainly that its tags can be counted, and opens so little that opening all of it
    again at every tag, however often a parser may, comes to no great length."""
    tags = _SIMPLE_TAG.findall(markup)
    reopened = sum(len(tag) for tag, name in tags if name.lower() in REOPENED)
    return len(tags) == markup.count("<") and reopened * (len(tags) + 1) * _MOST_COPIES <= LONGEST_BODY


def _grows(markup: str) -> bool:
    parsed = nh3.clean(markup, tags=REOPENED, attributes={"*": _REPEATED}, link_rel="noopener noreferrer")
    open_at_end = _LEFT_OPEN.match(parsed[::-1])
    deep = open_at_end is not None and open_at_end[0].count("/<") > _DEEPEST
    return deep or len(parsed) > 5 * len(markup) + LONGEST_BODY


def _words_of(markup: str) -> str:
    return html.escape(_ANY_TAG.sub(" ", markup)[: LONGEST_BODY // 5], quote=False)


def _cleaned(markup: str, base: str | None) -> str:
    cleaned = _cleaner(base).clean(_FIRST_HEADING.sub(r"\1h2", markup))
    return _PRE_START.sub(r"\1", xml_safe(cleaned)).strip()


@lru_cache(maxsize=32)
def _cleaner(base: str | None) -> nh3.Cleaner:
    """What cleans against ``base``: making it costs as much as a short text."""
    return nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags=_DROPPED_WHOLE,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
        url_relative=("rewrite_with_base", base) if base else "deny",
        strip_comments=True,
    )


def text_of(markup: str) -> str:
    """The plain text of ``markup``: tags gone, entities read, blocks parted by blanks."""
    if not markup:
        return ""
    if "<" not in markup and "&" not in markup:
        return " ".join(xml_safe(markup).split())
    spaced = _BREAKS.sub(lambda found: f"{found[0]} ", xml_safe(markup))
    if len(spaced) > _SHORT and _explodes(spaced, None):
        spaced = _ANY_TAG.sub(" ", spaced)
    bare = _BARE.clean(spaced)
    return " ".join(xml_safe(html.unescape(bare)).split())

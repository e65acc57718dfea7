"""Bodies as people write them: Markdown, in which plain text is paragraphs, or HTML."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from news.sanitise import clean_html
from news.text import xml_safe

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

# HTML that begins as HTML is read as HTML alone: there a star is a star.
_HTML = re.compile(r"\s*<(?:!doctype|(?:p|div|h[1-6]|ul|ol|dl|blockquote|figure|table|pre|hr|article|section)\b)", re.I)
# What nobody means: four blanks before a line make no program text of it, nor dashes below one a heading.
_MEANT_BY_NOBODY = ["code", "lheading", "reference"]
# A line that begins with a year and a full stop is a sentence, not the 2026th point of a list.
_YEAR = re.compile(r"^( {0,3}\d{3,9})([.)])(?=[ \t])", re.M)
# The parser is quadratic where brackets or marks pile up; no news has as many.
_MOST_MARKS = 20_000
_MARKS = re.compile(r"[\[\]*_~`<>|]")


def body_html(text: str, base: str) -> str:
    """``text`` as sanitised HTML; relative addresses are resolved against ``base``.

    Text that begins with an HTML block is HTML; all other text is Markdown (CommonMark 0.31 with tables and ~~struck~~
    words; a line end is a line end), in which HTML stands for itself, made as safe as all HTML.
    """
    return clean_html(text if is_html(text) else _rendered(text), base)


def is_html(text: str) -> bool:
    """Whether ``text`` is read as HTML rather than as Markdown."""
    return bool(_HTML.match(text))


@cache
def _markdown() -> MarkdownIt:
    # Loaded when a body is written: what lists, shows and counts items can do without.
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"breaks": True, "html": True})
    return made.enable(["table", "strikethrough"]).disable(_MEANT_BY_NOBODY)


def _rendered(text: str) -> str:
    safe = _YEAR.sub(r"\1\\\2", xml_safe(text).replace("\r\n", "\n").replace("\r", "\n"))
    if len(_MARKS.findall(safe)) > _MOST_MARKS:
        safe = _MARKS.sub(lambda mark: f"\\{mark[0]}", safe)
    return str(_markdown().render(safe)).replace("<br />\n", "<br>")

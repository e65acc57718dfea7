"""What a feed says of a picture, as the text that stands for it (Media RSS 1.5.1)."""

from __future__ import annotations

import re

from news.sanitise import text_of

_LONGEST = 250
_LONGEST_RAW = 20_000
# A name that a camera or a program gave: one word with digits, an underscore, or an ending.
_FILE_NAME = re.compile(r"\S*[\d_]\S*|\S+\.\w{3,4}")


def alternative(description: str, text: str, name: str, *, title: str) -> str:
    """What ``media:description`` says is shown; else ``media:text``, what can be read in it; else ``media:title``, what
    it is called, unless that is the name of a file or the entry's own ``title``. "" when none of them will do: what is
    longer than a sentence or two is a caption or a transcript, which nobody wants to hear in place of a picture."""
    if not (description or text or name):
        return ""
    described, read, called = (text_of(said[:_LONGEST_RAW]).strip() for said in (description, text, name))
    if _FILE_NAME.fullmatch(called) or called == title:
        called = ""
    return next((said for said in (described, read, called) if 0 < len(said) <= _LONGEST), "")

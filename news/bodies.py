"""Bodies as people type them: HTML, or plain text whose blank lines part paragraphs."""

from __future__ import annotations

import html
import re

from news.sanitise import clean_html
from news.text import paragraphs

_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>")


def body_html(text: str, base: str) -> str:
    """``text`` as sanitised HTML; relative addresses are resolved against ``base``. Plain text becomes paragraphs."""
    if not _TAG.search(text):
        blocks = [block for block in paragraphs(text).split("\n\n") if block.strip()]
        text = "\n".join(f"<p>{'<br>'.join(html.escape(block, quote=False).splitlines())}</p>" for block in blocks)
    return clean_html(text, base)

"""How the sample's texts are set: paragraphs, and the spaces of French that no line may break at."""

from __future__ import annotations

import re

NO_BREAK = "\u00a0"
THIN = "\u202f"
_BLOCKS = ("<ul>", "<ol>", "<blockquote>", "<h3>")
# Lexique des règles typographiques en usage à l'Imprimerie nationale: thin before ; ! ?, full before : and in « ».
_THIN = re.compile(r" (?=[;!?])|(?<=\d) (?=\d{3}(?!\d))")
_NO_BREAK = re.compile(r" (?=[:»%€])|(?<=«) |(?<=\d) (?=(?:h|km|m|m²|M€|k€)(?!\w))")


def french(text: str) -> str:
    """``text`` (plain or HTML, on one line) with the ordinary spaces of French punctuation, figures and units made
    no-break ones; doing it twice changes nothing."""
    return _NO_BREAK.sub(NO_BREAK, _THIN.sub(THIN, text))


def html_of(body: str) -> str:
    """``body``, its blocks parted by blank lines, as HTML: a block that is no list, quotation or heading is a
    paragraph."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n", body.strip()))
    return "".join(block if block.startswith(_BLOCKS) else f"<p>{block}</p>" for block in blocks)

"""A body with its picture in it, once: where a body shows the picture already, ours stands in its place."""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

from news.links import canonical

# Sanitised HTML has its attributes in double quotes.
_IMG = re.compile(r'<img((?: [a-z]+="[^"]*")*) ?/?>')
_SRC, _ALT = re.compile(r' src="([^"]*)"'), re.compile(r' alt="([^"]*)"')
# How WordPress and others call the smaller copies of one picture.
_SIZED = re.compile(r"(?:-\d{2,5}x\d{2,5}|-scaled)(?=\.[a-z]{3,5}$)", re.IGNORECASE)
_SIZES = {"w", "h", "width", "height", "resize", "fit", "quality", "q", "ssl", "strip", "crop", "dpr", "itok"}


def img(src: str, alt: str, width: int | None, height: int | None, srcset: str = "") -> str:
    """An ``img`` element. ``srcset`` comes with the width of a column of text."""
    sides = f' width="{width}" height="{height}"' if width and height else ""
    sizes = f' srcset="{escape(srcset)}" sizes="(min-width: 46rem) 44rem, 100vw"' if srcset else ""
    return f'<img src="{escape(src)}" alt="{escape(alt)}"{sides}{sizes}>'


def in_place(content_html: str, origin: str, ours: str, alt: str) -> str | None:
    """``content_html`` with ``ours`` (an ``img`` element) where it first shows the picture at ``origin``, under the
    body's own description of it where it has one and ``alt`` is empty, and nowhere else; None when it shows it not."""
    wanted, found = likeness(origin), False

    def put(match: re.Match[str]) -> str:
        nonlocal found
        src = _SRC.search(match[1])
        if src is None or likeness(unescape(src[1])) != wanted:
            return match[0]
        first, found = not found, True
        said = _ALT.search(match[1])
        return (ours if alt or not said else ours.replace(' alt=""', f' alt="{said[1]}"', 1)) if first else ""

    made = _IMG.sub(put, content_html)
    return made if found else None


def illustrated(content_html: str, summary: str, ours: str, credit: str) -> str:
    """``content_html`` below a figure of ``ours``. Of an item without a body, the summary stands for it: readers that
    find a body show no summary."""
    caption = f"<figcaption>{escape(credit, quote=False)}</figcaption>" if credit else ""
    text = content_html or "".join(f"<p>{escape(part, quote=False)}</p>" for part in summary.split("\n\n") if part)
    return f"<figure>{ours}{caption}</figure>{text}"


def likeness(url: str) -> str:
    """What the addresses of one picture in several sizes have in common; for comparing only."""
    try:
        bare = canonical(url)
        parts = urlsplit(f"//{bare}")
    except ValueError:
        return url
    query = [(name, value) for name, value in parse_qsl(parts.query) if name.lower() not in _SIZES]
    return f"{parts.netloc}{_SIZED.sub('', parts.path)}?{urlencode(query)}"

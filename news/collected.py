"""What a source says: one entry of a feed or a page, read but not yet believed to be ours."""

from __future__ import annotations

from dataclasses import dataclass

from news.items import Image, When
from news.rhythm import UNSAID, Hints


@dataclass(frozen=True, slots=True)
class Collected:
    """One entry as ``sources/`` hands it over: plain text already clean, HTML already sanitised, addresses absolute.

    ``guid``: the raw identifier or None. ``link``: as given, made absolute, nothing else "repaired"; or None.
    ``summary``: plain text without a truncation mark. ``content_html``: sanitised HTML or "".
    ``terms``: the source's categories as it wrote them, in its order. ``language``: BCP 47 tag or None.
    ``published``/``updated``: None when not said. ``via``: ids and addresses of the feed it was taken from, where it
    says that it comes from another than this one (RFC 4287 §4.2.11; RSS 2.0 ``source``). The order of a list of these
    is the order of the document.
    """

    title: str
    guid: str | None = None
    link: str | None = None
    summary: str = ""
    content_html: str = ""
    author: str | None = None
    image: Image | None = None
    terms: tuple[str, ...] = ()
    language: str | None = None
    published: When | None = None
    updated: When | None = None
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole document, read: its own ``title`` and ``language`` (or None), the ``format`` it was in, its entries, and
    its ``hints`` about being asked again."""

    format: str
    entries: tuple[Collected, ...]
    title: str | None = None
    language: str | None = None
    home: str | None = None
    hints: Hints = UNSAID

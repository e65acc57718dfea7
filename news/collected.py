"""What a source says: one entry of a feed or a page, read but not yet believed to be ours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from news.items import Image, When
from news.rhythm import UNSAID, Hints


class Gist(NamedTuple):
    """What can be known of an entry before anything is asked of the store. ``canonical``: of its link; ``fingerprint``:
    as ``news.recognise`` makes them; ``text``: the plain text of ``content_html``."""

    canonical: str | None
    fingerprint: str
    text: str


@dataclass(frozen=True, slots=True)
class Collected:
    """One entry as ``sources/`` hands it over: plain text already clean, HTML already sanitised, addresses absolute.

    ``guid``: the raw identifier or None. ``link``: as given, made absolute, nothing else "repaired"; or None.
    ``summary``: plain text without a truncation mark. ``content_html``: sanitised HTML or "".
    ``terms``: the source's categories as it wrote them, in its order. ``language``: BCP 47 tag or None.
    ``published``/``updated``: None when not said. ``via``: ids and addresses of the feed it was taken from, where it
    says that it comes from another than this one (RFC 4287 §4.2.11; RSS 2.0 ``source``). The order of a list of these
    is the order of the document. ``gist``: worked out where the document was read; a changed entry has none.
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
    gist: Gist | None = field(default=None, init=False, compare=False, repr=False)

    def __reduce__(self) -> tuple[Callable[..., Collected], tuple[object, ...]]:
        """How it comes from one process to another: thousands at a time, so as one flat tuple."""
        published, updated, gist = self.published, self.updated, self.gist
        return _come, (
            published and (published.day, published.moment), updated and (updated.day, updated.moment),
            gist and tuple(gist), self.title, self.guid, self.link, self.summary,
            self.content_html, self.author, self.image, self.terms, self.language, self.via,
        )  # fmt: skip


def _come(
    published: tuple[date | None, datetime | None] | None, updated: tuple[date | None, datetime | None] | None,
    gist: tuple[str | None, str, str] | None, title: str, guid: str | None, link: str | None, summary: str,
    content_html: str, author: str | None, image: Image | None, terms: tuple[str, ...], language: str | None,
    via: tuple[str, ...],
) -> Collected:  # fmt: skip
    entry = Collected(
        title, guid, link, summary, content_html, author, image, terms, language, published and When(*published),
        updated and When(*updated), via,
    )  # fmt: skip
    return entry if gist is None else with_gist(entry, Gist(*gist))


def with_gist(entry: Collected, gist: Gist) -> Collected:
    """``entry``, which knows ``gist`` of itself from now on."""
    object.__setattr__(entry, "gist", gist)
    return entry


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

"""A feed made fit for every format: only characters XML can carry, no blank titles, times in UTC and whole seconds.

Every writer starts here, so that the formats cannot differ in what they say. Ids and addresses lose forbidden
characters and nothing else.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

from feeds.document import Deleted, Entry, Feed, FromSource, Outline, Term
from news.excerpts import excerpt
from news.items import Image
from news.text import one_line, paragraphs, xml_safe


def cleaned(feed: Feed) -> Feed:
    """``feed`` as every format can carry it. Cleaning twice changes nothing."""
    return replace(
        feed,
        id=xml_safe(feed.id),
        title=one_line(feed.title) or feed.home,
        subtitle=one_line(feed.subtitle),
        language=xml_safe(feed.language),
        home=xml_safe(feed.home),
        base=xml_safe(feed.base),
        updated=_moment(feed.updated),
        author=one_line(feed.author) or one_line(feed.title) or feed.home,
        entries=tuple(_entry(entry) for entry in feed.entries),
        icon=xml_safe(feed.icon) if feed.icon else None,
        badge=xml_safe(feed.badge) if feed.badge else None,
        hub=xml_safe(feed.hub) if feed.hub else None,
        deleted=tuple(Deleted(xml_safe(gone.id), _moment(gone.when)) for gone in feed.deleted),
        previous=xml_safe(feed.previous) if feed.previous else None,
        following=xml_safe(feed.following) if feed.following else None,
        current=xml_safe(feed.current) if feed.current else None,
    )


def cleaned_outline(outline: Outline) -> Outline:
    """``outline`` as OPML can carry it: its title on one line, its address where the title is blank."""
    return replace(
        outline,
        title=one_line(outline.title) or xml_safe(outline.feed),
        feed=xml_safe(outline.feed),
        page=xml_safe(outline.page),
        language=xml_safe(outline.language) if outline.language else None,
        folder=one_line(outline.folder) if outline.folder else None,
        categories=tuple(map(xml_safe, outline.categories)),
    )


def _entry(entry: Entry) -> Entry:
    summary, url = paragraphs(entry.summary), xml_safe(entry.url)
    return replace(
        entry,
        id=xml_safe(entry.id),
        title=one_line(entry.title) or excerpt(summary) or url,
        url=url,
        page=xml_safe(entry.page),
        summary=summary,
        content_html=xml_safe(entry.content_html).strip(),
        language=xml_safe(entry.language),
        published=_moment(entry.published),
        updated=_moment(entry.updated),
        author=one_line(entry.author or "") or None,
        image=_image(entry.image) if entry.image else None,
        categories=tuple(_term(term) for term in entry.categories),
        source=_source(entry.source) if entry.source else None,
    )


@lru_cache(maxsize=2048)
def _term(term: Term) -> Term:
    slug = one_line(term.slug)
    return Term(slug, one_line(term.name) or slug, xml_safe(term.scheme))


def _image(image: Image) -> Image:
    return replace(image, url=xml_safe(image.url), alt=one_line(image.alt), credit=one_line(image.credit))


def _source(source: FromSource) -> FromSource:
    url = xml_safe(source.url)
    return FromSource(xml_safe(source.id), one_line(source.name) or url, url, _moment(source.updated))


def _moment(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)

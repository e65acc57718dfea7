"""An article as schema.org describes it, whether a page writes it as JSON-LD or as microdata: a mapping of properties
to values, each a text, a thing, or a list of these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from zoneinfo import ZoneInfo

from news.collected import Collected
from news.items import Image
from news.links import absolute
from news.sanitise import text_of
from sources import fields
from sources.dates import when_of

Thing = Mapping[str, object]
# schema.org/Article and what is more special than it. An Event is none: when it takes place is not when it was told.
ARTICLES = frozenset({
    "Article", "NewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle",
    "ReportageNewsArticle", "ReviewNewsArticle", "BlogPosting", "LiveBlogPosting", "SocialMediaPosting", "Report",
    "ScholarlyArticle", "TechArticle", "AdvertiserContentArticle", "SatiricalArticle",
})  # fmt: skip
_FEWEST = 2
_MOST = 2000
_MOST_VALUES = 60


def types_of(thing: Thing) -> set[str]:
    """The names of its types, without the vocabulary's address."""
    return {text.rstrip("/").rpartition("/")[2].rpartition(":")[2] for text in texts(thing, "@type")}


def articles(things: Iterable[Thing], *, base: str, page: str, zone: ZoneInfo) -> list[Collected]:
    """What ``things`` tell, each address once, in their order. A single one, or one about the ``page`` itself, says
    what this page is and not what it lists."""
    found: dict[str, Collected] = {}
    for thing in things:
        entry = _entry(thing, base, zone)
        if entry and entry.title and entry.link and entry.link.partition("#")[0] != page.partition("#")[0]:
            found.setdefault(entry.link, entry)
        if len(found) == _MOST:
            break
    dated = [entry for entry in found.values() if entry.published]
    return dated if len(dated) >= _FEWEST else []


def _entry(thing: Thing, base: str, zone: ZoneInfo) -> Collected | None:
    title = next((fields.plain(text_of(text[:20_000]), fields.LONGEST_TITLE) for text in _named(thing)), "")
    summary = next((text_of(text[:50_000]) for text in texts(thing, "description", "abstract")), "")
    updated = next((when for text in texts(thing, "dateModified") if (when := when_of(text, zone))), None)
    dates = texts(thing, "datePublished", "dateCreated", "uploadDate")
    return Collected(
        title=title,
        link=_link(thing, base),
        summary=fields.summary_of(summary),
        author=_people(thing),
        image=_image(thing, base),
        terms=fields.terms_of(_terms(thing)),
        language=fields.language_of(next(texts(thing, "inLanguage"), None)),
        published=next((when for text in dates if (when := when_of(text, zone))), None) or updated,
        updated=updated,
    )


def _named(thing: Thing) -> Iterator[str]:
    return (text for text in texts(thing, "headline", "name", "alternativeHeadline") if text.strip())


def _link(thing: Thing, base: str) -> str | None:
    """``url``; else the page that the article is the main thing of; else its own name where that is an address."""
    said = [*texts(thing, "url"), *texts(thing, "mainEntityOfPage"), *texts(thing, "@id")]
    return next((place for text in said if text[:1] != "#" and (place := absolute(text[:5000], base))), None)


def _people(thing: Thing) -> str | None:
    names = [fields.author_of(text) for text in texts(thing, "author", "creator")]
    return fields.plain(", ".join(dict.fromkeys(name for name in names if name)), fields.LONGEST_AUTHOR) or None


def _image(thing: Thing, base: str) -> Image | None:
    for value in [*values(thing, "image"), *values(thing, "thumbnailUrl")]:
        if isinstance(value, Mapping):
            alt = next(texts(value, "caption", "description"), "")
            size = (next(texts(value, side), None) for side in ("width", "height"))
            places = texts(value, "url", "contentUrl", "@id")
            picture = fields.image_of(next(places, None), base, alt, *size)
        else:
            picture = fields.image_of(value, base)
        if picture:
            return picture
    return None


def _terms(thing: Thing) -> Iterator[str]:
    yield from texts(thing, "articleSection")
    for text in texts(thing, "keywords"):
        yield from (word.strip() for word in text[:5000].split(","))


def values(thing: Thing, name: str) -> list[object]:
    """The values of a property, alone or in a list."""
    value = thing.get(name)
    return value[:_MOST_VALUES] if isinstance(value, list) else [] if value is None else [value]


def texts(thing: Thing, *names: str) -> Iterator[str]:
    """The values of these properties as text: of a thing its name, else its address."""
    for name in names:
        for value in values(thing, name):
            if isinstance(value, Mapping):
                inner = (one for key in ("name", "@value", "url", "@id") for one in values(value, key))
                value = next((text for text in inner if isinstance(text, str) and text), None)
            if isinstance(value, int | float) and not isinstance(value, bool):
                value = str(value)
            if isinstance(value, str) and value:
                yield value

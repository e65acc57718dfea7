"""An archive of a newsroom of ours: the array of items that ``depeche export items`` writes, read field by field."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from news.days import NOON_FOR_ALL, local_day, parse_when
from news.errors import InvalidInput, NotUnderstood
from news.ids import is_id, urn
from news.items import Brought, Image, Status, When
from news.links import checked_url, is_iri_of
from news.sanitise import LONGEST_BODY, clean_html
from news.text import one_line, paragraphs
from sources import fields

_ISSUED = (Status.SCHEDULED, Status.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Archived:
    """An item as an archive tells it: texts clean, HTML sanitised, ids checked. ``slugs``: of its categories.
    ``when``: its date as it was given; ``published``: the moment it was shown by (UTC). Both None for none.
    ``brought``: set where readers or sources knew it by another name than its id. ``language``: a BCP 47 tag."""

    id: str
    story_id: str
    title: str
    status: Status
    when: When | None
    published: datetime | None
    updated: datetime | None
    link: str | None
    summary: str
    content_html: str
    author: str | None
    image: Image | None
    language: str | None
    slugs: tuple[str, ...]
    brought: Brought | None


def read_archive(text: str, *, base: str, zone: ZoneInfo) -> Iterator[tuple[str, Archived | InvalidInput]]:
    """Each item of the archive in ``text``, in its order, under the name a person knows it by; or why it cannot be
    taken. ``base``: what relative addresses in HTML are meant against. ``zone``: the newsroom's.

    Raises NotUnderstood (``import.not_json``, ``import.not_items``) when it is no array.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise NotUnderstood("import.not_json") from None
    if not isinstance(document, list):
        raise NotUnderstood("import.not_items")
    return (_named(place, given, base, zone) for place, given in enumerate(document, 1))


def _named(place: int, given: object, base: str, zone: ZoneInfo) -> tuple[str, Archived | InvalidInput]:
    said = given if isinstance(given, Mapping) else {}
    name = fields.plain(_text(said, "title") or _text(said, "id"), 100) or f"[{place}]"
    try:
        return name, _archived(said, base, zone)
    except InvalidInput as error:
        return name, error


def _archived(said: Mapping[str, object], base: str, zone: ZoneInfo) -> Archived:
    item_id, status = _id(said, "id"), _status(_text(said, "status"))
    title = one_line(_text(said, "title"))
    if not title:
        raise InvalidInput("item.title.empty")
    when, published = _dates(said, status, zone)
    updated = _text(said, "updated")
    return Archived(
        id=item_id,
        story_id=_id(said, "story_id") if said.get("story_id") else item_id,
        title=_bounded(title, fields.LONGEST_TITLE, "item.title.long"),
        status=status,
        when=when,
        published=published,
        updated=parse_when(updated, zone).moment if updated else None,
        link=_address(said, "link"),
        summary=_bounded(paragraphs(_text(said, "summary")), fields.LONGEST_SUMMARY, "item.summary.long"),
        content_html=clean_html(_bounded(_text(said, "content_html"), LONGEST_BODY, "item.body.long"), base),
        author=_bounded(one_line(_text(said, "author")), fields.LONGEST_AUTHOR, "item.author.long") or None,
        image=_image(said.get("image")),
        language=fields.language_of(said.get("language")),
        slugs=_slugs(said.get("categories")),
        brought=_brought(said, item_id),
    )


def _id(said: Mapping[str, object], name: str) -> str:
    if not is_id(given := _text(said, name)):
        raise InvalidInput("import.item.id", given=given[:80])
    return given


def _status(text: str) -> Status:
    if text not in list(Status):
        raise InvalidInput("item.status.unknown", status=text[:20])
    return Status(text)


def _dates(said: Mapping[str, object], status: Status, zone: ZoneInfo) -> tuple[When | None, datetime | None]:
    """A day is told as the moment it is shown by; an archive written by hand may say the day alone."""
    text = _text(said, "published")
    if not text:
        if status in _ISSUED:
            raise InvalidInput("item.date.needed")
        return None, None
    when = parse_when(text, zone)
    if when.day:
        return when, datetime.combine(when.day, NOON_FOR_ALL)
    assert when.moment
    day = local_day(when.moment, zone) if said.get("date_only") is True else None
    return (When(day=day) if day else when), when.moment


def _address(said: Mapping[str, object], name: str) -> str | None:
    text = _text(said, name)
    return checked_url(text) if text.strip() else None


def _image(given: object) -> Image | None:
    if not isinstance(given, Mapping) or not (url := _address(given, "url")):
        return None
    alt = fields.plain(_text(given, "alt"), fields.LONGEST_TITLE)
    credit = fields.plain(_text(given, "credit"), fields.LONGEST_AUTHOR)
    return Image(url, alt, _pixels(given.get("width")), _pixels(given.get("height")), credit)


def _pixels(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 100_000 else None


def _slugs(given: object) -> tuple[str, ...]:
    listed = given if isinstance(given, list) else []
    slugs = (_text(each, "slug") for each in listed[: fields.MOST_TERMS] if isinstance(each, Mapping))
    return tuple(dict.fromkeys(one_line(slug)[:100] for slug in slugs if slug.strip()))


def _brought(said: Mapping[str, object], item_id: str) -> Brought | None:
    """The GUID readers know, where it is not the id's own. A name that only its source used stays behind with the
    source: two sources may both call something "1"."""
    guid = one_line(_text(said, "guid"))
    if guid and guid != urn(item_id):
        if not is_iri_of(guid, guid):
            raise InvalidInput("import.item.guid", given=guid[:120])
        return Brought(guid, keeps=True)
    name = fields.guid_of(_text(said, "source_guid"))
    return Brought(name) if name and not said.get("source") else None


def _bounded(text: str, most: int, key: str) -> str:
    if len(text) > most:
        raise InvalidInput(key, length=len(text), most=most)
    return text


def _text(holder: Mapping[str, object], name: str) -> str:
    value = holder.get(name)
    return value if isinstance(value, str) else ""

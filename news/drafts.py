"""What a person asks an item to be, and whether it can be taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from news.bodies import body_html
from news.categories import Category
from news.days import day_begins, due, parse_when
from news.errors import InvalidFields, InvalidInput
from news.items import Image, Status, When
from news.links import checked_url
from news.pictures import uploaded
from news.sanitise import LONGEST_BODY
from news.selections import LANGUAGES
from news.text import one_line, paragraphs, xml_safe

LONGEST_TITLE = 300
LONGEST_SUMMARY = 5000
LONGEST_AUTHOR = 200
LONGEST_ALT = 500
ASKABLE = (Status.DRAFT, Status.REVIEW, Status.SCHEDULED, Status.PUBLISHED)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as typed. ``categories``: slugs. ``date``: for ``days.parse_when``, or "". ``body``: HTML or text.
    ``image_url``: a web address, or ``urn:uuid:`` and the id of an upload. ``withdraw``: when it is to be taken back,
    ``pin``: until when it stands at the top, both as ``date``."""

    title: str
    categories: tuple[str, ...] = ()
    date: str = ""
    link: str = ""
    summary: str = ""
    body: str = ""
    language: str = "fr"
    status: str = "draft"
    author: str = ""
    image_url: str = ""
    image_alt: str = ""
    image_credit: str = ""
    withdraw: str = ""
    pin: str = ""


ALL_FIELDS = frozenset(field.name for field in fields(Draft))
_PICTURE = frozenset({"image_url", "image_alt", "image_credit"})


@dataclass(frozen=True, slots=True)
class Fields:
    """A draft that can be taken: clean values. ``categories``: ids."""

    title: str
    categories: frozenset[str]
    when: When | None
    link: str | None
    summary: str
    content_html: str
    language: str
    status: Status
    author: str | None
    image: Image | None
    withdraw_at: datetime | None = None
    pinned_until: datetime | None = None


def check(
    draft: Draft,
    categories: Mapping[str, Category],
    zone: ZoneInfo,
    base_url: str,
    *,
    only: frozenset[str] = ALL_FIELDS,
) -> Fields:
    """``draft`` as clean values. ``categories``: those it may have, by slug. ``only``: the fields to look at; the
    others come back empty, whatever stands in them. Raises InvalidFields."""
    wrong: dict[str, InvalidInput] = {}
    looked_at = only | _PICTURE if only & _PICTURE else only

    def take(name: str, made: Callable[[], T], otherwise: T) -> T:
        try:
            return made() if name in looked_at else otherwise
        except InvalidInput as error:
            wrong[name] = error
            return otherwise

    picture = take("image_url", lambda: _image_url(draft.image_url), None)
    alt = take("image_alt", lambda: _bounded(one_line(draft.image_alt), LONGEST_ALT, "item.image_alt.long"), "")
    credit = take(
        "image_credit", lambda: _bounded(one_line(draft.image_credit), LONGEST_AUTHOR, "item.image_credit.long"), ""
    )
    taken = Fields(
        title=take("title", lambda: _title(draft.title), ""),
        categories=take("categories", lambda: _categories(draft.categories, categories), frozenset()),
        when=take("date", lambda: parse_when(draft.date, zone) if draft.date.strip() else None, None),
        link=take("link", lambda: checked_url(draft.link) if draft.link.strip() else None, None),
        summary=take("summary", lambda: _bounded(paragraphs(draft.summary), LONGEST_SUMMARY, "item.summary.long"), ""),
        content_html=take("body", lambda: _body(draft.body, base_url), ""),
        language=take("language", lambda: _language(draft.language), "fr"),
        status=take("status", lambda: _status(draft.status), Status.DRAFT),
        author=take(
            "author", lambda: _bounded(one_line(draft.author), LONGEST_AUTHOR, "item.author.long") or None, None
        ),
        image=Image(picture, alt, credit=credit) if picture else None,
        withdraw_at=take("withdraw", lambda: begins(draft.withdraw, zone), None),
        pinned_until=take("pin", lambda: ends(draft.pin, zone), None),
    )
    if taken.status is Status.SCHEDULED and not draft.date.strip():
        wrong["date"] = InvalidInput("item.date.needed")
    if wrong:
        raise InvalidFields(wrong)
    return taken


def begins(text: str, zone: ZoneInfo) -> datetime | None:
    """A moment as typed; of a day its beginning. Raises InvalidInput."""
    return due(parse_when(text, zone), zone) if text.strip() else None


def ends(text: str, zone: ZoneInfo) -> datetime | None:
    """A moment as typed; of a day its end. Raises InvalidInput."""
    if not text.strip():
        return None
    when = parse_when(text, zone)
    return day_begins(when.day + timedelta(days=1), zone) if when.day else due(when, zone)


def _image_url(text: str) -> str | None:
    """Raises InvalidInput."""
    given = text.strip()
    if not given:
        return None
    return given if uploaded(given) else checked_url(given)


def _bounded(text: str, most: int, key: str) -> str:
    if len(text) > most:
        raise InvalidInput(key, length=len(text), most=most)
    return text


def _title(text: str) -> str:
    title = one_line(text)
    if not title:
        raise InvalidInput("item.title.empty")
    return _bounded(title, LONGEST_TITLE, "item.title.long")


def _categories(slugs: tuple[str, ...], known: Mapping[str, Category]) -> frozenset[str]:
    for slug in slugs:
        if slug not in known:
            raise InvalidInput("item.category.unknown", slug=slug[:80], known=", ".join(known) or "–")
    return frozenset(known[slug].id for slug in slugs)


def _body(text: str, base_url: str) -> str:
    return body_html(_bounded(xml_safe(text), LONGEST_BODY, "item.body.long"), base_url)


def _language(text: str) -> str:
    if text not in LANGUAGES:
        raise InvalidInput("item.language.unknown", language=text[:20])
    return text


def _status(text: str) -> Status:
    if text not in ASKABLE:
        raise InvalidInput("item.status.unknown", status=text[:20])
    return Status(text)

"""What a careful colleague would say of an item before it goes out. All of it is advice: nothing here refuses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field as given
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from html import unescape
from zoneinfo import ZoneInfo

from news.days import due
from news.excerpts import MARK, without_mark
from news.items import Item, When
from news.lifecycle import when_of
from news.sanitise import text_of
from news.significance import plain_words

# Two lines in a narrow block.
LONG_TITLE = 100
_OLD = timedelta(days=14)
_NIGHT = (22, 6)
_SHOUTED_LETTERS, _SHOUTED_SHARE = 12, 0.7
_ALIKE = 0.85
_LOOKED_AT = 400
_LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.S)
_IMAGE = re.compile(r"<img\b[^>]*>")
_SAID = re.compile(r' alt="[^"]*[^"\s][^"]*"')
_BARE = re.compile(r"\bhttps?://[^\s<]+|\bwww\.[^\s<]+")
_EMPTY_WORDS = {"ici", "cliquez ici", "cliquer ici", "lien", "ce lien", "lire la suite", "en savoir plus", "here",
                "click here", "this link", "link", "read more", "more", "learn more"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to look at again. ``key``: of its sentence, filled with ``args``. ``field``: of the form."""

    key: str
    field: str
    args: dict[str, object] = given(default_factory=dict)


def lint(item: Item, languages: frozenset[str], now: datetime, zone: ZoneInfo) -> tuple[Advice, ...]:
    """What there is to say of ``item``, in the order of the form. ``languages``: in which its story is told, its own
    aside. ``now``: aware."""
    found = (*_of_title(item), *_of_categories(item), *_of_date(item, now, zone), *_of_summary(item),
             *_of_body(item), *_of_picture(item))  # fmt: skip
    other = "en" if item.language == "fr" else "fr"
    return found if other in languages else (*found, Advice(f"lint.translation.{other}", "language"))


def _of_title(item: Item) -> list[Advice]:
    title, found = item.title, []
    if len(title) > LONG_TITLE:
        found.append(Advice("lint.title.long", "title", {"length": len(title), "most": LONG_TITLE}))
    if shouted(title):
        found.append(Advice("lint.title.caps", "title"))
    if title.endswith(".") and not title.endswith(("..", "etc.")):
        found.append(Advice("lint.title.stop", "title"))
    return found


def _of_categories(item: Item) -> list[Advice]:
    return [] if item.categories else [Advice("lint.category.none", "categories")]


def _of_date(item: Item, now: datetime, zone: ZoneInfo) -> list[Advice]:
    when = when_of(item)
    if when is None or item.first_published:
        return []
    if due(when, zone) < now - _OLD:
        return [Advice("lint.date.past", "date", {"days": (now - due(when, zone)).days})]
    return [Advice("lint.date.night", "date")] if _by_night(when, now, zone) else []


def _by_night(when: When, now: datetime, zone: ZoneInfo) -> bool:
    """Whether it is planned for an hour at which nobody reads; what goes out now is not planned."""
    if when.moment is None or when.moment <= now:
        return False
    hour = when.moment.astimezone(zone).hour
    return hour >= _NIGHT[0] or hour < _NIGHT[1]


def _of_summary(item: Item) -> list[Advice]:
    summary, found = item.summary, []
    if not summary and not item.content_html:
        found.append(Advice("lint.summary.missing", "summary"))
    if summary and repeats(item.title, summary):
        found.append(Advice("lint.summary.repeats", "summary"))
    if summary != without_mark(summary):
        found.append(Advice("lint.summary.mark", "summary", {"mark": MARK.strip()}))
    if shouted(summary):
        found.append(Advice("lint.summary.caps", "summary"))
    return found


def _of_body(item: Item) -> list[Advice]:
    body, found = item.content_html, []
    if any(not _SAID.search(image) for image in _IMAGE.findall(body)):
        found.append(Advice("lint.body.image_alt", "body"))
    linked = [text_of(inside) for inside in _LINK.findall(body)]
    if _BARE.search(text_of(_LINK.sub(" ", body))) or any(_BARE.fullmatch(text) for text in linked):
        found.append(Advice("lint.body.bare_url", "body"))
    empty = next((text for text in linked if plain_words(text).casefold().strip(" .:") in _EMPTY_WORDS), None)
    if empty is not None:
        found.append(Advice("lint.body.empty_words", "body", {"words": empty[:60]}))
    return found


def _of_picture(item: Item) -> list[Advice]:
    if item.image is None:
        return []
    found = [] if item.image.alt else [Advice("lint.image.alt", "image_alt")]
    return found if item.image.credit else [*found, Advice("lint.image.credit", "image_credit")]


def shouted(text: str) -> bool:
    """Whether ``text`` is written in capitals, an abbreviation or two aside."""
    letters = [letter for letter in text if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    return len(letters) >= _SHOUTED_LETTERS and capitals > _SHOUTED_SHARE * len(letters)


def repeats(title: str, summary: str) -> bool:
    """Whether ``summary`` begins by saying ``title`` again, or says nothing else."""
    said, again = plain_words(title).casefold().rstrip(" .!?"), plain_words(summary).casefold()
    if not said:
        return False
    return again.startswith(said) or alike(said, again.rstrip(" .!?"))


def alike(one: str, other: str) -> bool:
    """Whether two texts are nearly the same, letter by letter; asked of their beginnings."""
    matcher = SequenceMatcher(None, one[:_LOOKED_AT], other[:_LOOKED_AT], autojunk=False)
    return matcher.real_quick_ratio() > _ALIKE and matcher.quick_ratio() > _ALIKE and matcher.ratio() > _ALIKE


def addresses(item: Item) -> tuple[str, ...]:
    """Where ``item`` leads: its link and those of its body, each once, in order."""
    inside = [unescape(found) for found in re.findall(r'<a\b[^>]* href="(https?://[^"]+)"', f"{item.content_html}")]
    return tuple(dict.fromkeys([*([item.link] if item.link else []), *inside]))

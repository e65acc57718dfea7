"""Three hundred made-up partners over one day: when each publishes and corrects, how it serves, and what is odd about
it. Always the same; nothing here is random from one run to the next. Times are seconds since the day began."""

from __future__ import annotations

import functools
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

SOURCES, DAY, HOUR = 300, 86_400, 3_600
START = datetime(2026, 11, 3, tzinfo=UTC)
_WINDOW = 20
_SYLLABLES = "ba cé di fo gu la ment mo na nel pa pré qui ra ro sa so ta tion tu va vi".split()  # noqa: SIM905
# Of ten partners, how many hours lie between two of their publications: busy, daily, weekly, monthly, asleep.
_RHYTHMS = (4, 12, 24, 36, 72, 120, 240, 500, 1500, 6000)
Shown = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Partner:
    """One partner. ``published``: when each of its items was, oldest first; ``edited``: when an item was corrected, by
    its place there."""

    number: int
    published: tuple[int, ...]
    edited: dict[int, int]

    @property
    def form(self) -> str:
        """``whole`` (RSS with texts), ``short`` (RSS with excerpts) or ``atom``."""
        return ("whole", "whole", "whole", "short", "short", "atom")[self.number % 6]

    @property
    def validators(self) -> tuple[bool, bool]:
        """Whether it sends ``ETag`` and ``Last-Modified``."""
        if self.stamps or self.renames:
            return False, False
        return ((True, True), (True, False), (False, True), (False, False), (True, True))[self.number % 5]

    @property
    def asks(self) -> tuple[str, str]:
        """A header and an element that ask not to be asked before a while."""
        kinds = {1: ("Cache-Control: max-age=1800", ""), 3: ("", "<ttl>60</ttl>"), 5: ("Cache-Control: no-cache", "")}
        return kinds.get(self.number % 8, ("", ""))

    @property
    def renames(self) -> bool:
        """Whether its program makes other guids at every request."""
        return self.number % 25 == 4

    @property
    def changes_sides(self) -> bool:
        """Whether its document is well written in one hour and not in the next."""
        return self.number % 10 == 3

    @property
    def stamps(self) -> bool:
        """Whether it writes the moment of the request into the document."""
        return self.number % 12 == 6

    @property
    def moved(self) -> bool:
        """Whether its address leads to another for ever."""
        return self.number % 30 == 11

    def trouble(self, now: int) -> tuple[str, str] | None:
        """The status and a header that it fails with at ``now``."""
        begins = self.number * 977 % (DAY - 4 * HOUR)
        if self.number % 20 == 7 and begins <= now < begins + 2 * HOUR:
            return "503 Service Unavailable", "Retry-After: 1800"
        if self.number % 20 == 17 and begins <= now < begins + 3 * HOUR:
            return "500 Internal Server Error", "X-Powered-By: PHP"
        return None

    def shown(self, now: int) -> Shown:
        """The items in its feed at ``now``, newest first: place, and 1 when it has been corrected by then."""
        there = [place for place, moment in enumerate(self.published) if moment <= now][-_WINDOW:]
        return tuple((place, int(self.edited.get(place, now + 1) <= now)) for place in reversed(there))


@functools.cache
def partner(number: int) -> Partner:
    """Partner ``number``."""
    chance = random.Random(number)
    gap = _RHYTHMS[number % 10] * HOUR * chance.uniform(0.7, 1.4)
    moments, moment = [], chance.uniform(0, 1) * gap
    while moment < DAY:
        moments.append(moment)
        moment += _between(chance, gap)
    moment = -chance.uniform(0, 1) * gap
    for _ in range(_WINDOW + 5):
        moments.append(moment)
        moment -= _between(chance, gap)
    published = tuple(sorted({_at_work(chance, moment) for moment in moments}))
    edited = {
        place: max(0, when) + chance.randint(600, 6 * HOUR)
        for place, when in enumerate(published)
        if when > -DAY and chance.random() < 0.3
    }
    return Partner(number, published, edited)


def document(there: Partner, shown: Shown, now: int) -> str:
    """What its feed says at ``now``."""
    odd_hour = there.changes_sides and now // HOUR % 2 == 1
    if there.form == "atom":
        return _atom(there, shown, now, odd_hour)
    inner = "".join(_item(there.number, there.form, place, state, _guid(there, place, now)) for place, state in shown)
    stamp = f"<lastBuildDate>{_mail_date(now)}</lastBuildDate>" if there.stamps else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{_misfit(there, odd_hour)}<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>Partenaire {there.number}</title><link>{_host(there.number)}/</link>"
        f"<description>Actualités{' & plus' if odd_hour else ''}</description><language>fr-FR</language>"
        f"{there.asks[1]}{stamp}{inner}</channel></rss>"
    )


def tag_of(there: Partner, shown: Shown, now: int) -> str:
    """The validator of what it says at ``now``."""
    side = now // HOUR % 2 if there.changes_sides else 0
    return f'"{there.number}-{abs(hash(shown)):x}-{side}"'


def changed_at(there: Partner, shown: Shown) -> str:
    """``Last-Modified`` of what it says."""
    return _mail_date(max(max(there.published[place], there.edited[place] if new else 0) for place, new in shown))


def _between(chance: random.Random, gap: float) -> float:
    return max(600.0, chance.expovariate(1 / gap))


def _at_work(chance: random.Random, moment: float) -> int:
    """Most of what would come out at night comes out in the day that follows."""
    hour = moment / HOUR % 24
    late = 0 if 7 <= hour < 19 or chance.random() < 0.2 else (31 - hour) % 24 + chance.uniform(0, 6)
    return int(moment + late * HOUR)


def _misfit(there: Partner, odd_hour: bool) -> str:
    return "<!DOCTYPE rss>" if odd_hour and there.number % 20 == 3 else ""


def _host(number: int) -> str:
    return f"https://partner{number}.example"


def _guid(there: Partner, place: int, now: int) -> str:
    return f"{there.number}-{place}-{now}" if there.renames else f"{_host(there.number)}/?p={place}"


@functools.lru_cache(maxsize=20_000)
def _said(number: int, place: int, state: int) -> tuple[str, str, str]:
    """Title, excerpt and text."""
    chance = random.Random(number * 10_000 + place)
    title = _words(chance, 8) + (" (mise à jour)" if state else "")
    text = "".join(f"<p>{_words(chance, 60)} <strong>{_words(chance, 3)}</strong> &amp; suite.</p>" for _ in range(4))
    return title, _words(chance, 30), text


@functools.lru_cache(maxsize=20_000)
def _item(number: int, form: str, place: int, state: int, guid: str) -> str:
    title, excerpt, text = _said(number, place, state)
    body = f"<content:encoded><![CDATA[{text}]]></content:encoded>" if form == "whole" else ""
    return (
        f"<item><title>{escape(title)}</title><link>{_host(number)}/actualites/{place}/</link>"
        f'<dc:creator>Anne Roche</dc:creator><guid isPermaLink="false">{guid}</guid><category>Recherche</category>'
        f"<pubDate>{_mail_date(partner(number).published[place])}</pubDate>"
        f"<description>{escape(excerpt)}</description>{body}</item>"
    )


def _atom(there: Partner, shown: Shown, now: int, odd_hour: bool) -> str:
    inner = "".join(
        f"<entry><title>{escape(title)}</title><id>{_guid(there, place, now)}</id>"
        f'<link rel="alternate" type="text/html" href="{_host(there.number)}/a/{place}"/>'
        f"<author><name>Léa Martin</name></author><published>{_atom_date(there.published[place])}</published>"
        f"<updated>{_atom_date(there.edited[place] if state else there.published[place])}</updated>"
        f'<summary>{escape(excerpt)}</summary><content type="html">{escape(text)}</content></entry>'
        for place, state in shown
        for title, excerpt, text in [_said(there.number, place, state)]
    )
    newest = _atom_date(now if there.stamps else max(there.published[place] for place, _ in shown))
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{"<!DOCTYPE feed>" if odd_hour else ""}'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>P</title><id>{_host(there.number)}/feed</id>'
        f'<updated>{newest}</updated><link href="{_host(there.number)}/"/>{inner}</feed>'
    )


def _words(chance: random.Random, many: int) -> str:
    return " ".join("".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4))) for _ in range(many)).capitalize()


def _mail_date(moment: int) -> str:
    return format_datetime(START + timedelta(seconds=moment), usegmt=True)


def _atom_date(moment: int) -> str:
    return (START + timedelta(seconds=moment)).isoformat()

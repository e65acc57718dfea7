"""What was counted, for staff: who reads each feed, how much each block is shown and by which sites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from desk.context import Desk
from desk.partners.counting import ITEMS
from desk.partners.registry import known_partners
from desk.selecting import resolve, selection_title
from news.errors import Gone, InvalidInput, NotFound
from news.partners import Standing
from storage.contract import Reader
from storage.records_audience import BLOCK, FEED, Carrier
from translations import translator

DAYS = 30
_RECENT = 7


@dataclass(slots=True)
class Numbers:
    """What is known of one selection's feeds, or of its blocks. ``address``: as it is written today, "" for those that
    were too many to be told apart; ``title``: in words. ``readers``: by day, the last is today: subscribers that
    aggregators tell of, and other readers; ``fetches``: by day, bots aside. ``forms``: how often each was asked for,
    ``bots`` by how many of these. ``aggregators``: the most subscribers each told of lately."""

    address: str
    title: str
    readers: list[int] = field(default_factory=lambda: [0] * DAYS)
    fetches: list[int] = field(default_factory=lambda: [0] * DAYS)
    forms: dict[str, int] = field(default_factory=dict)
    bots: int = 0
    aggregators: dict[str, int] = field(default_factory=dict)

    @property
    def page(self) -> str:
        """The path of the page about it, "" where there is none."""
        return f"/feeds/{self.address}" if self.address and self.address != ITEMS else ""

    @property
    def subscribers(self) -> int:
        """How many read it: the most of the last seven days, for not everybody asks every day."""
        return max(self.readers[-_RECENT:])

    @property
    def asked(self) -> int:
        """How often it was asked for in all days, bots aside."""
        return sum(self.fetches)


@dataclass(frozen=True, slots=True)
class Audience:
    """Feeds, the most read first; blocks, the most shown first; the sites that carry blocks, seen last first.
    ``since``: the first of the days."""

    feeds: tuple[Numbers, ...]
    blocks: tuple[Numbers, ...]
    sites: tuple[Carrier, ...]
    since: date


@dataclass(frozen=True, slots=True)
class Today:
    """Sums that may be public: how often feeds and blocks were asked for today, bots aside; how many read feeds; how
    many partners there are, and how many have gone silent."""

    feed_fetches: int
    block_fetches: int
    subscribers: int
    partners: int
    silent: int


def audience(desk: Desk, language: str) -> Audience:
    """What was counted in the last 30 days of the newsroom, today included; titles in ``language``."""
    with desk.storage.read() as reader:
        return _audience(reader, _today(desk), language)


def today(desk: Desk) -> Today:
    """The sums of today."""
    with desk.storage.read() as reader:
        found = _audience(reader, _today(desk), desk.settings.language)
        partners = known_partners(reader, desk.now())
    return Today(
        sum(each.fetches[-1] for each in found.feeds),
        sum(each.fetches[-1] for each in found.blocks),
        sum(each.subscribers for each in found.feeds),
        len(partners),
        sum(each.standing in (Standing.SILENT, Standing.NEVER) for each in partners),
    )


def _today(desk: Desk) -> date:
    return desk.now().astimezone(desk.settings.timezone).date()


def _audience(reader: Reader, last: date, language: str) -> Audience:
    since = last - timedelta(days=DAYS - 1)
    known: dict[tuple[str, str], Numbers] = {}
    names = _Names(reader, language)

    def numbers(kind: str, selection: str) -> Numbers:
        address, title = names.of(selection)
        return known.setdefault((kind, address), Numbers(address, title))

    lately: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for each in reader.asked_for(since):
        document, tally = each.document, each.tally
        found, place = numbers(document.kind, document.selection), _place(each.day, since)
        if place is None:
            continue
        found.fetches[place] += tally.fetches - tally.bots
        found.readers[place] += sum(tally.aggregators.values())
        found.forms[document.form] = found.forms.get(document.form, 0) + tally.fetches
        found.bots += tally.bots
        if document.kind == FEED and place >= DAYS - _RECENT:
            for name, subscribers in tally.aggregators.items():
                by_form = lately[found.address, name]
                by_form[document.form] = max(by_form.get(document.form, 0), subscribers)
    for (address, name), by_form in lately.items():
        known[FEED, address].aggregators[name] = sum(by_form.values())
    for day in reader.readers_of_feeds(since):
        if (place := _place(day.day, since)) is not None:
            numbers(FEED, day.selection).readers[place] += day.readers
    sites = tuple(each for each in reader.carriers() if each.carried.document.kind == BLOCK and each.carried.site)
    return Audience(
        _sorted((one for (kind, _), one in known.items() if kind == FEED), by_readers=True),
        _sorted((one for (kind, _), one in known.items() if kind == BLOCK), by_readers=False),
        sites,
        since,
    )


def _place(day: date, since: date) -> int | None:
    place = (day - since).days
    return place if 0 <= place < DAYS else None


def _sorted(found: Iterable[Numbers], *, by_readers: bool) -> tuple[Numbers, ...]:
    return tuple(sorted(found, key=lambda one: (-one.subscribers if by_readers else 0, -one.asked, one.address)))


class _Names:
    """What selections are called today; former addresses of categories count as their present ones."""

    def __init__(self, reader: Reader, language: str) -> None:
        self._reader = reader
        self._language = language
        self._known = {"": ("", ""), ITEMS: (ITEMS, translator(language)("audience.items"))}

    def of(self, written: str) -> tuple[str, str]:
        """The address and the title of the selection once ``written`` so."""
        if written not in self._known:
            self._known[written] = self._found(written)
        return self._known[written]

    def _found(self, written: str) -> tuple[str, str]:
        try:
            selection = resolve(self._reader, written)
        except (InvalidInput, NotFound, Gone):
            return written, written
        title = selection_title(selection, self._language)
        return selection.address, f"{title} ({selection.tongue})" if selection.tongue else title

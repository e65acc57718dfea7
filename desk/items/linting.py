"""What a colleague who knows everything that was published would say of an item before it goes out."""

from __future__ import annotations

import threading
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from desk.context import Desk
from desk.http_client import client_for
from net.messages import Limits, Request
from news.errors import FetchFailed
from news.items import Item, Status
from news.links import canonical
from news.lint import Advice, addresses, alike, lint
from news.significance import plain_words
from news.users import User
from storage.contract import Reader
from storage.records import ItemQuery

_RECENT = timedelta(days=120)
_LONG_WORD = 5
_WORDS_ASKED = 3
_MOST_ALIKE = 3
_MOST_LINKS = 12
_KEPT_FOR = timedelta(minutes=15)
_MOST_KEPT = 2_000
_AT_ONCE = 2
_LIMITS = Limits(connect=4.0, idle=4, total=8.0, wire=300_000, decoded=3_000_000, redirects=5)


@dataclass(frozen=True, slots=True)
class Lookalike:
    """An item that seems to tell the same. ``may_open``: whether the person who asks may see its form."""

    item: Item
    may_open: bool


def advice_on(desk: Desk, item: Item, stored: Item | None = None) -> tuple[Advice, ...]:
    """What there is to say of ``item`` (one that could be published); ``stored``: as it is, or what it translates."""
    with desk.storage.read() as reader:
        told = {each.language for each in reader.story(stored.story_id)} if stored else set()
    return lint(item, frozenset(told), desk.now(), desk.settings.timezone)


def lookalikes(desk: Desk, item: Item, user: User, besides: Collection[str] = ()) -> tuple[Lookalike, ...]:
    """Items that point to the same page, or say nearly the same in their title, and are no telling of the same story;
    the surest first. An author is told of strangers' items only once they are public. ``besides``: ids of those of
    which it is decided what they are; so it is of what staff keep apart from it."""
    with desk.storage.read() as reader:
        found = {**_of_same_link(reader, item), **_of_same_title(desk, reader, item)}
        decided = {item.id, *besides, *reader.apart(item.id)}
    others = [each for each in found.values() if each.id not in decided and each.story_id != item.story_id]
    seen = [each for each in others if each.visible or user.may_edit(each)]
    return tuple(Lookalike(each, user.may_edit(each)) for each in seen[:_MOST_ALIKE])


def _of_same_link(reader: Reader, item: Item) -> dict[str, Item]:
    found = reader.visible_by_canonical([canonical(item.link)]) if item.link else {}
    return {each.id: each for each in found.values()}


def _of_same_title(desk: Desk, reader: Reader, item: Item) -> dict[str, Item]:
    """Asked by single words: one letter more in another word hides nothing."""
    said = plain_words(item.title).casefold()
    words = sorted({word for word in said.split() if len(word) >= _LONG_WORD and word.isalnum()}, key=len, reverse=True)
    found: dict[str, Item] = {}
    for word in words[:_WORDS_ASKED]:
        query = ItemQuery(
            statuses=frozenset(Status) - {Status.WITHDRAWN}, language=item.language, since=desk.now() - _RECENT,
            text=word, copies=False, limit=20,
        )  # fmt: skip
        near = (each for each in reader.items(query) if alike(said, plain_words(each.title).casefold()))
        found |= {each.id: each for each in near}
    return found


@dataclass
class LinkChecks:
    """What addresses answered lately, in this process. At most two people's links are looked at at once, so that no
    stranger's slow server keeps ours busy."""

    _kept: dict[str, tuple[datetime, Advice | None]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _turns: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(_AT_ONCE))

    def broken(self, desk: Desk, item: Item) -> tuple[Advice, ...] | None:
        """What is wrong with the addresses that ``item`` leads to; None when it is not the time to look."""
        wanted, now = addresses(item)[:_MOST_LINKS], desk.now()
        with self._lock:
            self._forget(now)
            unknown = [url for url in wanted if url not in self._kept]
        if unknown:
            if not self._turns.acquire(blocking=False):
                return None
            try:
                self._look(desk, unknown, now)
            finally:
                self._turns.release()
        with self._lock:
            found = [self._kept[url][1] for url in wanted if url in self._kept]
        return tuple(each for each in found if each)

    def _look(self, desk: Desk, urls: list[str], now: datetime) -> None:
        with closing(client_for(desk.settings, limits=_LIMITS)) as client:
            for request, outcome in client.fetch_many([Request(url) for url in urls]):
                advice = _wrong(request.url, outcome) if isinstance(outcome, FetchFailed) else None
                with self._lock:
                    self._kept[request.url] = (now, advice)

    def _forget(self, now: datetime) -> None:
        old = [url for url, (at, _) in self._kept.items() if not timedelta() <= now - at < _KEPT_FOR]
        for url in old if len(self._kept) < _MOST_KEPT else list(self._kept):
            del self._kept[url]


def _wrong(url: str, failure: FetchFailed) -> Advice | None:
    """Only what its reader would meet too: a page that is gone, or a server that does not exist."""
    status = failure.message_args.get("status")
    if status in (404, 410):
        return Advice("lint.link.gone", "link", {"url": url[:200], "status": status})
    if failure.key == "source.fetch.unknown_host":
        return Advice("lint.link.nowhere", "link", {"url": url[:200]})
    return None

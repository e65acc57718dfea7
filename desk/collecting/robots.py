"""Asking robots.txt before a page is collected (RFC 9309). Feeds are made to be fetched by machines: nobody asks there.

What a host says is kept for a day (§2.4). 4xx means that everything may be fetched (§2.3.1.3); when the host cannot be
asked (5xx, 429, no answer), nothing may be for a while (§2.3.1.4).
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit, urlunsplit

from desk.collecting.parsing import Parser
from desk.context import Desk
from net.client import Client
from net.messages import Request, Response
from news.errors import FetchFailed, SourceFailed
from news.links import host_of
from sources.robots import MOST_BYTES

_KEPT_FOR = timedelta(hours=24)
_ASKED_AGAIN_AFTER = timedelta(minutes=15)
_MOST_KEPT = 20_000_000
# How often a page that leads elsewhere is begun again because robots.txt had to be asked for there.
MOST_ASKED = 6


@dataclass(frozen=True, slots=True)
class _Rules:
    """The ``text`` of a robots.txt; None: it could not be asked for, because of ``failure``."""

    text: bytes | None
    until: datetime
    failure: FetchFailed | None = None


class Robots:
    """What hosts said to robots, remembered while this object lives and bounded in size."""

    def __init__(self, desk: Desk, parser: Parser) -> None:
        self._desk = desk
        self._parser = parser
        self._kept: OrderedDict[str, _Rules] = OrderedDict()
        self._size = 0

    def known(self, url: str) -> bool:
        """Whether ``check`` can answer for ``url``."""
        now, rules = self._desk.now(), self._kept.get(place_of(url))
        return rules is not None and now < rules.until <= now + _KEPT_FOR

    def keep(self, place: str, answer: Response | FetchFailed) -> None:
        """Remember what came from ``place``, the address of a robots.txt."""
        now = self._desk.now()
        if isinstance(answer, Response):
            rules = _Rules(answer.body[:MOST_BYTES], now + _KEPT_FOR)
        elif _allows_all(answer):
            rules = _Rules(b"", now + _KEPT_FOR)
        else:
            rules = _Rules(None, now + _ASKED_AGAIN_AFTER, answer)
        self._drop(place)
        self._kept[place] = rules
        self._size += len(rules.text or b"")
        while self._size > _MOST_KEPT:
            self._drop(next(iter(self._kept)))

    def check(self, url: str) -> None:
        """Raises SourceFailed (``source.robots.forbidden``, ``.unavailable``, ``.unreadable``) when ``url`` may not be
        fetched, or when nobody knows."""
        rules = self._kept[place_of(url)]
        if rules.text is None:
            raise SourceFailed("source.robots.unavailable", host=host_of(url)[:200]) from rules.failure
        token = self._desk.settings.robots_name
        if b"allow" in rules.text.lower() and not self._parser.permits(rules.text, url, token):
            raise SourceFailed("source.robots.forbidden", host=host_of(url)[:200], token=token)

    def permits(self, url: str) -> bool:
        """Whether ``url`` may be fetched, as far as we know: False also where nobody was asked yet."""
        try:
            if self.known(url):
                self.check(url)
                return True
        except SourceFailed:
            return False
        return False

    def fetch(self, client: Client, url: str) -> Response:
        """The page at ``url``, wherever it leads: each place is asked before anything is fetched there. Raises
        SourceFailed."""
        self.ask(client, url)
        for _ in range(MOST_ASKED):
            answer = client.fetch(Request(url, may_follow=self.permits))
            if answer.leads_to is None:
                return answer
            self.ask(client, answer.leads_to)
        raise too_many(url)

    def ask(self, client: Client, url: str) -> None:
        """Ask now if need be, then ``check``. Raises SourceFailed."""
        if not self.known(url):
            for request, answer in client.fetch_many([request_for(url)]):
                self.keep(request.url, answer)
        if self.known(url):
            self.check(url)

    def _drop(self, place: str) -> None:
        if rules := self._kept.pop(place, None):
            self._size -= len(rules.text or b"")


def too_many(url: str) -> FetchFailed:
    """What to say of a page that leads to another place each time it is asked for."""
    return FetchFailed("source.fetch.redirects", host=host_of(url)[:200])


def request_for(url: str) -> Request:
    """What to fetch before the page ``url``."""
    return Request(place_of(url), head_only=MOST_BYTES)


def place_of(url: str) -> str:
    """Where the rules for ``url`` stand."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))


def _allows_all(failure: FetchFailed) -> bool:
    status = failure.message_args.get("status")
    return isinstance(status, int) and 400 <= status < 500 and status != 429

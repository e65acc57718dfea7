"""Looking at many sources at once: fetching, reading and storing go on beside each other, in bounded memory."""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from types import TracebackType

from desk.collecting.outcomes import Look, Outcome, hash_of, store_looks
from desk.collecting.parsing import Parser, Pending
from desk.collecting.probe import explained
from desk.collecting.robots import MOST_ASKED, Robots, place_of, request_for, too_many
from desk.context import Desk
from desk.http_client import client_for
from net.messages import Limits, Request, Response
from news.collected import Reading
from news.errors import FetchFailed, InvalidInput, SourceFailed
from news.sources import Kind, Source

IN_FLIGHT = 16
_TOGETHER = 100
# A turn to write is kept short, about a fifth of a second: others wait for it.
_MOST_ENTRIES = 1000
_LONGEST_UNSTORED = 0.5
_MOST_READING = 160
_MOST_BYTES = 40_000_000


class Collector:
    """Looks at sources with one client and one set of reading processes, to be used in a ``with`` block, from one
    thread, as often as one likes.

    ``stop``: once set, ends within a moment; ``limits``: what one fetch may cost, when not the usual; ``pause``:
    seconds between two requests to a host; ``between``: called every fifth of a second at least while it works;
    ``stored``: told each outcome at once.
    """

    def __init__(
        self,
        desk: Desk,
        *,
        stop: threading.Event | None = None,
        limits: Limits | None = None,
        pause: float = 0.0,
        between: Callable[[], None] | None = None,
        stored: Callable[[Outcome], None] | None = None,
    ) -> None:
        self._desk = desk
        self._stop = stop or threading.Event()
        self._between = between
        self._stored = stored
        self._opened = ExitStack()
        self._client = self._opened.enter_context(
            closing(client_for(desk.settings, limits=limits, stop=self._stop, pause=pause))
        )
        self._parser = self._opened.enter_context(Parser.for_many())
        self._robots = Robots(desk, self._parser)
        self._begin()

    def _begin(self) -> None:
        self._asked: dict[Request, Source] = {}
        self._behind_robots: dict[str, list[Source]] = {}
        self._let_through: deque[Source] = deque()
        self._to_ask: deque[Request] = deque()
        self._led_on: Counter[str] = Counter()
        self._pages = 0
        self._reading: dict[int, tuple[Pending[Reading], Look, int]] = {}
        self._unstored: list[Look] = []
        self._oldest_unstored = 0.0
        self._entries = 0
        self._outcomes: deque[Outcome] = deque()

    def __enter__(self) -> Collector:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close connections, and end the reading processes."""
        self._opened.close()

    def look(self, sources: Iterable[Source | None]) -> Iterator[Outcome]:
        """Look at ``sources`` (a None among them: there may be more later), an outcome for each as it is stored. When
        stopped, what was not read by then has none."""
        self._begin()
        try:
            for request, answer in self._client.fetch_many(self._requests(sources), IN_FLIGHT, self._work):
                self._take(request, answer)
                yield from self._told()
            while not self._stop.is_set() and self._reading:
                self._wait_for_reading()
                yield from self._told()
            self._store()
            yield from self._told()
        finally:
            for pending, _, _ in self._reading.values():
                pending.give_up()

    def _requests(self, sources: Iterable[Source | None]) -> Iterator[Request | None]:
        for source in sources:
            yield from self._let_go()
            if source is None:
                yield None
            else:
                yield from self._request(source)
        while self._behind_robots or self._let_through or self._pages:
            yield from self._let_go()
            yield None

    def _robots_first(self, source: Source, url: str) -> None:
        """Ask the place that ``url`` is at; then ``source`` is looked at, from its beginning."""
        waiting = self._behind_robots.setdefault(place_of(url), [])
        waiting.append(source)
        if len(waiting) == 1:
            self._to_ask.append(request_for(url))

    def _let_go(self) -> Iterator[Request]:
        while self._to_ask:
            yield self._to_ask.popleft()
        while self._let_through:
            yield from self._request(self._let_through.popleft())

    def _request(self, source: Source) -> Iterator[Request]:
        permits = None
        if source.kind is Kind.PAGE:
            if not self._may_be_asked(source, source.url):
                return
            self._pages += 1
            permits = self._robots.permits
        request = Request(source.url, source.check.etag, source.check.last_modified, may_follow=permits)
        self._asked[request] = source
        yield request

    def _may_be_asked(self, source: Source, url: str) -> bool:
        """Whether ``url`` may be fetched for ``source`` now: if not, it fails, or the place is asked first."""
        if not self._robots.known(url):
            self._robots_first(source, url)
            return False
        try:
            self._robots.check(url)
        except SourceFailed as refusal:
            self._looked(Look(source, error=refusal))
            return False
        return True

    def _led(self, source: Source, url: str) -> None:
        """The page of ``source`` leads to ``url``, where nobody was asked yet, or where it may not be fetched."""
        self._led_on[source.id] += 1
        if self._led_on[source.id] > MOST_ASKED:
            self._looked(Look(source, error=too_many(source.url)))
        elif self._may_be_asked(source, url):
            self._let_through.append(source)

    def _take(self, request: Request, answer: Response | FetchFailed) -> None:
        source = self._asked.pop(request, None)
        if source is None:
            self._robots.keep(request.url, answer)
            self._let_through += self._behind_robots.pop(request.url, [])
            return
        self._pages -= source.kind is Kind.PAGE
        if isinstance(answer, FetchFailed):
            self._looked(Look(source, error=explained(answer, source.kind, source.url)))
        elif answer.leads_to:
            self._led(source, answer.leads_to)
        elif answer.not_modified:
            self._looked(Look(source, answer))
        elif (digest := hash_of(answer.body)) == source.check.body_hash:
            self._looked(Look(source, answer, body_hash=digest))
        else:
            self._read(source, answer, digest)

    def _read(self, source: Source, answer: Response, digest: str) -> None:
        pending = self._parser.submit(
            answer.body,
            url=answer.url,
            content_type=answer.headers.get("content-type"),
            kind=source.kind,
            selectors=source.selectors,
            zone=self._desk.settings.timezone,
        )
        self._reading[id(pending)] = pending, Look(source, answer, body_hash=digest), len(answer.body)
        while self._too_much_to_read() and not self._stop.is_set():
            self._wait_for_reading()

    def _too_much_to_read(self) -> bool:
        return len(self._reading) > _MOST_READING or sum(size for _, _, size in self._reading.values()) > _MOST_BYTES

    def _wait_for_reading(self) -> None:
        if not self._taken_from_readers():
            self._stop.wait(0.005)
        self._work()

    def _taken_from_readers(self) -> bool:
        done = [key for key, (pending, _, _) in self._reading.items() if pending.done]
        for key in done:
            pending, look, _ = self._reading.pop(key)
            self._looked(_read_look(pending, look))
        return bool(done)

    def _work(self) -> None:
        self._taken_from_readers()
        nothing_comes = not self._asked and not self._reading
        if self._unstored and (nothing_comes or time.monotonic() - self._oldest_unstored > _LONGEST_UNSTORED):
            self._store()
        if self._between:
            self._between()

    def _looked(self, look: Look) -> None:
        if not self._unstored:
            self._oldest_unstored = time.monotonic()
        self._unstored.append(look)
        self._entries += len(look.reading.entries) if look.reading else 0
        if len(self._unstored) >= _TOGETHER or self._entries >= _MOST_ENTRIES:
            self._store()

    def _store(self) -> None:
        if self._unstored:
            looks, self._unstored = self._unstored, []
            self._entries = 0
            for outcome in store_looks(self._desk, looks):
                self._outcomes.append(outcome)
                if self._stored:
                    self._stored(outcome)

    def _told(self) -> Iterator[Outcome]:
        while self._outcomes:
            yield self._outcomes.popleft()


def _read_look(pending: Pending[Reading], look: Look) -> Look:
    try:
        return Look(look.source, look.answer, pending.result(), body_hash=look.body_hash)
    except (SourceFailed, InvalidInput) as error:
        return Look(look.source, error=error)

"""Collecting: what is due is leased, fetched, read and stored; one source's nonsense touches no other's items."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator

from desk.collecting.collector import Collector
from desk.collecting.leases import Due
from desk.collecting.outcomes import Outcome
from desk.context import Desk
from net.messages import Limits
from news.sources import Source

__all__ = ["Collecting", "Outcome", "collect_due", "failed", "refresh"]
_LOG = logging.getLogger("depeche.collect")

Progress = Callable[[Outcome], None]


def refresh(
    desk: Desk,
    sources: Iterable[Source],
    *,
    progress: Progress | None = None,
    stop: threading.Event | None = None,
    limits: Limits | None = None,
) -> tuple[Outcome, ...]:
    """Look at ``sources`` now, due or not, several at a time and without pauses, since a person waits; an outcome for
    each, in the order they finished. ``limits``: what one fetch may cost, when not the usual."""
    outcomes = []
    with Collector(desk, stop=stop, limits=limits) as collector:
        for outcome in collector.look(sources):
            outcomes.append(outcome)
            if progress:
                progress(outcome)
    return tuple(outcomes)


class Collecting:
    """Looks at what is due, as often as it is asked to, to be used in a ``with`` block. Connections, reading processes
    and what hosts said to robots are kept from one time to the next."""

    def __init__(self, desk: Desk, stop: threading.Event | None = None) -> None:
        self._stop = stop or threading.Event()
        self._due = Due(desk, self._stop)
        self._collector: Collector | None = None
        self._desk = desk

    def __enter__(self) -> Collecting:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give everything back."""
        if self._collector:
            self._collector.close()

    def run(self) -> Iterator[Outcome]:
        """Look at every source that is due and that nobody else looks at, until none is; an outcome for each. Leases
        of those that were not finished, because it was stopped, are given back."""
        if not self._due.any():
            return
        try:
            for outcome in self._kept_collector().look(self._due.sources()):
                _log(outcome)
                yield outcome
        finally:
            self._due.give_back()

    def _kept_collector(self) -> Collector:
        if self._collector is None:
            self._collector = Collector(
                self._desk, stop=self._stop, pause=self._desk.settings.fetch_pause, between=self._due.keep_leases,
                stored=self._due.done,
            )  # fmt: skip
        return self._collector


def collect_due(desk: Desk, stop: threading.Event | None = None) -> tuple[Outcome, ...]:
    """Look at every source that is due and that nobody else looks at."""
    with Collecting(desk, stop) as collecting:
        return tuple(collecting.run())


def failed(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """Those that could not be read."""
    return tuple(outcome for outcome in outcomes if outcome.error)


def _log(outcome: Outcome) -> None:
    if outcome.error:
        _LOG.warning("%s: %s", outcome.source.url, outcome.error)
    elif outcome.new or outcome.changed:
        _LOG.info("%s: %d new, %d changed", outcome.source.url, outcome.new, outcome.changed)

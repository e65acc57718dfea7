"""Collecting: what is due is leased, fetched, read and stored; one source's nonsense touches no other's items."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta

from desk.arriving import Counts, store_entries
from desk.context import Desk
from desk.fetching import client_for
from desk.looking import explained
from desk.parsing import Parser
from net.messages import Limits, Request, Response
from news.errors import DepecheError, InvalidInput, SourceFailed, StoreFailed
from news.schedule import after_failure, after_success
from news.sources import Source

LEASE = timedelta(minutes=10)
AT_ONCE = 50
_LOG = logging.getLogger("depeche.collect")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one source: how many items were ``new``, ``changed``, the ``same``; or the ``error``."""

    source: Source
    new: int = 0
    changed: int = 0
    same: int = 0
    error: DepecheError | None = None


Progress = Callable[[Outcome], None]


def refresh(
    desk: Desk,
    sources: Sequence[Source],
    *,
    progress: Progress | None = None,
    stop: threading.Event | None = None,
    limits: Limits | None = None,
) -> tuple[Outcome, ...]:
    """Look at ``sources`` now, due or not, several at a time; an outcome for each, in the order they finished.
    ``limits``: what one fetch may cost, when not the usual."""
    by_request = {_request(source): source for source in sources}
    outcomes = []
    with closing(client_for(desk.settings, limits=limits, stop=stop)) as client, Parser() as parser:
        for request, answer in client.fetch_many(by_request):
            source = by_request[request]
            outcome = _take(desk, source, answer, parser)
            outcomes.append(outcome)
            if progress:
                progress(outcome)
    return tuple(outcomes)


def collect_due(desk: Desk, stop: threading.Event | None = None) -> tuple[Outcome, ...]:
    """Look at every source that is due and that nobody else looks at."""
    now = desk.now()
    with desk.storage.transaction() as tx:
        leased = tx.lease_sources(now, now + LEASE, AT_ONCE)
    if not leased:
        return ()
    outcomes = refresh(desk, leased, stop=stop)
    for outcome in outcomes:
        if outcome.error:
            _LOG.warning("%s: %s", outcome.source.url, outcome.error)
        elif outcome.new or outcome.changed:
            _LOG.info("%s: %d new, %d changed", outcome.source.url, outcome.new, outcome.changed)
    return outcomes


def failed(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """Those that could not be read."""
    return tuple(outcome for outcome in outcomes if outcome.error)


def _request(source: Source) -> Request:
    return Request(source.url, source.check.etag, source.check.last_modified)


def _take(desk: Desk, source: Source, answer: Response | SourceFailed, parser: Parser) -> Outcome:
    try:
        return _read(desk, source, answer, parser)
    except StoreFailed as error:
        return Outcome(source, error=error)


def _read(desk: Desk, source: Source, answer: Response | SourceFailed, parser: Parser) -> Outcome:
    if isinstance(answer, SourceFailed):
        return _failure(desk, source, explained(answer, source.kind, source.url))
    try:
        return _success(desk, source, answer, parser)
    except (SourceFailed, InvalidInput) as error:
        return _failure(desk, source, error)


def _success(desk: Desk, source: Source, answer: Response, parser: Parser) -> Outcome:
    """Store what an answer says. The same bytes as last time say the same, whatever the validators do."""
    digest = hashlib.sha256(answer.body).hexdigest()
    settings, now = desk.settings, desk.now()
    check = replace(
        source.check,
        etag=answer.etag if not answer.not_modified else answer.etag or source.check.etag,
        last_modified=answer.last_modified if not answer.not_modified else source.check.last_modified,
        body_hash=source.check.body_hash if answer.not_modified else digest,
    )
    reading = None
    if not answer.not_modified and digest != source.check.body_hash:
        reading = parser.read(
            answer.body,
            url=answer.url,
            content_type=answer.headers.get("content-type"),
            kind=source.kind,
            selectors=source.selectors,
            zone=settings.timezone,
        )
    with desk.storage.transaction() as tx:
        current = tx.source(source.id)
        if current is None or current.removed:
            return Outcome(source)
        counts = store_entries(desk, tx, current, reading) if reading else Counts()
        check = after_success(
            check, now, changed=bool(counts.new or counts.changed), shortest=settings.fetch_interval_min,
            longest=settings.fetch_interval_max, seed=source.id,
        )  # fmt: skip
        tx.put_check(source.id, check)
    return Outcome(replace(source, check=check), counts.new, counts.changed, counts.same)


def _failure(desk: Desk, source: Source, error: DepecheError) -> Outcome:
    """Remember why; nothing that was there changes."""
    check = after_failure(
        source.check, desk.now(), key=error.key, args=dict(error.message_args),
        shortest=desk.settings.fetch_interval_min, longest=desk.settings.fetch_interval_max, seed=source.id,
    )  # fmt: skip
    with desk.storage.transaction() as tx:
        tx.put_check(source.id, check)
    return Outcome(replace(source, check=check), error=error)

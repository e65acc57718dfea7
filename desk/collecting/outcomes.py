"""What an answer of a source comes to: what is remembered of it and what it brings, stored with that of many others."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from desk.collecting.batch import Batch
from desk.collecting.storing import Counts, store_entries
from desk.context import Desk
from net.messages import Response
from news.altered import altered
from news.collected import Reading
from news.errors import DepecheError, FetchFailed, SourceFailed, StoreFailed
from news.habit import learned, timed
from news.health import Look as Line
from news.health import Seen
from news.items import Change
from news.permanent_redirects import redirected, told
from news.schedule import after_failure, after_success
from news.sources import GONE, Check, Source
from storage.contract import Transaction


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one source: how many items were ``new``, ``changed``, the ``same``; or the ``error``."""

    source: Source
    new: int = 0
    changed: int = 0
    same: int = 0
    error: DepecheError | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """One look at ``source``: the ``answer`` with what its body says (``reading``; None: the same as last time), or
    what went wrong (``error``)."""

    source: Source
    answer: Response | None = None
    reading: Reading | None = None
    error: DepecheError | None = None
    body_hash: str | None = None


def hash_of(body: bytes) -> str:
    """What an unchanged body is recognised by (SHA-256, hex), whatever the validators do."""
    return hashlib.sha256(body).hexdigest()


def store_looks(desk: Desk, looks: Sequence[Look]) -> list[Outcome]:
    """Store all of ``looks`` in one transaction; when that cannot be done, each in its own, so that one source's
    trouble is no other's. An outcome for each, in their order."""
    try:
        with _no_cycles_sought():
            return _stored(desk, looks)
    except StoreFailed as error:
        if len(looks) == 1:
            return [Outcome(looks[0].source, error=error)]
        return [outcome for look in looks for outcome in store_looks(desk, [look])]


@contextmanager
def _no_cycles_sought() -> Iterator[None]:
    """Python's search for cycles rests for the fifth of a second that this takes: it would walk again and again over
    thousands of things that are all still needed, and none of which goes round in a circle."""
    sought = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if sought:
            gc.enable()


def _stored(desk: Desk, looks: Sequence[Look]) -> list[Outcome]:
    checks: dict[str, Check] = {}
    lines: dict[str, Line] = {}
    with desk.storage.transaction() as tx:
        there = tx.sources_named([look.source.id for look in looks])
        batch = Batch(tx)
        batch.expect([(look.source, look.reading) for look in looks if look.reading])
        outcomes = [_settled(desk, tx, batch, look, there.get(look.source.id), checks) for look in looks]
        batch.store()
        for outcome in outcomes:
            if (check := checks.get(outcome.source.id)) and (line := _line(outcome, there[outcome.source.id], check)):
                lines[outcome.source.id] = line
                checks[outcome.source.id] = altered(check, same=0)
        tx.put_checks(checks)
        tx.add_looks(lines)
    return outcomes


def _settled(
    desk: Desk, tx: Transaction, batch: Batch, look: Look, current: Source | None, checks: dict[str, Check]
) -> Outcome:
    """Decide in ``tx`` from what is stored now: while it was looked at, a source may have been changed or removed."""
    if current is None or current.removed or current.url != look.source.url:
        return Outcome(look.source)
    if look.error or look.answer is None:
        assert look.error
        return _failed(desk, tx, current, look.error, checks)
    counts = store_entries(desk, tx, batch, current, look.reading) if look.reading else Counts()
    check, url = redirected(
        _remembered(current.check, look, desk, counts), current.url, look.answer.moved_to, desk.now()
    )
    if url:
        current, check = _moved(desk, tx, current, check, url)
    check = after_success(
        check, desk.now(), changed=bool(counts.new or counts.changed), fresh_for=look.answer.fresh_for,
        shortest=desk.settings.fetch_interval_min, longest=desk.settings.fetch_interval_max, seed=current.id,
    )  # fmt: skip
    checks[current.id] = check
    return Outcome(altered(current, check=check), counts.new, counts.changed, counts.same)


def _remembered(check: Check, look: Look, desk: Desk, counts: Counts) -> Check:
    """The validators byte for byte, and what the body taught. A 304 without validators leaves those we have."""
    answer = look.answer
    assert answer is not None
    etag = answer.etag or (check.etag if answer.not_modified else None)
    check = timed(altered(check, same=check.same + 1, etag=etag), answer.took)
    if answer.not_modified:
        return check
    check = altered(check, last_modified=answer.last_modified, body_hash=look.body_hash)
    if look.reading is None:
        return check
    dates = (entry.published for entry in look.reading.entries)
    return learned(altered(check, hints=look.reading.hints), dates, desk.now(), new=bool(counts.new))


def _line(outcome: Outcome, before: Source, check: Check) -> Line | None:
    """What the log says of a look; nothing of one that found nothing new, as the one before it: those are counted."""
    assert check.checked is not None
    error, found = outcome.error, outcome.new or outcome.changed
    if not (error or found or before.check.error_key):
        return None
    what = Seen.FAILED if error else Seen.CHANGED if found else Seen.SAME
    took = (error.took if isinstance(error, FetchFailed) else None) if error else check.took
    return Line(
        check.checked, what, took, before.check.same, outcome.new, outcome.changed,
        error.key if error else None, _plain(error) if error else {},
    )  # fmt: skip


def _plain(error: DepecheError) -> dict[str, object]:
    """What fills the error's sentence."""
    return {name: value for name, value in error.message_args.items() if name != "retry_after"}


def _moved(desk: Desk, tx: Transaction, source: Source, check: Check, url: str) -> tuple[Source, Check]:
    """The source gets the address it has led to for a week; unless another source has it: that is noted, once."""
    now, who = desk.now(), f"source:{source.id}"
    if other := tx.source_of_url(url):
        data: dict[str, object] = {"url": {"from": source.url, "to": url}, "taken": other.id}
        tx.add_change(Change("source", source.id, now, who, "moved to another source's address", data=data))
        return source, told(check)
    moved = altered(source, url=url)
    tx.put_source(moved, now)
    tx.add_change(Change("source", source.id, now, who, "moved", data={"url": {"from": source.url, "to": url}}))
    return moved, altered(check, moved_to=None, moved_since=None)


def _failed(desk: Desk, tx: Transaction, source: Source, error: DepecheError, checks: dict[str, Check]) -> Outcome:
    now, gone = desk.now(), error.message_args.get("status") == 410
    if gone:
        error = SourceFailed(GONE, host=error.message_args.get("host", ""))
    asked = error.message_args.get("retry_after")
    check = after_failure(
        source.check, now, key=error.key, args=dict(error.message_args), shortest=desk.settings.fetch_interval_min,
        longest=desk.settings.fetch_interval_max, seed=source.id, retry_after=asked if isinstance(asked, int) else None,
    )  # fmt: skip
    if gone and not source.paused:
        source = altered(source, paused=True)
        tx.put_source(source, now)
        tx.add_change(Change("source", source.id, now, f"source:{source.id}", "stopped: gone"))
    checks[source.id] = check
    return Outcome(altered(source, check=check), error=error)

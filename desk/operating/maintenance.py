"""Making, copying, bringing back and checking the database; the worker's beat."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from desk.categories.named_feeds import dried_up
from desk.context import Desk, open_desk, system_clock
from desk.settings import Settings
from news.errors import Conflict, NotFound, SourceFailed, StoreFailed
from news.health import BROKEN, State, state_of
from news.sources import Source
from storage.minting import Mint
from storage.sqlite.engine import SqliteStorage

_BEAT = "worker"
_SILENT_AFTER = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong: a message key with its arguments, and the key of what to do about it. An error among the
    arguments stands for its sentence."""

    key: str
    args: dict[str, object]
    advice_key: str


def prepare(settings: Settings, clock_now: datetime | None = None) -> tuple[Desk, list[str], Path | None]:
    """Create the database, or bring an older one up to date after backing it up.

    The desk, the names of the migrations run, and where the backup of the older one is. Raises StoreTooNew,
    StoreFailed.
    """
    now = clock_now or system_clock()
    existed = settings.database.exists() and settings.database.stat().st_size > 0
    storage = SqliteStorage(settings.database, Mint(system_clock), create=True)
    missing = storage.pending()
    kept = None
    if existed and missing:
        kept = settings.database.with_name(f"{settings.database.name}.before-{missing[0]}-{now:%Y%m%d%H%M%S}")
        storage.backup(kept)
    ran = storage.migrate(now.replace(microsecond=0)) if missing else []
    storage.close()
    return open_desk(settings), ran, kept


def backup(desk: Desk, destination: Path) -> Path:
    """A consistent copy, while the newsroom runs; an existing file is not overwritten. Raises Conflict, StoreFailed."""
    if destination.exists():
        raise Conflict("backup.exists", path=str(destination))
    desk.storage.backup(destination)
    return destination


def restore(settings: Settings, file: Path, now: datetime | None = None) -> Path | None:
    """Put ``file`` in the place of the database, which is kept beside it; where. Checked before anything moves, and
    refused while the newsroom runs. Its feeds have changed ``now``, and go on from there: see ``tell_feeds_anew``.

    Raises NotFound, StoreFailed, StoreTooNew, Conflict.
    """
    if not file.is_file():
        raise NotFound("restore.no_file", path=str(file))
    _must_be_sound(file)
    target = settings.database
    _must_be_idle(target)
    moment = now or system_clock()
    partial = target.with_name(target.name + ".restoring")
    kept = target.with_name(f"{target.name}.before-restore-{moment:%Y%m%d%H%M%S}") if target.exists() else None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(file, partial)
        _tell_anew(partial, moment.replace(microsecond=0))
        if kept:
            _checkpointed_move(target, kept)
        partial.replace(target)
    except OSError as error:
        raise StoreFailed("restore.failed", path=str(target), reason=error.strerror or str(error)) from error
    finally:
        _remove(partial)
    return kept


def checkup(desk: Desk) -> tuple[Problem, ...]:
    """What is wrong with the newsroom, and what to do."""
    found = [Problem("check.damaged", {"detail": text}, "check.damaged.advice") for text in desk.storage.problems()]
    with desk.storage.read() as reader:
        if not any(user.disabled is None for user in reader.users()):
            found.append(Problem("check.no_users", {}, "check.no_users.advice"))
        if not reader.categories():
            found.append(Problem("check.no_categories", {}, "check.no_categories.advice"))
        if overdue := [item for item in reader.due_items(desk.now() - timedelta(minutes=5)) if item.due]:
            found.append(Problem("check.overdue", {"n": len(overdue)}, "check.overdue.advice"))
        for feed in dried_up(reader):
            named: dict[str, object] = {"name": feed.name_fr, "slug": feed.slug}
            found.append(Problem("check.feed_dried_up", named, "check.feed_dried_up.advice"))
        for source in reader.sources():
            if (state := state_of(source, desk.now())) in BROKEN:
                found.append(_broken(source, state))
        stopped = [hook for hook in reader.webhooks() if hook.active and hook.stopped]
        found += [Problem("check.webhook", {"url": hook.url}, "check.webhook.advice") for hook in stopped]
    if not worker_alive(desk):
        found.append(Problem("check.worker", {}, "check.worker.advice"))
    return tuple(found)


def _broken(source: Source, state: State) -> Problem:
    check = source.check
    args: dict[str, object] = {"name": source.name, "url": source.url, "id": source.id, "n": check.failures}
    if state is State.GONE:
        return Problem("check.source_gone", args, "check.source_gone.advice")
    args["why"] = SourceFailed(check.error_key or "source.fetch.broken", **check.error_args)
    if state is State.CHANGED:
        return Problem("check.source_changed", args, "check.source_changed.advice")
    return Problem("check.source_failing", args, "check.source_failing.advice")


def beat(desk: Desk) -> None:
    """The worker is alive."""
    with desk.storage.transaction() as tx:
        tx.put_mark(_BEAT, desk.now())


def worker_alive(desk: Desk) -> bool:
    """Whether the worker has been heard of within a minute, or within three of its ticks."""
    with desk.storage.read() as reader:
        heard = reader.mark(_BEAT)
    longest = max(_SILENT_AFTER, timedelta(seconds=3 * desk.settings.tick_seconds))
    return heard is not None and abs(desk.now() - heard) <= longest


def _must_be_sound(file: Path) -> None:
    if file.stat().st_size == 0:
        raise StoreFailed("store.not_ours", path=str(file))
    storage = SqliteStorage(file, Mint(system_clock))
    try:
        storage.pending()
        if problems := storage.problems():
            raise StoreFailed("restore.damaged", path=str(file), detail=problems[0])
    finally:
        storage.close()


def _must_be_idle(target: Path) -> None:
    if not target.exists():
        return
    storage = SqliteStorage(target, Mint(system_clock))
    try:
        heard = None
        if not storage.pending():
            with storage.read() as reader:
                heard = reader.mark(_BEAT)
        if heard and abs(system_clock() - heard) < timedelta(seconds=15):
            raise Conflict("restore.running")
    finally:
        storage.close()


def _copy(file: Path, partial: Path) -> None:
    """A new file, from its first byte for its owner alone, on the disk before it takes anything's place."""
    partial.unlink(missing_ok=True)
    with file.open("rb") as kept, _new(partial) as copied:
        shutil.copyfileobj(kept, copied)
        copied.flush()
        os.fsync(copied.fileno())


def _tell_anew(partial: Path, now: datetime) -> None:
    """Whoever follows the feeds was told things that the copy does not know. One of an older version is brought up to
    date for that."""
    storage = SqliteStorage(partial, Mint(system_clock))
    try:
        if storage.pending():
            storage.migrate(now)
        with storage.transaction() as tx:
            tx.tell_feeds_anew(now)
    finally:
        storage.close()


def _remove(partial: Path) -> None:
    """What is left of a copy that did not take its place; nothing, when it did."""
    for suffix in ("-wal", "-shm", ""):
        partial.with_name(partial.name + suffix).unlink(missing_ok=True)


def _new(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _checkpointed_move(target: Path, kept: Path) -> None:
    """Move the database aside with what its write-ahead log still holds: nothing of it is lost."""
    for suffix in ("-wal", "-shm", ""):
        beside = target.with_name(target.name + suffix)
        if beside.exists():
            beside.replace(kept.with_name(kept.name + suffix))

"""Having a source looked at by the worker at its next tick, without waiting for it."""

from __future__ import annotations

from dataclasses import replace

from desk.context import Actor, Desk, name_of
from news.errors import Conflict, NotFound
from news.ids import is_id
from news.items import Change
from news.sources import Source
from news.users import Action, User, require


def refresh_soon(desk: Desk, source_id: str, actor: Actor) -> Source:
    """Let the source be due now. Raises NotFound, NotAllowed, and Conflict when it is paused."""
    if isinstance(actor, User):
        require(actor, Action.SOURCES)
    now = desk.now()
    with desk.storage.transaction() as tx:
        source = tx.source(source_id) if is_id(source_id) else None
        if source is None or source.removed:
            raise NotFound("source.unknown", id=source_id[:80])
        if source.paused:
            raise Conflict("source.paused", name=source.name)
        if source.check.next_at > now:
            source = replace(source, check=replace(source.check, next_at=now))
            tx.put_source(source, now)
            tx.add_change(Change("source", source.id, now, name_of(actor), "refresh asked"))
    return source

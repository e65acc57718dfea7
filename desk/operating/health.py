"""How the newsroom is, in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from desk.context import Desk
from desk.operating.maintenance import worker_alive
from news.health import State, state_of
from news.items import Status


@dataclass(frozen=True, slots=True)
class Vitals:
    """What anybody may know: nothing of what is not public is counted.

    ``published``: how many items are, copies aside. ``sources``, ``failing``: how many are looked at, and how many
    failed when last looked at; ``states``: how many are in each state. ``overdue``: scheduled items whose time has
    passed. ``changes``: the number of the last public change. ``oldest_due``: when the most overdue source was due, or
    None."""

    published: int
    sources: int
    failing: int
    overdue: int
    changes: int
    worker_alive: bool
    oldest_due: datetime | None
    states: dict[State, int]


def vitals(desk: Desk) -> Vitals:
    """The newsroom's numbers now. Raises StoreFailed when the database cannot be read."""
    alive, now = worker_alive(desk), desk.now()
    with desk.storage.read() as reader:
        every = reader.sources()
        watched = [source for source in every if not source.paused]
        states = Counter(state_of(source, now) for source in every)
        return Vitals(
            published=reader.item_counts().get(Status.PUBLISHED, 0),
            sources=len(watched),
            failing=sum(1 for source in watched if source.check.failures),
            overdue=len(reader.due_items(now)),
            changes=desk.storage.change_number(),
            worker_alive=alive,
            oldest_due=min((source.check.next_at for source in watched if source.check.next_at <= now), default=None),
            states={state: states[state] for state in State},
        )

"""How a source is doing, decided from what is remembered of the looks at it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from news.sources import Source

WEEKS = 26
_SHAPES = frozenset(
    {
        "source.page_changed", "source.no_items", "source.not_a_feed", "source.not_a_page", "source.is_a_feed",
        "source.not_wordpress",
    }
)  # fmt: skip
_FAILING_AFTER = 3
_CHANGED_AFTER = 2
_SLOW_AFTER = 3
_SHORTEST_QUIET = timedelta(days=14)
_QUIET_WITHOUT_RHYTHM = timedelta(days=180)
_TIMES_RHYTHM = 4
_TIMES_LONGEST = 2


class State(StrEnum):
    """How a source is doing, in the order in which it needs a person.

    changed: it answers, but no longer with what it was added for. gone: its site says so (410). failing: every look
    fails. quiet: it reads well and says nothing new for much longer than usual. slow: it takes many seconds to answer.
    stumbled: the last look failed, as happens. new: not looked at yet. paused: by a person."""

    CHANGED = "changed"
    GONE = "gone"
    FAILING = "failing"
    QUIET = "quiet"
    SLOW = "slow"
    STUMBLED = "stumbled"
    NEW = "new"
    WELL = "well"
    PAUSED = "paused"


BROKEN = frozenset({State.CHANGED, State.GONE, State.FAILING})
# What staff who asked are written about, and what counts as well again afterwards.
TOLD = BROKEN | {State.QUIET}
RECOVERED = frozenset({State.WELL, State.SLOW})


class Seen(StrEnum):
    """What a look found: something new or changed, the same as before (after a failure), or a failure."""

    CHANGED = "changed"
    SAME = "same"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Look:
    """A line of a source's log. ``took``: milliseconds, or None. ``before``: how many looks that found nothing new
    came before this one, since the line before it. ``new``, ``changed``: how many items."""

    at: datetime
    what: Seen
    took: int | None = None
    before: int = 0
    new: int = 0
    changed: int = 0
    error_key: str | None = None
    error_args: dict[str, object] = field(default_factory=dict)


def state_of(source: Source, now: datetime) -> State:
    """How ``source`` is doing at ``now`` (aware UTC)."""
    check = source.check
    if source.paused:
        return State.GONE if source.ended else State.PAUSED
    if check.checked is None:
        return State.NEW
    if check.error_key:
        return _broken(source)
    if silent_for(source, now) > patience_with(source):
        return State.QUIET
    return State.SLOW if check.slow >= _SLOW_AFTER else State.WELL


def _broken(source: Source) -> State:
    """A site that is away for an hour, or shows a notice for a night, mends itself. One that never could be read was
    added wrongly: that needs a person at once."""
    check = source.check
    if check.succeeded is None:
        return State.FAILING
    if check.error_key in _SHAPES:
        return State.CHANGED if check.failures >= _CHANGED_AFTER else State.STUMBLED
    return State.FAILING if check.failures >= _FAILING_AFTER else State.STUMBLED


def last_news(source: Source) -> datetime | None:
    """When ``source`` last said something new, as far as is known."""
    return source.check.said or source.check.changed


def silent_for(source: Source, now: datetime) -> timedelta:
    """How long ``source`` has said nothing new; no time at all while that is not known."""
    return max(now - (last_news(source) or now), timedelta())


def patience_with(source: Source) -> timedelta:
    """How long ``source`` may be silent before that is strange: four times its rhythm, twice its longest silence, and
    never less than two weeks; half a year where no rhythm is known."""
    check = source.check
    if check.rhythm is None:
        return _QUIET_WITHOUT_RHYTHM
    learned = max(_TIMES_RHYTHM * check.rhythm, _TIMES_LONGEST * (check.longest or 0))
    return max(_SHORTEST_QUIET, timedelta(seconds=min(learned, 10**9)))


def to_tell(told: State | None, now: State) -> State | None:
    """What is to be said of a source that was last ``told`` to be in that state (None: nothing, or well): its state
    when that is trouble of another kind, WELL when the trouble is over, None otherwise. A source that stumbles, or
    that a person paused, is neither."""
    if now in TOLD:
        return now if now is not told else None
    return State.WELL if told in TOLD and now in RECOVERED else None

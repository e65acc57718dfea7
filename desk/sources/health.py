"""How the sources are doing: what needs a person first, with what each brought in the last half year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desk.context import Desk
from news.categories import fold
from news.days import day_begins, local_day, rfc3339
from news.errors import InvalidInput
from news.health import WEEKS, Look, State, last_news, state_of
from news.sources import Source
from storage.contract import Reader

_LINES = 20
_ATTENTION = tuple(State)


@dataclass(frozen=True, slots=True)
class Doing:
    """A source, its ``state``, its items in each of the last 26 weeks (oldest first), and how many it brought in all.
    ``said``: when it last said something new, or None."""

    source: Source
    state: State
    weeks: tuple[int, ...]
    items: int = 0

    @property
    def said(self) -> datetime | None:
        """When it last said something new."""
        return last_news(self.source)


@dataclass(frozen=True, slots=True)
class Overview:
    """Some of the sources, and how many there are in each state."""

    sources: tuple[Doing, ...]
    counts: dict[State, int]


def overview(desk: Desk, *, state: str = "", text: str = "", limit: int = 100, offset: int = 0) -> Overview:
    """The sources in ``state`` (empty: any) whose name or address holds ``text`` (case and accents aside), those that
    need a person first, then by name. Raises InvalidInput for an unknown state."""
    wanted = checked_state(state)
    now, sought = desk.now(), fold(text)
    with desk.storage.read() as reader:
        stated = [(source, state_of(source, now)) for source in reader.sources()]
        counts = Counter(each for _, each in stated)
        found = [
            (source, each)
            for source, each in stated
            if wanted in (None, each) and (sought in fold(source.name) or sought in source.url.lower())
        ]
        found.sort(key=lambda one: (_ATTENTION.index(one[1]), one[0].name.lower(), one[0].id))
        return Overview(_doing(desk, reader, found[offset : offset + limit]), dict(counts))


def checked_state(given: str) -> State | None:
    """``given`` as a state; None when it is empty. Raises InvalidInput."""
    if given and given not in tuple(State):
        raise InvalidInput("source.state.unknown", given=given[:20], choices=", ".join(State))
    return State(given) if given else None


def doing(desk: Desk, source: Source) -> Doing:
    """How one source is doing."""
    with desk.storage.read() as reader:
        (found,) = _doing(desk, reader, [(source, state_of(source, desk.now()))])
    return found


def log_of(desk: Desk, source_id: str, limit: int = _LINES) -> tuple[Look, ...]:
    """What looks at a source found, latest first; those that found nothing new are counted in the next line."""
    with desk.storage.read() as reader:
        return reader.looks(source_id, limit)


def counted(desk: Desk) -> dict[State, int]:
    """How many sources are in each state."""
    now = desk.now()
    with desk.storage.read() as reader:
        found = Counter(state_of(source, now) for source in reader.sources())
    return {state: found[state] for state in State}


def week_starts(desk: Desk) -> tuple[date, ...]:
    """The first day of each of the weeks shown, oldest first; the last of them ends today."""
    today = local_day(desk.now(), desk.settings.timezone)
    return tuple(today - timedelta(days=7 * weeks - 1) for weeks in range(WEEKS, 0, -1))


def _week_ends(desk: Desk) -> datetime:
    """When the last of the weeks shown ends: with the newsroom's day."""
    zone = desk.settings.timezone
    return day_begins(local_day(desk.now(), zone) + timedelta(days=1), zone)


def health_json(desk: Desk, source: Source, *, whole: bool = False) -> dict[str, object]:
    """How ``source`` is doing, as JSON values; ``whole``: with its log and its weeks."""
    check, said = source.check, last_news(source)
    told: dict[str, object] = {
        "state": state_of(source, desk.now()).value, "last_news": said and rfc3339(said), "rhythm": check.rhythm,
        "took_ms": check.took,
    }  # fmt: skip
    if whole:
        told["weeks"] = list(doing(desk, source).weeks)
        told["looks"] = [_look_json(look) for look in log_of(desk, source.id, 200)]
    return told


def _doing(desk: Desk, reader: Reader, found: Sequence[tuple[Source, State]]) -> tuple[Doing, ...]:
    ids = [source.id for source, _ in found]
    weeks = reader.weekly(ids, _week_ends(desk), WEEKS)
    items = reader.source_item_counts() if found else {}
    return tuple(Doing(source, state, weeks[source.id], items.get(source.id, 0)) for source, state in found)


def _look_json(look: Look) -> dict[str, object]:
    return {
        "at": rfc3339(look.at), "what": look.what.value, "took_ms": look.took, "unchanged_before": look.before,
        "new": look.new, "changed": look.changed,
        "error": look.error_key and {"key": look.error_key, "args": look.error_args},
    }  # fmt: skip

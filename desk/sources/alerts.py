"""Writing to staff who asked when a source stops, or works again: one digest an hour at most, nothing twice.

What was told is remembered whether or not anybody asked: whoever asks later is told what happens from then on.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from desk.context import Desk
from desk.notifying.mails import send
from news.errors import NotFound
from news.health import State, state_of, to_tell
from news.sources import Source
from news.text import one_line
from news.users import Action, User, require
from storage.contract import Reader, Transaction
from translations import Translator, translator

_LOOKED, _TOLD = "sources looked over", "sources told"
_LOOK_EVERY = timedelta(minutes=5)
_TELL_EVERY = timedelta(hours=1)
_MOST_LINES = 20
_LONGEST_NAME = 80
_OF_USE = timedelta(days=2)

Turn = tuple[Source, State]


def tell_of_sources(desk: Desk) -> int:
    """Write to those who asked which sources went wrong since the last digest, and which are well again; how many
    changed. The worker's part: every few minutes it looks, and an hour at least lies between two digests."""
    now = desk.now()
    with desk.storage.read() as reader:
        if _lately(reader, _LOOKED, now, _LOOK_EVERY) or _lately(reader, _TOLD, now, _TELL_EVERY):
            return 0
    with desk.storage.transaction() as tx:
        if _lately(tx, _LOOKED, now, _LOOK_EVERY):
            return 0
        tx.put_mark(_LOOKED, now)
        turns = _turns(tx, now)
        if turns:
            tx.put_mark(_TOLD, now)
            tx.put_told({source.id: state for source, state in turns})
            _write(desk, tx, turns)
    return len(turns)


def set_alerts(desk: Desk, user: User, wanted: bool) -> User:
    """Whether ``user`` is written to about sources. Raises NotAllowed, NotFound."""
    require(user, Action.SOURCES)
    with desk.storage.transaction() as tx:
        found = tx.user(user.id)
        if found is None:
            raise NotFound("staff.user.unknown")
        after = replace(found, alerts=wanted)
        tx.put_user(after)
    return after


def _lately(reader: Reader, name: str, now: datetime, every: timedelta) -> bool:
    """Whether less than ``every`` passed since; however far the clock jumped, it is not waited for longer."""
    last = reader.mark(name)
    return last is not None and abs(now - last) < every


def _turns(tx: Transaction, now: datetime) -> list[Turn]:
    told = tx.told_of_sources()
    found = ((source, to_tell(told.get(source.id), state_of(source, now))) for source in tx.sources())
    return [(source, state) for source, state in found if state]


def _write(desk: Desk, tx: Transaction, turns: list[Turn]) -> None:
    for user in tx.users():
        if user.alerts and user.may(Action.SOURCES):
            said = _said(desk, turns, translator(user.language))
            send(tx, user.email, "sources", said, user.language, until=desk.now() + _OF_USE)


def _said(desk: Desk, turns: list[Turn], t: Translator) -> dict[str, object]:
    order = list(State)
    worse = sorted((turn for turn in turns if turn[1] is not State.WELL), key=lambda turn: order.index(turn[1]))
    better = [turn for turn in turns if turn[1] is State.WELL]
    parts = [t.count("mail.sources.worse", len(worse))] if worse else []
    parts += [t.count("mail.sources.better", len(better))] if better else []
    blocks = [_block(t("mail.sources.worse.title"), worse, t)] if worse else []
    blocks += [_block(t("mail.sources.better.title"), better, t)] if better else []
    return {
        "summary": t("mail.sources.and").join(parts), "lines": "\n\n".join(blocks),
        "url": f"{desk.settings.base_url}/staff/sources",
    }  # fmt: skip


def _block(title: str, turns: list[Turn], t: Translator) -> str:
    lines = [title, *(f"- {_line(source, state, t)}" for source, state in turns[:_MOST_LINES])]
    if len(turns) > _MOST_LINES:
        lines.append(t.count("mail.sources.more", len(turns) - _MOST_LINES))
    return "\n".join(lines)


def _line(source: Source, state: State, t: Translator) -> str:
    """A stranger chose the name: it stays on its line, and short."""
    name = one_line(source.name)[:_LONGEST_NAME]
    if state is State.WELL:
        return name
    check = source.check
    why = t(check.error_key, **check.error_args) if check.error_key else t("staff.source.hint.quiet")
    return t("mail.sources.line", name=name, state=t(f"staff.source.state.{state.value}"), why=one_line(why))

"""The audit log: who came in or tried to, and what was done to accounts, categories, sources and items, in one list.

It is read from the access log and from history, which nothing in the program can change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from desk.context import Desk
from news.accounts import Access
from news.items import Change
from news.users import User
from storage.contract import Transaction

PAGE = 50
DOOR = "door"
KINDS = (DOOR, "user", "category", "feed", "partner", "source", "webhook", "item")
# A page ends between two seconds, so that nothing is told twice or left out; a burst of more than this is cut.
_MOST_IN_A_SECOND = 400


@dataclass(frozen=True, slots=True)
class Audit:
    """A page of the log, newest first; ``older``: the moment before which the next begins, or None. ``names``: what
    the sources, items, categories and named feeds in it are called now, by id."""

    lines: tuple[Access | Change, ...]
    people: dict[str, User]
    older: datetime | None
    names: dict[str, str]


def audit(
    desk: Desk, *, kind: str = "", person: str = "", before: datetime | None = None, language: str = "fr"
) -> Audit:
    """What happened before ``before``. ``kind``: one of ``KINDS``, all but items unless told; ``person``: the id of
    whom it was done by, or whose account somebody came to; ``language``: of the names of categories."""
    kinds = tuple(each for each in ((kind,) if kind in KINDS else KINDS[:-1]) if each != DOOR)
    with desk.storage.read() as reader:
        people = {user.id: user for user in reader.users()}
        most = PAGE + _MOST_IN_A_SECOND
        done = reader.changes(kinds, most, before, f"user:{person}" if person else None) if kinds else ()
        came = reader.accesses(most, before, person or None) if kind in ("", DOOR) else ()
    told: list[Access | Change] = [*done, *came]
    lines = sorted(told, key=lambda line: line.at, reverse=True)
    page = list(islice(lines, PAGE))
    if len(lines) > PAGE:
        last = page[-1].at
        page += [line for line in lines[PAGE:] if line.at == last]
    return Audit(tuple(page), people, page[-1].at if len(lines) > len(page) else None, _names(desk, page, language))


def note_access(tx: Transaction, desk: Desk, kind: str, user_id: str | None, address: str) -> None:
    """Remember who came in, or tried to, from the IP ``address``. What was typed there is not kept: people type
    passwords into the wrong field."""
    tx.add_access(Access(desk.now(), kind, user_id, address))


def _names(desk: Desk, lines: Sequence[Access | Change], language: str) -> dict[str, str]:
    meant = {kind: {each.object_id for each in lines if isinstance(each, Change) and each.object_kind == kind}
             for kind in ("source", "item")}  # fmt: skip
    with desk.storage.read() as reader:
        sources, items = reader.sources_named(meant["source"]), reader.items_named(meant["item"])
        named = (*reader.categories(), *reader.named_feeds())
    names = {key: each.name for key, each in sources.items()} | {key: each.title for key, each in items.items()}
    spoken_of = {each.object_id for each in lines if isinstance(each, Change)}
    return names | {each.id: each.name(language) for each in named if each.id in spoken_of}

"""When a source is taken back, a story that others tell too goes on by one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from desk.context import Actor
from desk.recording import record
from news.items import Item, Status
from storage.contract import Transaction


def pass_on(tx: Transaction, ended: Sequence[Item], source_id: str, actor: Actor, now: datetime) -> None:
    """Of each story in ``ended``, items of the source that is taken back, the oldest copy of another origin becomes the
    item that tells it: a published one before one that waits, which goes on waiting, for itself. Its dates stay, and
    the other copies become its own."""
    copies = tx.copies([item.id for item in ended if item.merged_into is None])
    for group in copies.values():
        others = [each for each in group if each.status is not Status.WITHDRAWN and _other(each, source_id)]
        if not others:
            continue
        heir = next((each for each in others if each.status is Status.PUBLISHED), others[0])
        _put(tx, heir, replace(heir, merged_into=None), actor, now)
        for each in others:
            if each is not heir:
                _put(tx, each, replace(each, merged_into=heir.id), actor, now)


def _other(item: Item, source_id: str) -> bool:
    return item.origin is None or item.origin.source_id != source_id


def _put(tx: Transaction, before: Item, after: Item, actor: Actor, now: datetime) -> None:
    record(tx, before, replace(after, version=before.version + 1), actor=actor, action="took over the story", now=now)

"""Importing items: an archive of our own, whose items stay the same ones, or a JSON Feed, whose items become ours."""

from __future__ import annotations

import json
from collections.abc import Sequence

from desk.context import Actor, Desk
from desk.importing.archive import archived_items
from desk.importing.feed import feed_items
from desk.importing.imports import AT_ONCE, Given, Report, Told
from desk.recording import record
from news.errors import InvalidInput, NotUnderstood
from news.items import Item
from news.users import Action, User, require
from storage.contract import Reader

MOST_BYTES = 256_000_000


def import_json(desk: Desk, given: Given, actor: Actor, *, dry_run: bool = False) -> Report:
    """Add every item of the document that is not here yet, with its own date; those that are stay as they are.
    ``dry_run``: writes nothing.

    Stored a few hundred at a time: what fails on the way can be asked for again. Raises InvalidInput
    (``import.not_utf8``), NotUnderstood when it is neither of the two, NotAllowed.
    """
    if isinstance(actor, User):
        require(actor, Action.EDIT_ANY)
    text = _text(given.body)
    with desk.storage.read() as reader:
        told = _told(desk, reader, text, given.url)
        fresh = _fresh(reader, told.items)
    added = len(fresh) if dry_run else _store(desk, fresh, actor)
    return Report(added, told.there + len(told.items) - added, told.refused, told.notes)


def _text(body: bytes) -> str:
    """RFC 8259 §8.1: JSON between programs is UTF-8; a byte order mark may be ignored."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput("import.not_utf8") from None


def _told(desk: Desk, reader: Reader, text: str, url: str) -> Told:
    if text.lstrip().startswith("["):
        return archived_items(desk, reader, text)
    try:
        return feed_items(desk, reader, text, url)
    except NotUnderstood:
        raise NotUnderstood("import.not_items" if _is_json(text) else "import.not_json") from None


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _fresh(reader: Reader, items: Sequence[Item]) -> list[Item]:
    """Those that are not here yet, each once: known neither by their id nor by what they were called elsewhere."""
    guids = [item.brought.guid for item in items if item.brought]
    met = set(reader.brought(guids) | reader.kept_guids(guids))
    found = []
    for item in items:
        names = {item.id, item.brought.guid if item.brought else item.id}
        if not names & met and reader.item(item.id) is None:
            found.append(item)
            met |= names
    return found


def _store(desk: Desk, items: Sequence[Item], actor: Actor) -> int:
    now, added = desk.now(), 0
    for start in range(0, len(items), AT_ONCE):
        with desk.storage.transaction() as tx:
            fresh = _fresh(tx, items[start : start + AT_ONCE])
            for item in fresh:
                record(tx, None, item, actor=actor, action="imported", now=now)
        added += len(fresh)
    return added

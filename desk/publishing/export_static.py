"""The feeds, blocks and list of feeds as files, for a web server that needs nothing else to answer with them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desk.context import Desk
from desk.publishing.archive import FORMAT_NAMES, archive_recipe
from desk.publishing.export_folder import Folder, Report, kept_folder
from desk.publishing.feed_list import feed_list_answer
from desk.publishing.frame_ancestors import ANYBODY, FrameAncestors
from desk.publishing.publisher import Moved, Publisher
from desk.publishing.ready_bytes import BROTLI, GZIP, IDENTITY, Answer
from desk.publishing.recipes import FEEDS, Recipe
from desk.selecting import offered
from news.errors import Gone, NotFound
from news.selections import PREFERENCES, Selection

_EARLIER = re.compile(r'/archive/([0-9-]+)\.atom>; rel="prev-archive"')
_ENDINGS = {BROTLI: ".br", GZIP: ".gz", IDENTITY: ""}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document that stands at ``<folder>/<selection><ending>``, made by ``recipe``. ``framed``: not for a
    feed that its partners alone may frame, which no file can say. ``preferring``: also each story once, in either
    language where it can."""

    folder: str
    ending: str
    recipe: Recipe
    framed: bool = False
    preferring: bool = False


FEED_KINDS = tuple(Kind("feeds", f".{name}", recipe) for name, recipe in FEEDS.items())


def export_static(
    desk: Desk, destination: Path, others: Sequence[Kind] = (), ready: Mapping[str, Answer] | None = None
) -> Report:
    """Bring the folder ``destination`` up to date: ``all``, every category and every named feed that answers (those
    that ended say so for their time of grace), in all languages and in each, in every format and in the kinds of
    ``others``; the archives they lead to; the list of feeds; what is ``ready`` by its name in the folder; each with
    ``.gz`` and ``.br`` beside it.

    The bytes are those of the live answers, a file's time is the ``changed_at`` of its feed. Raises Conflict while
    another process exports there, StoreFailed, OSError.
    """
    publisher = Publisher(desk, most_answers=2)
    with kept_folder(destination) as folder:
        latest = 0
        for address in _addresses(desk):
            for kind in FEED_KINDS:
                latest = max(latest, _export(publisher, folder, address, kind))
            _export_past(publisher, folder, address)
        for kind in others:
            for address in _addresses(desk, kind):
                _export(publisher, folder, address, kind)
        for name, made in ({"feeds.opml": feed_list_answer(desk)} | dict(ready or {})).items():
            _put(folder, name, made, latest)
    return folder.report


def _addresses(desk: Desk, kind: Kind = FEED_KINDS[0]) -> list[str]:
    with desk.storage.read() as reader:
        found = [selection for selections in offered(reader, ending=True) for selection in selections]
    if kind.preferring:
        found += [twice for each in found if each.language is None for twice in _preferring(each)]
    framing = FrameAncestors(desk)
    return [each.address for each in found if not kind.framed or framing.ancestors(each.address, "") == ANYBODY]


def _preferring(selection: Selection) -> tuple[Selection, ...]:
    """``selection`` with each story once, unless it has a language of its own."""
    if selection.fixed:
        return ()
    return tuple(replace(selection, prefer=each.partition("-")[0]) for each in PREFERENCES)


def _export(publisher: Publisher, folder: Folder, address: str, kind: Kind) -> int:
    """When the document last changed; 0 for one that was renamed or retired since the categories were read, which the
    next export finds under its new name."""
    found = _document(publisher, address, kind.recipe)
    if found is None:
        return 0
    _put(folder, f"{kind.folder}/{address}{kind.ending}", found, _changed(found))
    return _changed(found)


def _export_past(publisher: Publisher, folder: Folder, address: str) -> None:
    """The documents a reader of the Atom feed is led to, back to the first, each also as JSON."""
    found = _document(publisher, address, FEEDS["atom"])
    while found and (led := _EARLIER.search(found.links)):
        found = None
        for format_name in reversed(FORMAT_NAMES):
            if found := _document(publisher, address, archive_recipe(led[1], format_name)):
                _put(folder, f"feeds/{address}/archive/{led[1]}.{format_name}", found, _changed(found))


def _document(publisher: Publisher, address: str, recipe: Recipe) -> Answer | None:
    try:
        found = publisher.document(address, recipe)
    except (NotFound, Gone):
        return None
    return None if isinstance(found, Moved) else found


def _changed(made: Answer) -> int:
    return int(made.changed_at.timestamp()) if made.changed_at else 0


def _put(folder: Folder, name: str, made: Answer, modified: int) -> None:
    """Compressed ones first: until the plain one stands, nobody is told that there are others."""
    for coding, ending in _ENDINGS.items():
        folder.put(name + ending, made.codings[coding].body, modified)

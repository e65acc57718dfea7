"""The newest 50 of random selections, beside the plain junction query one writes first."""

from __future__ import annotations

import random
from collections.abc import Callable

from bench.figures import median, milliseconds, p99, say
from desk.context import Desk
from news.categories import Category
from news.selections import Selection, build
from storage.sqlite.items import VISIBLE
from storage.sqlite.transaction import SqliteReader

NEWEST, ROUNDS = 50, 200
PEER_ROUNDS = 20
Kind = Callable[[random.Random, list[Category]], Selection]


def _single(chance: random.Random, known: list[Category]) -> Selection:
    return build(chance.sample(known, 1), any_of=False)


def _both(chance: random.Random, known: list[Category]) -> Selection:
    return build(chance.sample(known, 2), any_of=False)


def _four(chance: random.Random, known: list[Category]) -> Selection:
    return build(chance.sample(known, 4), any_of=False)


def _either(chance: random.Random, known: list[Category]) -> Selection:
    return build(chance.sample(known, 2), any_of=True)


def _without(chance: random.Random, known: list[Category]) -> Selection:
    member, *excluded = chance.sample(known, 3)
    return build([member], any_of=False, excluded=excluded)


def _language(chance: random.Random, known: list[Category]) -> Selection:
    return build(chance.sample(known, 1), any_of=False, language=chance.choice(("fr", "en")))


def _all(chance: random.Random, _known: list[Category]) -> Selection:
    return build([], any_of=False, language=chance.choice((None, "fr", "en")))


KINDS: dict[str, Kind] = {
    "all, all.fr, all.en": _all, "a": _single, "a.fr, a.en": _language, "a+b": _both, "a+b+c+d": _four, "a,b": _either,
    "a!b!c": _without,
}  # fmt: skip


def measure(desk: Desk) -> None:
    """Print median and p99 for each kind of selection, and how many times as long the peer takes."""
    with desk.storage.read() as reader:
        assert isinstance(reader, SqliteReader)
        known, total = list(reader.categories()), reader.category_counts()[""]
        say(f"Newest {NEWEST} of random selections among {total:,} items, milliseconds")
        say(f"{'':22}{'median':>9}{'p99':>9}{'junction median':>18}{'p99':>9}{'ratio':>9}")
        for name, kind in KINDS.items():
            chance = random.Random(name)
            ours = [_shelf(reader, kind(chance, known)) for _ in range(ROUNDS)]
            chance = random.Random(name)
            peer = [_junction(reader, kind(chance, known)) for _ in range(PEER_ROUNDS)]
            ratio = median(peer) / median(ours)
            say(f"{name:22}{median(ours):9.2f}{p99(ours):9.2f}{median(peer):18.2f}{p99(peer):9.2f}{ratio:8,.1f}×")
        _further(reader, known)


def _shelf(reader: SqliteReader, selection: Selection) -> float:
    return milliseconds(lambda: reader.shelf(selection, limit=NEWEST))


def _junction(reader: SqliteReader, selection: Selection) -> float:
    """The peer: items joined with their categories, sorted, the first fifty read as ours are."""
    sql, params = plain_query(reader, selection)

    def ask() -> None:
        keys = [row[0] for row in reader.db.execute(sql, params)]
        reader.items_where(f"item.key IN ({','.join('?' * len(keys))})", keys)

    return milliseconds(ask)


def plain_query(reader: SqliteReader, selection: Selection) -> tuple[str, list[object]]:
    """The junction query for ``selection`` and its parameters."""
    keys = reader.category_keys([category.id for category in selection.categories])
    conditions, params = [VISIBLE], list[object]()
    filed = "EXISTS (SELECT 1 FROM item_category AS filed WHERE filed.item_key = item.key AND filed.category_key {})"
    members = [keys[category.id] for category in selection.members]
    if selection.any_of:
        conditions.append(filed.format(f"IN ({','.join('?' * len(members))})"))
    else:
        conditions += [filed.format("= ?")] * len(members)
    params += members
    for category in selection.excluded:
        conditions.append("NOT " + filed.format("= ?"))
        params.append(keys[category.id])
    if selection.language:
        conditions.append("item.language = ?")
        params.append(selection.language)
    order = f"ORDER BY item.published DESC, item.key DESC LIMIT {NEWEST}"
    return f"SELECT item.key FROM item WHERE {' AND '.join(conditions)} {order}", params


def _preferring(reader: SqliteReader, selection: Selection) -> None:
    """What a feed that prefers a language reads: its stories, and when each was last told otherwise."""
    shown = reader.shelf(selection, limit=NEWEST, prefer=selection.prefer)
    reader.told_at(selection, [item.story_id for item in shown])


def _further(reader: SqliteReader, known: list[Category]) -> None:
    chance = random.Random(7)
    lines = {
        "page 100 of a": lambda: reader.shelf(_single(chance, known), limit=20, offset=1980),
        "search in all": lambda: reader.shelf(build([], any_of=False), limit=20, text="quantique santé climat"),
        "search in a": lambda: reader.shelf(_single(chance, known), limit=20, text="quantique santé climat"),
        "a rare word in all": lambda: reader.shelf(build([], any_of=False), limit=20, text="introuvable"),
        "all.en-else-fr": lambda: _preferring(reader, build([], any_of=False, prefer="en")),
        "a.en-else-fr": lambda: _preferring(reader, build(chance.sample(known, 1), any_of=False, prefer="en")),
        "a,b.en-else-fr": lambda: _preferring(reader, build(chance.sample(known, 2), any_of=True, prefer="en")),
        "a+b.en-else-fr": lambda: _preferring(reader, build(chance.sample(known, 2), any_of=False, prefer="en")),
        "front page of all": lambda: reader.shelf(build([], any_of=False), limit=21, prefer="fr"),
    }
    for name, work in lines.items():
        times = [milliseconds(work) for _ in range(ROUNDS if "else" in name else PEER_ROUNDS)]
        say(f"{name:22}{median(times):9.2f}{p99(times):9.2f}")

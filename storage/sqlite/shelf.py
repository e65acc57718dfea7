"""What the public sees: the shelves, ordered newest first, one row per item and category.

Only visible items stand there, so no query of the public's compares with now or with a status. Each combination is
walked in the shelves' own order and ends as soon as enough is found.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from news.items import Item
from news.selections import Selection
from storage.sqlite.feeds import ALL
from storage.sqlite.items import ITEM, item_of
from storage.sqlite.part import Part
from storage.sqlite.search import match
from storage.sqlite.tellings import Piece, one_telling, told_at
from storage.sqlite.values import marks, moment

# No further down the shelf than the oldest of the few that are pinned.
_PINNED: list[Piece] = [
    ("s.published >= (SELECT min(published) FROM item WHERE pinned_until IS NOT NULL)", []),
    ("s.item_key IN (SELECT key FROM item WHERE pinned_until IS NOT NULL)", []),
]


class ShelfReads(Part):
    """Reading what the public sees."""

    def shelf(
        self,
        selection: Selection,
        *,
        limit: int,
        offset: int = 0,
        text: str | None = None,
        prefer: str | None = None,
        pinned: bool = False,
    ) -> tuple[Item, ...]:
        """Visible items of ``selection``, newest first."""
        if pinned and self.row("SELECT 1 FROM item WHERE pinned_until IS NOT NULL LIMIT 1") is None:
            return ()
        members, excluded = self._keys(selection)
        filters = [_absent(key) for key in excluded] + (_PINNED if pinned else [])
        if selection.language:
            filters.append(("s.language = ?", [selection.language]))
        if prefer:
            filters.append(
                one_telling(
                    members, excluded, any_of=selection.any_of, language=selection.language, text=text, prefer=prefer
                )
            )
        if text is not None:
            filters.append(("s.item_key IN (SELECT rowid FROM item_fts WHERE item_fts MATCH ?)", [match(text)]))
        if selection.any_of:
            sql, params = _either(members, filters, limit + offset)
        else:
            sql, params = _every(members, filters)
        rows = self.db.execute(
            f"{sql} ORDER BY published DESC, item_key DESC LIMIT ? OFFSET ?", [*params, limit, offset]
        ).fetchall()
        return self._in_order([row[1] for row in rows])

    def told_at(self, selection: Selection, story_ids: Iterable[str]) -> dict[str, datetime]:
        """When what ``selection`` tells of each story last changed for readers."""
        members, excluded = self._keys(selection)
        sql, params = told_at(members, excluded, list(story_ids), any_of=selection.any_of)
        return {row["story_id"]: moment(row["at"]) for row in self.rows(sql, params)}

    def _keys(self, selection: Selection) -> tuple[list[int], list[int]]:
        keys = self.category_keys([category.id for category in selection.categories])
        members = [keys[category.id] for category in selection.members] or [ALL]
        excluded = [keys[category.id] for category in selection.excluded]
        return (self._fewest_first(members) if len(members) > 1 else members), excluded

    def _fewest_first(self, members: list[int]) -> list[int]:
        counted = self.rows(
            f"SELECT category_key FROM feed WHERE language = '' AND category_key IN ({marks(members)}) ORDER BY shown",
            members,
        )
        return [row["category_key"] for row in counted]

    def _in_order(self, keys: list[int]) -> tuple[Item, ...]:
        found: dict[int, Item] = {}
        for start in range(0, len(keys), 500):
            some = keys[start : start + 500]
            rows = self.rows(f"{ITEM} WHERE item.key IN ({marks(some)})", some)
            found |= {row["key"]: item_of(row) for row in rows}
        return tuple(found[key] for key in keys)


def _every(members: list[int], filters: list[Piece]) -> Piece:
    """Items on the first shelf that stand on all the others too (by their primary key)."""
    walked, *others = members
    return _walk(walked, [_present(key) for key in others] + filters)


def _either(members: list[int], filters: list[Piece], enough: int) -> Piece:
    """The first ``enough`` items of each shelf, each item once."""
    walks = [_walk(key, filters) for key in members]
    limited = [f"SELECT * FROM ({sql} ORDER BY s.published DESC, s.item_key DESC LIMIT ?)" for sql, _ in walks]
    return " UNION ".join(limited), [value for _, params in walks for value in (*params, enough)]


def _walk(category_key: int, filters: list[Piece]) -> Piece:
    conditions = ["s.category_key = ?", *(sql for sql, _ in filters)]
    params: list[object] = [category_key, *(value for _, values in filters for value in values)]
    return f"SELECT s.published, s.item_key FROM shelf AS s WHERE {' AND '.join(conditions)}", params


def _present(category_key: int) -> Piece:
    return (
        "EXISTS (SELECT 1 FROM shelf AS o WHERE o.category_key = ? AND o.published = s.published"
        " AND o.item_key = s.item_key)",
        [category_key],
    )


def _absent(category_key: int) -> Piece:
    sql, params = _present(category_key)
    return f"NOT {sql}", params

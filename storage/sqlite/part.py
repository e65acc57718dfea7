"""What every part of a snapshot has: the database, and short ways to ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from news.named_feeds import NamedFeed
from storage.sqlite.values import Row


@dataclass(frozen=True, slots=True)
class Naming:
    """The named feeds by their row keys, and the ids of the categories by theirs."""

    feeds: dict[int, NamedFeed]
    category_ids: dict[int, str]


class Part:
    """Base of the parts. In a transaction only: ``mint``; ``stamp``, the revision and ``changed_at`` it gives;
    ``bumped``, the feeds it has given them to, by category and language;
    and ``named``, the named feeds as it knows them."""

    db: Database
    mint: Callable[[], str]
    stamp: tuple[int, int] | None
    bumped: set[tuple[int, str]]
    named: Naming | None

    def rows(self, sql: str, params: Sequence[Any] | Row = ()) -> list[Row]:
        """All rows of ``sql``, each a dict by column name."""
        # As Database.query does, without its savepoint around every question, which cost as much as a short one.
        cursor = self.db.execute(sql, params)
        names = [each[0] for each in cursor.description]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]

    def row(self, sql: str, params: Sequence[Any] | Row = ()) -> Row | None:
        """The first row of ``sql``, or None."""
        return next(iter(self.rows(sql, params)), None)

    def write(self, sql: str, params: Sequence[Any] | Row = ()) -> int:
        """Run one writing statement; how many rows it touched."""
        return int(self.db.execute(sql, params).rowcount)

    def write_all(self, sql: str, rows: Iterable[Sequence[Any] | Row]) -> None:
        """Run one writing statement for each of ``rows``."""
        self.db.conn.executemany(sql, rows)

    def category_keys(self, ids: Sequence[str]) -> dict[str, int]:
        """The row keys of categories and named feeds by their ids."""
        found = self.rows(f"SELECT id, key FROM category WHERE id IN ({','.join('?' * len(ids))})", list(ids))
        return {row["id"]: row["key"] for row in found}

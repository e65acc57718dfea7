"""Categories and named feeds as rows, and the addresses they have or had."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from news.categories import Category
from news.errors import Conflict
from news.named_feeds import Chosen, NamedFeed
from storage.sqlite.endings import EndingWrites
from storage.sqlite.feeds import create_feeds
from storage.sqlite.part import Part
from storage.sqlite.values import Row, as_json, moment, seconds

CATEGORY = """
    SELECT category.*, (SELECT group_concat(slug, ' ') FROM (
        SELECT slug FROM category_slug WHERE category_key = category.key AND slug <> category.slug ORDER BY since, slug
    )) AS past_slugs FROM category
"""
_PUT = """
    INSERT INTO category (id, name_fr, name_en, slug, rank, aliases, created, retired, closes, closed, successor,
        merged, farewell, chosen)
    VALUES (:id, :name_fr, :name_en, :slug, :rank, :aliases, :created, :retired, :closes, :closed, :successor, :merged,
        :farewell, :chosen)
    ON CONFLICT (id) DO UPDATE SET name_fr = excluded.name_fr, name_en = excluded.name_en, slug = excluded.slug,
        rank = excluded.rank, aliases = excluded.aliases, retired = excluded.retired, closes = excluded.closes,
        closed = excluded.closed, successor = excluded.successor, merged = excluded.merged,
        farewell = excluded.farewell, chosen = excluded.chosen
    RETURNING key
"""


def category_of(row: Row) -> Category:
    """The category, or the named feed, of a row of ``CATEGORY``."""
    said = (
        row["id"], row["name_fr"], row["name_en"], row["slug"], row["rank"], moment(row["created"]),
        tuple((row["past_slugs"] or "").split()), tuple(json.loads(row["aliases"])), moment(row["retired"]),
        moment(row["closes"]), moment(row["closed"]), row["successor"], moment(row["merged"]), row["farewell"],
    )  # fmt: skip
    return Category(*said) if row["chosen"] is None else NamedFeed(*said, chosen_of(row["chosen"]))


def chosen_of(text: str) -> Chosen:
    """What a column says a named feed shows."""
    kept = json.loads(text)
    return Chosen(
        tuple(kept["members"]), kept["any_of"], tuple(kept["excluded"]), kept["language"], kept["prefer"]
    )  # fmt: skip


class CategoryReads(Part):
    """Reading categories."""

    def categories(self) -> tuple[Category, ...]:
        """All categories by rank, retired ones last."""
        rows = self.rows(
            f"{CATEGORY} WHERE chosen IS NULL ORDER BY category.retired IS NOT NULL, category.rank, category.key"
        )
        return tuple(category_of(row) for row in rows)

    def category_of_slug(self, slug: str) -> Category | None:
        """The category, or the named feed, that has, or had, this address."""
        row = self.row(
            f"{CATEGORY} JOIN category_slug ON category_slug.category_key = category.key WHERE category_slug.slug = ?",
            [slug],
        )
        return category_of(row) if row else None


class CategoryWrites(EndingWrites):
    """Writing categories."""

    def put_category(self, category: Category, now: datetime) -> None:
        """Store ``category``, reserve its address for ever, and bump what shows it."""
        key = self.store_category(category, None, now)
        self.bump_shown_with("chosen.category_key = ?", [key], now)
        self.bump_leading_to(category.id, now)

    def store_category(self, category: Category, chosen: str | None, now: datetime) -> int:
        """Its row, its addresses and its feeds, which say something else now; the row's key. ``chosen``: the column of
        that name. Raises Conflict when its slug is, or was, another's."""
        values = {
            "id": category.id, "name_fr": category.name_fr, "name_en": category.name_en, "slug": category.slug,
            "rank": category.rank, "aliases": as_json(list(category.aliases)), "created": seconds(category.created),
            "retired": seconds(category.retired), "closes": seconds(category.closes),
            "closed": seconds(category.closed), "successor": category.successor, "merged": seconds(category.merged),
            "farewell": category.farewell, "chosen": chosen,
        }  # fmt: skip
        self._refuse_taken(category)
        self._free_slug(category)
        try:
            row = self.row(_PUT, values)
        except sqlite3.IntegrityError as error:
            raise Conflict("category.slug.taken", slug=category.slug) from error
        assert row is not None
        key = int(row["key"])
        self.write(
            "INSERT INTO category_slug (slug, category_key, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            [category.slug, key, seconds(now)],
        )
        create_feeds(self.db, key, self.mint, now)
        self.bump([key], ["fr", "en"], now)
        self.named = None
        return key

    def _refuse_taken(self, category: Category) -> None:
        owner = self.row(
            "SELECT category.id FROM category_slug JOIN category ON category.key = category_key"
            " WHERE category_slug.slug = ?",
            [category.slug],
        )
        if owner and owner["id"] != category.id:
            raise Conflict("category.slug.taken", slug=category.slug)

    def _free_slug(self, category: Category) -> None:
        """An address of a category that was merged into this one is this one's: what is left of that needs none."""
        self.write(
            "UPDATE category SET slug = id WHERE slug = ? AND id <> ? AND merged IS NOT NULL",
            [category.slug, category.id],
        )

    def put_ranks(self, category_ids: Sequence[str], now: datetime) -> None:
        """Give the categories the ranks 1, 2, 3 … in this order, and bump what shows them."""
        for rank, category_id in enumerate(category_ids, start=1):
            self.write("UPDATE category SET rank = ? WHERE id = ?", [rank, category_id])
        self.bump_shown_with("1", [], now)

"""Writing items, and keeping what the public sees in step with them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from news.errors import Conflict
from news.ids import urn
from news.items import Item
from news.links import canonical
from news.sanitise import text_of
from storage.sqlite.items import ItemReads
from storage.sqlite.named_feeds import NamedFeedWrites
from storage.sqlite.passages import PassageWrites, Shelved
from storage.sqlite.search import SearchWrites
from storage.sqlite.similar import AlikeWrites
from storage.sqlite.stories import StoryWrites
from storage.sqlite.values import Row, as_json, seconds

COLUMNS = (
    "id", "story_id", "title", "link", "canonical", "summary", "content_html", "body_text", "language", "author",
    "image_url", "image_alt", "image_width", "image_height", "status", "day", "published", "due", "first_published",
    "withdrawn", "created", "updated", "source_key", "source_guid", "keeps_guid", "terms", "overridden",
    "merged_into", "owner_id", "version", "image_credit", "picture_key", "withdraw_at", "pinned_until",
)  # fmt: skip
_PUT = f"""
    INSERT INTO item ({", ".join(COLUMNS)}) VALUES ({", ".join(":" + name for name in COLUMNS)})
    ON CONFLICT (id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in COLUMNS if name != "id")}
    RETURNING key
"""
# Another version of an item, for those who keep it, is one that differs in these.
_READ = (
    "title", "link", "summary", "content_html", "language", "author", "image_url", "image_alt", "image_width",
    "image_height", "image_credit", "day", "published", "updated", "story_id",
)  # fmt: skip


class ItemWrites(ItemReads, NamedFeedWrites, PassageWrites, StoryWrites, AlikeWrites, SearchWrites):
    """Writing items."""

    def put_item(self, item: Item, now: datetime) -> None:
        """Store ``item`` and put it on, or take it off, the shelves the public sees."""
        columns = self.columns_of(item, self.source_key(item))
        stored = self._stored(columns)
        changed = stored is None or any(stored[name] != columns[name] for name in _READ)
        try:
            row = self.row(_PUT, columns)
        except sqlite3.IntegrityError as error:
            if item.guid != urn(item.id):
                raise Conflict("item.guid.taken", guid=item.guid) from error
            raise
        assert row is not None
        key = int(row["key"])
        if stored is None:
            self.make_searchable(key, key)
        if changed and item.merged_into is None:
            self.put_title_keys(key, item.title, item.published or item.created, now)
        categories = self.given(item.categories)
        changed = self._put_categories(key, categories) or changed
        before = self._shelved(key)
        after: Shelved = {}
        if item.visible:
            published = seconds(item.published)
            assert published is not None
            shelves = taking(categories, before)
            named = self.named_for(shelves, item.language, before)
            after = dict.fromkeys([0, *shelves, *named], (published, item.language))
        self._reshelve(key, before, after)
        self.retell(item, before.keys() ^ after.keys(), now, appeared=not before)
        if touched := before.keys() | after.keys():
            languages = {language for _, language in [*before.values(), *after.values()]}
            self.bump(touched, languages, now)
            self.log_passages(key, before, after, changed, now)
            preferring = touched & self.preferring()
            if preferring and (changed or before != after):
                self.log_other_tellings(key, item.story_id, sorted(preferring))

    def _stored(self, columns: Row) -> Row | None:
        """What readers see of the item as it is stored, if it is."""
        return self.row(f"SELECT {', '.join(_READ)} FROM item WHERE id = ?", [columns["id"]])

    def put_former_address(self, address: str, item_id: str) -> None:
        """Remember where an item stood before."""
        self.write(
            "INSERT INTO former_address (address, item_key) SELECT ?, key FROM item WHERE id = ?"
            " ON CONFLICT DO NOTHING",
            [address, item_id],
        )

    def source_key(self, item: Item) -> int | None:
        """The row key of the source it was collected from."""
        row = self.row("SELECT key FROM source WHERE id = ?", [item.origin.source_id]) if item.origin else None
        return row["key"] if row else None

    def columns_of(self, item: Item, source_key: int | None) -> Row:
        """``item`` as its row."""
        return dict(zip(COLUMNS, self.values_of(item, source_key, {}), strict=True))

    def values_of(self, item: Item, source_key: int | None, texts: Mapping[str, str]) -> tuple[object, ...]:
        """What stands in the ``COLUMNS`` of ``item``'s row, in their order; ``texts`` has some bodies' plain text."""
        origin, image, body = item.origin, item.image, item.content_html
        text = texts.get(body) if body else ""
        picture = self._used(image.kept.id) if image and image.kept else None
        return (
            item.id, item.story_id, item.title, item.link, canonical(item.link) if item.link else None, item.summary,
            body, text_of(body) if text is None else text, item.language, item.author,
            image and image.url, image.alt if image else "", image and image.width, image and image.height,
            item.status.value, item.day and item.day.isoformat(), seconds(item.published), seconds(item.due),
            seconds(item.first_published), seconds(item.withdrawn), seconds(item.created), seconds(item.updated),
            source_key, origin.guid if origin else item.brought and item.brought.guid,
            int(item.guid != urn(item.id)), _terms(origin.terms) if origin else "[]", as_json(item.overridden),
            item.merged_into, item.owner_id, item.version, image.credit if image else "", picture and picture["key"],
            seconds(item.withdraw_at), seconds(item.pinned_until),
        )  # fmt: skip

    def _used(self, picture_id: str) -> Row | None:
        """The row of a picture that is now in use, whatever was noted of it before."""
        return self.row("UPDATE picture SET unused_since = NULL WHERE id = ? RETURNING key", [picture_id])

    def _put_categories(self, key: int, categories: Iterable[int]) -> bool:
        """Store them; whether they are others than before."""
        had = {
            row["category_key"] for row in self.rows("SELECT category_key FROM item_category WHERE item_key = ?", [key])
        }
        wanted = set(categories)
        for gone in had - wanted:
            self.write("DELETE FROM item_category WHERE item_key = ? AND category_key = ?", [key, gone])
        for new in wanted - had:
            self.write("INSERT INTO item_category (item_key, category_key) VALUES (?, ?)", [key, new])
        return had != wanted

    def _shelved(self, key: int) -> Shelved:
        rows = self.rows("SELECT category_key, published, language FROM shelf WHERE item_key = ?", [key])
        return {row["category_key"]: (row["published"], row["language"]) for row in rows}

    def _reshelve(self, key: int, before: Shelved, after: Shelved) -> None:
        for category, (published, language) in before.items():
            if after.get(category) != (published, language):
                self.write(
                    "DELETE FROM shelf WHERE category_key = ? AND published = ? AND item_key = ?",
                    [category, published, key],
                )
                self.count_shown(category, language, -1)
        for category, (published, language) in after.items():
            if before.get(category) != (published, language):
                self.write(
                    "INSERT INTO shelf (category_key, published, item_key, language) VALUES (?, ?, ?, ?)",
                    [category, published, key, language],
                )
                self.count_shown(category, language, 1)


@lru_cache(maxsize=1024)
def _terms(terms: tuple[str, ...]) -> str:
    """A source's terms, of which it has few, as their column holds them."""
    return as_json(list(terms))


def taking(categories: Mapping[int, bool], before: Shelved) -> list[int]:
    """Those of ``categories`` that show the item: a retired one keeps what it had and takes nothing new."""
    return [key for key, takes_new in categories.items() if takes_new or key in before]

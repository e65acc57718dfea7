"""What each source calls its copies: aliases for recognising, never an identity."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from news.recognise import MOST_LEARNED, Alias
from storage.records import Known
from storage.sqlite.items import ITEM, item_of
from storage.sqlite.part import Part
from storage.sqlite.values import as_json, marks

# Every copy has a name, and names are found by their source.
_WITH_COPIES = """
    SELECT source.id FROM json_each(?) AS asked CROSS JOIN source ON source.id = asked.value
    WHERE EXISTS (SELECT 1 FROM source_alias WHERE source_alias.source_key = source.key)
"""
_LINKED = """
    SELECT asked.value FROM json_each(?) AS asked
    WHERE EXISTS (SELECT 1 FROM item INDEXED BY item_canonical WHERE item.canonical = asked.value)
"""
_AT_ONCE = 300


class CopyReads(Part):
    """Reading what is known of a source's entries."""

    def known(self, source_id: str, aliases: Iterable[Alias]) -> dict[Alias, Known]:
        """The copies of ``source_id`` that answer to any of ``aliases``: two queries for a few hundred names."""
        wanted = list(dict.fromkeys(aliases))
        keys: dict[Alias, int] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            for row in self.rows(
                "SELECT kind, value, item_key FROM source_alias"
                " WHERE source_key = (SELECT key FROM source WHERE id = ?)"
                f" AND (kind, value) IN (VALUES {','.join(['(?, ?)'] * len(some))})",
                [source_id, *(part for alias in some for part in (alias.kind, alias.value))],
            ):
                keys[Alias(row["kind"], row["value"])] = row["item_key"]
        copies = self._copies(sorted(set(keys.values())))
        return {alias: copies[key] for alias, key in keys.items()}

    def sources_with_copies(self, source_ids: Collection[str]) -> frozenset[str]:
        """Those of which anything has been stored."""
        return frozenset(found for (found,) in self.db.execute(_WITH_COPIES, [as_json(list(source_ids))]))

    def links_known(self, links: Collection[str]) -> frozenset[str]:
        """Those that lead to an item, in whatever state."""
        return frozenset(found for (found,) in self.db.execute(_LINKED, [as_json(list(links))]))

    def kept_guids(self, guids: Iterable[str]) -> frozenset[str]:
        """Those of ``guids`` that serve some item as its public identity already."""
        return self._guids("keeps_guid = 1", list(guids))

    def brought(self, guids: Iterable[str]) -> frozenset[str]:
        """Those of ``guids`` that imported items came with."""
        return self._guids("source_key IS NULL", list(guids))

    def named_by_us(self, ids: Collection[str]) -> frozenset[str]:
        """Those of ``ids`` that are a feed's of ours, or a source's."""
        wanted, found = list(ids), set()
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            for table in ("feed", "source"):
                found |= {row["id"] for row in self.rows(f"SELECT id FROM {table} WHERE id IN ({marks(some)})", some)}
        return frozenset(found)

    def _guids(self, condition: str, wanted: list[str]) -> frozenset[str]:
        """Those of ``wanted`` that an item has for which ``condition`` holds."""
        found: set[str] = set()
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            select = f"SELECT source_guid FROM item WHERE {condition} AND source_guid IN ({marks(some)})"
            found |= {row["source_guid"] for row in self.rows(select, some)}
        return frozenset(found)

    def _copies(self, keys: list[int]) -> dict[int, Known]:
        found: dict[int, Known] = {}
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            prints = {
                row["item_key"]: row["fingerprint"]
                for row in self.rows(
                    f"SELECT item_key, fingerprint FROM source_copy WHERE item_key IN ({marks(some)})", some
                )
            }
            for row in self.rows(f"{ITEM} WHERE item.key IN ({marks(some)})", some):
                found[row["key"]] = Known(item_of(row), prints[row["key"]])
        return found


class CopyWrites(Part):
    """Remembering a source's entries."""

    def put_aliases(self, source_id: str, item_id: str, aliases: Iterable[Alias], fingerprint: str) -> None:
        """Remember what a source calls its copy; a name keeps meaning the copy it first meant. Of the names learned
        since it came, the latest stay."""
        keys = self.row(
            "SELECT item.key AS item_key, source.key AS source_key FROM item, source"
            " WHERE item.id = ? AND source.id = ?",
            [item_id, source_id],
        )
        assert keys is not None
        known = self.row("SELECT 1 FROM source_copy WHERE item_key = ?", [keys["item_key"]]) is not None
        self.write(
            "INSERT INTO source_copy (item_key, source_key, fingerprint) VALUES (:item_key, :source_key, :fingerprint)"
            " ON CONFLICT (item_key) DO UPDATE SET fingerprint = excluded.fingerprint",
            {**keys, "fingerprint": fingerprint},
        )
        lesson = self._lessons(keys["item_key"]) + 1 if known else 0
        added = 0
        for alias in aliases:
            added += self.write(
                "INSERT INTO source_alias (source_key, kind, value, item_key, learned)"
                " VALUES (:source_key, :kind, :value, :item_key, :learned) ON CONFLICT DO NOTHING",
                {**keys, "kind": alias.kind, "value": alias.value, "learned": lesson},
            )
        if added and lesson > MOST_LEARNED:
            self.write(
                "DELETE FROM source_alias WHERE item_key = ? AND learned > 0 AND learned <= ?",
                [keys["item_key"], lesson - MOST_LEARNED],
            )

    def _lessons(self, item_key: int) -> int:
        row = self.row("SELECT max(learned) AS latest FROM source_alias WHERE item_key = ? AND learned > 0", [item_key])
        return (row and row["latest"]) or 0

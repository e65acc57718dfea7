"""The log of looks at sources, their items by week, and what staff were told of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from news.health import Look, Seen, State
from storage.sqlite.part import Part
from storage.sqlite.values import Row, as_json, marks, moment, seconds

_KEPT_LINES = 200
_KEPT_FOR = timedelta(days=90)
_WEEK = 7 * 86400
_AT_ONCE = 300
_ADD = """
    INSERT INTO look (source_key, at, what, took, same_before, new, changed, error_key, error_args)
    SELECT key, :at, :what, :took, :before, :new, :changed, :error_key, :error_args FROM source WHERE id = :id
"""
_TRIM = """
    DELETE FROM look WHERE source_key = (SELECT key FROM source WHERE id = :id) AND (at < :oldest OR key <= (
        SELECT key FROM look WHERE source_key = (SELECT key FROM source WHERE id = :id)
        ORDER BY key DESC LIMIT 1 OFFSET :lines))
"""
_WEEKLY = """
    SELECT source.id AS id, (sorted - ?) / ? AS week, count(*) AS n FROM source JOIN item ON source_key = source.key
    WHERE sorted >= ? AND sorted < ? AND source.id IN ({ids}) GROUP BY 1, 2
"""


class LookReads(Part):
    """Reading them."""

    def looks(self, source_id: str, limit: int) -> tuple[Look, ...]:
        """The log of a source, latest first."""
        asked = "SELECT * FROM look WHERE source_key = (SELECT key FROM source WHERE id = ?) ORDER BY key DESC LIMIT ?"
        return tuple(_look(row) for row in self.rows(asked, [source_id, limit]))

    def weekly(self, source_ids: Collection[str], until: datetime, weeks: int) -> dict[str, tuple[int, ...]]:
        """Items by week, oldest first."""
        end, wanted = seconds(until), list(source_ids)
        start = end - weeks * _WEEK
        counted = {each: [0] * weeks for each in wanted}
        for first in range(0, len(wanted), _AT_ONCE):
            some = wanted[first : first + _AT_ONCE]
            for row in self.rows(_WEEKLY.format(ids=marks(some)), [start, _WEEK, start, end, *some]):
                counted[row["id"]][row["week"]] = row["n"]
        return {each: tuple(numbers) for each, numbers in counted.items()}

    def told_of_sources(self) -> dict[str, State]:
        """Which trouble staff were last told of."""
        asked = "SELECT id, state FROM source_told JOIN source ON source.key = source_key WHERE removed IS NULL"
        return {row["id"]: State(row["state"]) for row in self.rows(asked)}


class LookWrites(LookReads):
    """Writing them."""

    def add_looks(self, looks: Mapping[str, Look]) -> None:
        """A line for each, and none that is too old or too many."""
        self.db.conn.executemany(_ADD, [_columns(source_id, look) for source_id, look in looks.items()])
        self.db.conn.executemany(
            _TRIM,
            [
                {"id": source_id, "oldest": seconds(look.at - _KEPT_FOR), "lines": _KEPT_LINES}
                for source_id, look in looks.items()
            ],
        )

    def put_told(self, told: Mapping[str, State]) -> None:
        """Remember what staff were told."""
        for source_id, state in told.items():
            if state is State.WELL:
                self.write(
                    "DELETE FROM source_told WHERE source_key = (SELECT key FROM source WHERE id = ?)", [source_id]
                )
            else:
                self.write(
                    "INSERT INTO source_told (source_key, state) SELECT key, ? FROM source WHERE id = ?"
                    " ON CONFLICT (source_key) DO UPDATE SET state = excluded.state",
                    [state.value, source_id],
                )


def _look(row: Row) -> Look:
    return Look(
        moment(row["at"]), Seen(row["what"]), row["took"], row["same_before"], row["new"], row["changed"],
        row["error_key"], json.loads(row["error_args"]),
    )  # fmt: skip


def _columns(source_id: str, look: Look) -> Row:
    return {
        "id": source_id, "at": seconds(look.at), "what": look.what.value, "took": look.took, "before": look.before,
        "new": look.new, "changed": look.changed, "error_key": look.error_key, "error_args": as_json(look.error_args),
    }  # fmt: skip

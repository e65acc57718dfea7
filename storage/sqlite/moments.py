"""The seconds at which public items last changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from storage.sqlite.part import Part
from storage.sqlite.values import as_json, moment, seconds

_TAKEN = """
    SELECT item.updated FROM json_each(?) AS span CROSS JOIN item INDEXED BY item_told
    WHERE item.updated BETWEEN json_extract(span.value, '$[0]') AND json_extract(span.value, '$[1]')
        AND item.status = 'published' AND item.merged_into IS NULL
"""


class MomentReads(Part):
    """Asking what is taken."""

    def moments_taken(self, spans: Iterable[tuple[datetime, datetime]]) -> frozenset[datetime]:
        """The moments within ``spans`` (both ends included) at which a visible item was last ``updated``."""
        asked = as_json([(seconds(first), seconds(last)) for first, last in spans])
        return frozenset(moment(taken) for (taken,) in self.db.execute(_TAKEN, [asked]).fetchall())

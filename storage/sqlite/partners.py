"""Partners as rows."""

from __future__ import annotations

import json
import sqlite3

from news.errors import Conflict
from news.partners import Partner
from storage.sqlite.part import Part
from storage.sqlite.values import as_json, moment, seconds

_PUT = """
    INSERT INTO partner (id, code, name, contact, feed_id, origins, created)
    VALUES (:id, :code, :name, :contact, :feed_id, :origins, :created)
    ON CONFLICT (id) DO UPDATE SET code = excluded.code, name = excluded.name, contact = excluded.contact,
        feed_id = excluded.feed_id, origins = excluded.origins
"""


class PartnerReads(Part):
    """Reading partners."""

    def partners(self) -> tuple[Partner, ...]:
        """All of them, in the order they were added."""
        return tuple(
            Partner(
                row["id"], row["code"], row["name"], moment(row["created"]), row["contact"], row["feed_id"],
                tuple(json.loads(row["origins"])),
            )
            for row in self.rows("SELECT * FROM partner ORDER BY key")
        )  # fmt: skip


class PartnerWrites(PartnerReads):
    """Writing partners."""

    def put_partner(self, partner: Partner) -> None:
        """Store ``partner``. Raises Conflict when another has its key."""
        values = {
            "id": partner.id, "code": partner.key, "name": partner.name, "contact": partner.contact,
            "feed_id": partner.feed_id, "origins": as_json(list(partner.origins)), "created": seconds(partner.created),
        }  # fmt: skip
        try:
            self.write(_PUT, values)
        except sqlite3.IntegrityError as error:
            raise Conflict("partner.key.taken", key=partner.key) from error
        self._look_again()

    def remove_partner(self, partner_id: str) -> None:
        """Forget a partner and what was seen of it."""
        self.write("DELETE FROM partner WHERE id = ?", [partner_id])
        self.write("DELETE FROM carrier WHERE partner_id = ?", [partner_id])
        self._look_again()

    def _look_again(self) -> None:
        """Who may frame a block is public: every process looks again."""
        self.write("UPDATE change_counter SET number = number + 1")

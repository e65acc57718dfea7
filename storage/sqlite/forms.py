"""Forms that are being typed."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from storage.records import KeptForm
from storage.sqlite.part import Part
from storage.sqlite.values import as_json, moment, seconds

_REMEMBERED = timedelta(days=30)
_MOST = 50


class FormReads(Part):
    """Reading what was typed."""

    def kept_forms(self, user_id: str) -> tuple[KeptForm, ...]:
        """What this person has typed and not saved."""
        rows = self.rows("SELECT * FROM kept_form WHERE user_id = ? ORDER BY saved DESC, about DESC", [user_id])
        return tuple(
            KeptForm(row["user_id"], row["about"], json.loads(row["fields"]), row["version"], moment(row["saved"]))
            for row in rows
        )

    def posted_form(self, token: str) -> str | None:
        """The item that a form has made."""
        row = self.row("SELECT item_id FROM posted_form WHERE token = ?", [token])
        return str(row["item_id"]) if row else None


class FormWrites(Part):
    """Keeping what was typed."""

    def keep_form(self, form: KeptForm) -> None:
        """Remember it, and forget the oldest."""
        saved = seconds(form.saved)
        self.write(
            "INSERT INTO kept_form (user_id, about, fields, version, saved) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (user_id, about) DO UPDATE"
            " SET fields = excluded.fields, version = excluded.version, saved = excluded.saved",
            [form.user_id, form.about, as_json(dict(form.fields)), form.version, saved],
        )
        self.write("DELETE FROM kept_form WHERE saved < ?", [saved - int(_REMEMBERED.total_seconds())])
        self.write(
            "DELETE FROM kept_form WHERE user_id = :user AND about NOT IN"
            " (SELECT about FROM kept_form WHERE user_id = :user ORDER BY saved DESC, about DESC LIMIT :most)",
            {"user": form.user_id, "most": _MOST},
        )

    def drop_kept_form(self, user_id: str, about: str) -> None:
        """Forget it."""
        self.write("DELETE FROM kept_form WHERE user_id = ? AND about = ?", [user_id, about])

    def drop_kept_forms(self, user_id: str) -> None:
        """Forget all of a person's."""
        self.write("DELETE FROM kept_form WHERE user_id = ?", [user_id])

    def put_posted_form(self, token: str, item_id: str, now: datetime) -> None:
        """Remember which item a form has made."""
        self.write("DELETE FROM posted_form WHERE at < ?", [seconds(now - _REMEMBERED)])
        self.write("INSERT INTO posted_form (token, item_id, at) VALUES (?, ?, ?)", [token, item_id, seconds(now)])

"""By which names providers know people, as rows."""

from __future__ import annotations

from news.accounts import Identity
from storage.sqlite.part import Part
from storage.sqlite.values import Row, as_json, moment, seconds


def _identity(row: Row) -> Identity:
    return Identity(row["issuer"], row["subject"], row["user_id"], moment(row["since"]))


class IdentityReads(Part):
    """Reading whom a provider knows."""

    def identity(self, issuer: str, subject: str) -> Identity | None:
        """Whose account this provider's name stands for."""
        row = self.row("SELECT * FROM account_identity WHERE issuer = ? AND subject = ?", [issuer, subject])
        return _identity(row) if row else None

    def identities(self, user_id: str) -> tuple[Identity, ...]:
        """By which names providers know a person."""
        rows = self.rows("SELECT * FROM account_identity WHERE user_id = ? ORDER BY issuer, subject", [user_id])
        return tuple(map(_identity, rows))


class IdentityWrites(Part):
    """Writing it."""

    def put_identity(self, identity: Identity) -> None:
        """Remember it, unless the name stands for somebody already."""
        self.write(
            "INSERT INTO account_identity (issuer, subject, user_id, since) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [identity.issuer, identity.subject, identity.user_id, seconds(identity.since)],
        )

    def drop_identities(self, user_id: str) -> int:
        """Forget them."""
        return self.write("DELETE FROM account_identity WHERE user_id = ?", [user_id])

    def forget_address(self, email: str) -> None:
        """Forget what else names this address: a word of a subject, a text in JSON."""
        self.write(
            "DELETE FROM sign_in_failure WHERE instr(' ' || subject || ' ', ?) OR subject = ?", [f" {email} ", email]
        )
        self.write("DELETE FROM outbox WHERE instr(payload, ?)", [as_json(email)])
        self.write("DELETE FROM kept_answer WHERE instr(body, ?)", [as_json(email)])

"""Links, sessions, tokens, second factors and who came in, as rows."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

from news.accounts import Access, Factor, Link, Purpose, Session, Token
from news.items import Change
from news.users import Role
from storage.sqlite.part import Part
from storage.sqlite.values import Row, marks, moment, seconds


def _link(row: Row) -> Link:
    return Link(row["digest"], row["user_id"], Purpose(row["purpose"]), row["epoch"], moment(row["expires"]))


def _session(row: Row) -> Session:
    return Session(
        row["digest"], row["id"], row["user_id"], row["epoch"], moment(row["created"]), moment(row["seen"]),
        row["agent"],
    )  # fmt: skip


def _token(row: Row) -> Token:
    return Token(
        row["id"], row["user_id"], row["name"], Role(row["role"]), row["prefix"], row["digest"],
        moment(row["created"]), moment(row["expires"]), moment(row["used"]), moment(row["revoked"]),
    )  # fmt: skip


class AccountReads(Part):
    """Reading what belongs to accounts."""

    def link(self, digest: str) -> Link | None:
        """The one-time link of that digest."""
        row = self.row("SELECT * FROM account_link WHERE digest = ?", [digest])
        return _link(row) if row else None

    def session(self, digest: str) -> Session | None:
        """The session of that digest."""
        row = self.row("SELECT * FROM account_session WHERE digest = ?", [digest])
        return _session(row) if row else None

    def sessions(self, user_id: str) -> tuple[Session, ...]:
        """A person's sessions, last seen first."""
        rows = self.rows("SELECT * FROM account_session WHERE user_id = ? ORDER BY seen DESC, id DESC", [user_id])
        return tuple(map(_session, rows))

    def tokens(self, user_id: str | None = None) -> tuple[Token, ...]:
        """A person's tokens, or everybody's, newest first."""
        chosen, params = ("WHERE user_id = ?", [user_id]) if user_id else ("", [])
        return tuple(map(_token, self.rows(f"SELECT * FROM account_token {chosen} ORDER BY key DESC", params)))

    def token(self, digest: str) -> Token | None:
        """The token of that digest."""
        row = self.row("SELECT * FROM account_token WHERE digest = ?", [digest])
        return _token(row) if row else None

    def factor(self, user_id: str) -> Factor | None:
        """A person's second factor."""
        row = self.row("SELECT * FROM second_factor WHERE user_id = ?", [user_id])
        return Factor(row["user_id"], row["secret"], moment(row["confirmed"]), row["step"]) if row else None

    def recovery_codes(self, user_id: str) -> int:
        """How many recovery codes are left."""
        row = self.row("SELECT count(*) AS n FROM recovery_code WHERE user_id = ?", [user_id])
        return int(row["n"]) if row else 0

    def accesses(self, limit: int, before: datetime | None = None, user_id: str | None = None) -> tuple[Access, ...]:
        """Who came in or tried to, newest first."""
        rows = self.rows(
            "SELECT * FROM access_log WHERE (:before IS NULL OR at < :before) AND (:user IS NULL OR user_id = :user)"
            " ORDER BY at DESC, key DESC LIMIT :limit",
            {"before": seconds(before), "user": user_id, "limit": limit},
        )
        return tuple(Access(moment(row["at"]), row["kind"], row["user_id"], row["address"]) for row in rows)

    def changes(
        self, kinds: Collection[str], limit: int, before: datetime | None = None, actor: str | None = None
    ) -> tuple[Change, ...]:
        """What happened to objects of these kinds, newest first."""
        rows = self.rows(
            f"SELECT * FROM history WHERE object_kind IN ({marks(kinds)})"
            f"{' AND at < ?' if before else ''}{' AND actor = ?' if actor else ''} ORDER BY at DESC, key DESC LIMIT ?",
            [*kinds, *([seconds(before)] if before else []), *([actor] if actor else []), limit],
        )
        return tuple(
            Change(
                row["object_kind"], row["object_id"], moment(row["at"]), row["actor"], row["action"], row["version"],
                json.loads(row["data"]),
            )
            for row in rows
        )  # fmt: skip


class AccountWrites(Part):
    """Writing what belongs to accounts."""

    def put_link(self, link: Link) -> None:
        """Store ``link`` in the place of older ones for the same purpose."""
        self.write("DELETE FROM account_link WHERE user_id = ? AND purpose = ?", [link.user_id, link.purpose.value])
        self.write(
            "INSERT INTO account_link VALUES (:digest, :user_id, :purpose, :epoch, :expires)",
            asdict(link) | {"purpose": link.purpose.value, "expires": seconds(link.expires)},
        )

    def drop_links(self, user_id: str) -> None:
        """End all one-time links of a person."""
        self.write("DELETE FROM account_link WHERE user_id = ?", [user_id])

    def put_session(self, session: Session) -> None:
        """Store ``session``, new or seen again."""
        self.write(
            "INSERT INTO account_session VALUES (:digest, :id, :user_id, :epoch, :created, :seen, :agent)"
            " ON CONFLICT (digest) DO UPDATE SET seen = excluded.seen, agent = excluded.agent",
            asdict(session) | {"created": seconds(session.created), "seen": seconds(session.seen)},
        )

    def drop_session(self, user_id: str, session_id: str) -> bool:
        """End one session of a person."""
        return bool(self.write("DELETE FROM account_session WHERE user_id = ? AND id = ?", [user_id, session_id]))

    def drop_sessions(self, user_id: str, keep: str | None = None) -> int:
        """End a person's sessions."""
        return self.write("DELETE FROM account_session WHERE user_id = ? AND digest <> ?", [user_id, keep or ""])

    def put_token(self, token: Token) -> None:
        """Store ``token``, new or changed."""
        moments = {name: seconds(getattr(token, name)) for name in ("created", "expires", "used", "revoked")}
        self.write(
            "INSERT INTO account_token (id, user_id, name, role, prefix, digest, created, expires, used, revoked)"
            " VALUES (:id, :user_id, :name, :role, :prefix, :digest, :created, :expires, :used, :revoked)"
            " ON CONFLICT (id) DO UPDATE SET name = excluded.name, used = excluded.used, revoked = excluded.revoked",
            asdict(token) | {"role": token.role.value} | moments,
        )

    def put_factor(self, factor: Factor) -> None:
        """Store a person's second factor."""
        self.write(
            "INSERT INTO second_factor VALUES (:user_id, :secret, :confirmed, :step) ON CONFLICT (user_id) DO UPDATE"
            " SET secret = excluded.secret, confirmed = excluded.confirmed, step = excluded.step",
            asdict(factor) | {"confirmed": seconds(factor.confirmed)},
        )

    def drop_factor(self, user_id: str) -> None:
        """Take away a person's second factor and recovery codes."""
        self.write("DELETE FROM second_factor WHERE user_id = ?", [user_id])
        self.write("DELETE FROM recovery_code WHERE user_id = ?", [user_id])

    def put_recovery_codes(self, user_id: str, digests: Collection[str]) -> None:
        """Give a person recovery codes in the place of those they had."""
        self.write("DELETE FROM recovery_code WHERE user_id = ?", [user_id])
        for digest in digests:
            self.write("INSERT INTO recovery_code VALUES (?, ?)", [user_id, digest])

    def use_recovery_code(self, user_id: str, digest: str) -> bool:
        """Take a recovery code away."""
        return bool(self.write("DELETE FROM recovery_code WHERE user_id = ? AND digest = ?", [user_id, digest]))

    def add_access(self, access: Access) -> None:
        """Remember who came in, or tried to."""
        self.write(
            "INSERT INTO access_log (at, kind, user_id, address) VALUES (?, ?, ?, ?)",
            [seconds(access.at), access.kind, access.user_id, access.address],
        )

    def forget_accesses(self, before: datetime) -> int:
        """Forget who came in before that."""
        return self.write("DELETE FROM access_log WHERE at < ?", [seconds(before)])

    def forget_accesses_of(self, user_id: str) -> None:
        """Forget that this person came in."""
        self.write("DELETE FROM access_log WHERE user_id = ?", [user_id])

    def forget_ended(self, seen_before: datetime, created_before: datetime, now: datetime) -> int:
        """Forget sessions and links that have ended."""
        bounds = [seconds(seen_before), seconds(created_before)]
        ended = self.write("DELETE FROM account_session WHERE seen < ? OR created < ?", bounds)
        return ended + self.write("DELETE FROM account_link WHERE expires <= ?", [seconds(now)])

"""People as rows, and the sign-ins that failed."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from news.errors import Conflict
from news.users import Role, User
from storage.sqlite.part import Part
from storage.sqlite.values import Row, moment, seconds

_REMEMBERED = timedelta(days=1)
_PUT = """
    INSERT INTO user (id, email, role, password_hash, language, session_epoch, created, disabled, erased)
    VALUES (:id, :email, :role, :password_hash, :language, :session_epoch, :created, :disabled, :erased)
    ON CONFLICT (id) DO UPDATE SET email = excluded.email, role = excluded.role,
        password_hash = excluded.password_hash, language = excluded.language,
        session_epoch = excluded.session_epoch, disabled = excluded.disabled,
        erased = excluded.erased
"""


def _user(row: Row) -> User:
    return User(
        row["id"], row["email"], Role(row["role"]), row["password_hash"], moment(row["created"]), row["language"],
        row["session_epoch"], moment(row["disabled"]), moment(row["erased"]),
    )  # fmt: skip


class UserReads(Part):
    """Reading people."""

    def users(self) -> tuple[User, ...]:
        """Everybody, by e-mail address."""
        return tuple(_user(row) for row in self.rows("SELECT * FROM user ORDER BY email"))

    def user(self, user_id: str) -> User | None:
        """The user of that id."""
        row = self.row("SELECT * FROM user WHERE id = ?", [user_id])
        return _user(row) if row else None

    def user_of_email(self, email: str) -> User | None:
        """The user of that address."""
        row = self.row("SELECT * FROM user WHERE email = ?", [email])
        return _user(row) if row else None

    def failures_since(self, subject: str, since: datetime) -> tuple[int, datetime | None]:
        """How many sign-ins failed since then, and when the last one did."""
        row = self.row(
            "SELECT count(*) AS n, max(at) AS last FROM sign_in_failure WHERE subject = ? AND at >= ?",
            [subject, seconds(since)],
        )
        assert row is not None
        return row["n"], moment(row["last"])


class UserWrites(Part):
    """Writing people."""

    def put_user(self, user: User) -> None:
        """Store ``user``. Raises Conflict when another has the address."""
        values = {
            "id": user.id, "email": user.email, "role": user.role.value, "password_hash": user.password_hash,
            "language": user.language, "session_epoch": user.session_epoch, "created": seconds(user.created),
            "disabled": seconds(user.disabled), "erased": seconds(user.erased),
        }  # fmt: skip
        try:
            self.write(_PUT, values)
        except sqlite3.IntegrityError as error:
            raise Conflict("user.email.taken", email=user.email) from error

    def add_failure(self, subject: str, at: datetime) -> None:
        """Remember a failed sign-in, forget those older than a day."""
        self.write("DELETE FROM sign_in_failure WHERE at < ?", [seconds(at - _REMEMBERED)])
        self.write("INSERT INTO sign_in_failure (subject, at) VALUES (?, ?)", [subject, seconds(at)])

    def clear_failures(self, subject: str) -> None:
        """Forget the failed sign-ins of ``subject``."""
        self.write("DELETE FROM sign_in_failure WHERE subject = ?", [subject])

"""The promises about accounts: links, sessions, tokens, second factors, and who came in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from news.accounts import Access, Factor, Link, Session, Token
from news.items import Change


class AccountReader(Protocol):
    """Reading what belongs to accounts."""

    def link(self, digest: str) -> Link | None:
        """The one-time link of that digest."""

    def session(self, digest: str) -> Session | None:
        """The session of that digest."""

    def sessions(self, user_id: str) -> tuple[Session, ...]:
        """A person's sessions, last seen first."""

    def tokens(self, user_id: str | None = None) -> tuple[Token, ...]:
        """A person's tokens, or everybody's, newest first."""

    def token(self, digest: str) -> Token | None:
        """The token of that digest."""

    def factor(self, user_id: str) -> Factor | None:
        """A person's second factor, also one that is not confirmed."""

    def recovery_codes(self, user_id: str) -> int:
        """How many recovery codes a person has left."""

    def accesses(self, limit: int, before: datetime | None = None, user_id: str | None = None) -> tuple[Access, ...]:
        """Who came in or tried to, newest first; ``before``: only earlier ones; ``user_id``: about this account."""

    def changes(
        self, kinds: Collection[str], limit: int, before: datetime | None = None, actor: str | None = None
    ) -> tuple[Change, ...]:
        """What happened to objects of these kinds, newest first; ``actor``: by whom, as history names them."""


class AccountWriter(Protocol):
    """Writing what belongs to accounts."""

    def put_link(self, link: Link) -> None:
        """Store ``link``; older ones of the person for the same purpose end."""

    def drop_links(self, user_id: str) -> None:
        """End all one-time links of a person."""

    def put_session(self, session: Session) -> None:
        """Store ``session``, new or seen again."""

    def drop_session(self, user_id: str, session_id: str) -> bool:
        """End one session of a person; whether there was one."""

    def drop_sessions(self, user_id: str, keep: str | None = None) -> int:
        """End a person's sessions, but the one with the digest ``keep``; how many."""

    def put_token(self, token: Token) -> None:
        """Store ``token``, new or changed."""

    def put_factor(self, factor: Factor) -> None:
        """Store a person's second factor in the place of the one they had."""

    def drop_factor(self, user_id: str) -> None:
        """Take away a person's second factor and recovery codes."""

    def put_recovery_codes(self, user_id: str, digests: Collection[str]) -> None:
        """Give a person recovery codes in the place of those they had."""

    def use_recovery_code(self, user_id: str, digest: str) -> bool:
        """Take a recovery code away; whether it was there."""

    def add_access(self, access: Access) -> None:
        """Remember who came in, or tried to."""

    def forget_accesses(self, before: datetime) -> int:
        """Forget who came in before that; how many."""

    def forget_accesses_of(self, user_id: str) -> None:
        """Forget that, and from where, this person came in."""

    def forget_ended(self, seen_before: datetime, created_before: datetime, now: datetime) -> int:
        """Forget sessions that have ended by being idle since, or by being made, before these moments, and links that
        have expired; how many."""

"""What storage promises about the names by which the institution's provider knows people. Part of
``storage.contract``."""

from __future__ import annotations

from typing import Protocol

from news.accounts import Identity


class IdentityReader(Protocol):
    """Reading whom a provider knows."""

    def identity(self, issuer: str, subject: str) -> Identity | None:
        """Whose account this provider's name stands for."""

    def identities(self, user_id: str) -> tuple[Identity, ...]:
        """By which names providers know a person, by provider."""


class IdentityWriter(Protocol):
    """Writing it."""

    def put_identity(self, identity: Identity) -> None:
        """Remember a provider's name for somebody. It never comes to stand for another account by this."""

    def drop_identities(self, user_id: str) -> int:
        """Forget by which names providers know a person; how many."""

    def forget_address(self, email: str) -> None:
        """Forget what else names this address: failed sign-ins, mails and requests that wait, answers to programs."""

"""What belongs to a person's account: one-time links, sessions, tokens for programs, the second factor, who came in.

Secrets are never part of these: a link, a session and a token are known by the SHA-256 of what their holder shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from news.users import Role

NOBODYS_PASSWORD = ""


class Purpose(StrEnum):
    """What a one-time link is for."""

    INVITE = "invite"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class Link:
    """A link that lets its holder choose a password for ``user_id``, once and until ``expires``; and only while the
    person's sessions are of this ``epoch``, so that a new password ends it."""

    digest: str
    user_id: str
    purpose: Purpose
    epoch: int
    expires: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody signed in. ``id``: what it is called on pages; ``digest``: of what the cookie holds; ``agent``: the
    browser in words; ``seen``: coarse."""

    digest: str
    id: str
    user_id: str
    epoch: int
    created: datetime
    seen: datetime
    agent: str


@dataclass(frozen=True, slots=True)
class Token:
    """A key for a program that acts for a person, with ``role`` at most. ``prefix``: how it begins, to be known by.
    It ends at ``expires``, or when ``revoked``. ``used``: coarse."""

    id: str
    user_id: str
    name: str
    role: Role
    prefix: str
    digest: str
    created: datetime
    expires: datetime
    used: datetime | None = None
    revoked: datetime | None = None

    def alive(self, now: datetime) -> bool:
        """Whether it still opens anything."""
        return self.revoked is None and now < self.expires


@dataclass(frozen=True, slots=True)
class Factor:
    """A person's second factor: a TOTP ``secret`` (base32, RFC 6238), in force once ``confirmed``. ``step``: the last
    time step a code was taken for, so that none is taken twice."""

    user_id: str
    secret: str
    confirmed: datetime | None = None
    step: int = 0


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom a provider (``issuer``) knows by ``subject``, a name that it gives to nobody else ever (OpenID Connect Core
    §2): the account ``user_id``, recognised by it ``since`` then."""

    issuer: str
    subject: str
    user_id: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Access:
    """Somebody at the door: ``kind`` is what happened (``signed in``, ``refused`` …), ``user_id`` whose account it was
    about, or None for none of ours; ``address`` where they came from. Forgotten after the log's retention."""

    at: datetime
    kind: str
    user_id: str | None
    address: str


def lesser(one: Role, other: Role) -> Role:
    """The role of the two that may do less."""
    order = (Role.AUTHOR, Role.EDITOR, Role.ADMIN)
    return order[min(order.index(one), order.index(other))]

"""People who may sign in, and what their role lets them do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from news.errors import InvalidInput, NotAllowed
from news.items import Item

_EMAIL = re.compile(r"[^@\s,;<>\"()\[\]\\\ud800-\udfff]{1,64}@[^@\s,;<>\"()\[\]\\\ud800-\udfff]{1,190}")
LONGEST_EMAIL = 64 + 1 + 190
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 1024


class Role(StrEnum):
    """author: own items. editor: all items, review, sources. admin: users, categories, settings too."""

    AUTHOR = "author"
    EDITOR = "editor"
    ADMIN = "admin"


class Action(StrEnum):
    """What a person may want to do, as the table below knows it."""

    WRITE = "write"
    EDIT_ANY = "edit any item"
    REVIEW = "review"
    SOURCES = "manage sources"
    PARTNERS = "look after partners"
    CATEGORIES = "manage categories"
    USERS = "manage users"
    WEBHOOKS = "manage webhooks"
    AUDIT = "read the audit log"
    SETTINGS = "read settings and health"
    ACCOUNT = "manage one's own account"


ALLOWED: dict[Role, frozenset[Action]] = {
    Role.AUTHOR: frozenset({Action.WRITE, Action.ACCOUNT}),
    Role.EDITOR: frozenset(
        {Action.WRITE, Action.EDIT_ANY, Action.REVIEW, Action.SOURCES, Action.PARTNERS, Action.ACCOUNT}
    ),
    Role.ADMIN: frozenset(Action),
}


@dataclass(frozen=True, slots=True)
class User:
    """A person who may sign in. ``email``: lower case. ``password_hash``: argon2id, PHC string.
    ``session_epoch``: sessions of an older epoch have ended. ``disabled``: since when, or None.
    ``erased``: since when nothing personal is left of them, or None; the address is then a number.
    ``alerts``: whether they asked to be written to when a source stops, or works again."""

    id: str
    email: str
    role: Role
    password_hash: str
    created: datetime
    language: str = "fr"
    session_epoch: int = 1
    disabled: datetime | None = None
    erased: datetime | None = None
    alerts: bool = False

    def may(self, action: Action) -> bool:
        """Whether the role allows ``action``."""
        return self.disabled is None and action in ALLOWED[self.role]

    def may_edit(self, item: Item) -> bool:
        """Whether this person may change ``item``: their own, or any for editors and admins."""
        return self.may(Action.EDIT_ANY) or (self.may(Action.WRITE) and item.owner_id == self.id)


def require(user: User, action: Action) -> None:
    """Raise NotAllowed unless ``user`` may do ``action``."""
    if not user.may(action):
        raise NotAllowed("user.not_allowed", role=user.role.value)


def checked_email(text: str) -> str:
    """``text`` as an e-mail address, trimmed and in lower case. Raises InvalidInput."""
    email = text.strip().lower()
    if not _EMAIL.fullmatch(email):
        raise InvalidInput("user.email.malformed", email=email[:100])
    return email


def checked_password(text: str) -> str:
    """``text`` as a new password: 10 to 1,024 characters, untouched. Raises InvalidInput."""
    if len(text) < SHORTEST_PASSWORD:
        raise InvalidInput("user.password.short", least=SHORTEST_PASSWORD)
    if len(text) > LONGEST_PASSWORD:
        raise InvalidInput("user.password.long", most=LONGEST_PASSWORD)
    return text

"""Every call of the API is declared once, here: its address, whom it is for, what goes in and out.

The declarations are what is served (``web.api.dispatch``), checked (``web.api.validation``) and described
(``web.api.openapi``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from desk.context import Desk
from desk.settings import Settings
from news.users import Action, User

BASE = "/api/v1"
Shape = dict[str, object]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that may be answered: by ``user`` (the token's role), with checked values. ``body``: JSON; ``query``:
    by name, only what was given. ``raw``, ``media``: the bytes of a body that is no JSON of ours, and its media type as
    sent; ``done``: what was done with it ahead of the turn to write."""

    desk: Desk
    user: User
    path: Mapping[str, str]
    query: Mapping[str, object]
    body: Mapping[str, object]
    raw: bytes = b""
    media: str = ""
    done: object = None

    @property
    def dry(self) -> bool:
        """Whether to say what would be, and change nothing."""
        return self.body.get("dry_run") is True or self.query.get("dry_run") is True

    def text(self, name: str, otherwise: str = "") -> str:
        """A text of the body; null counts as not given."""
        said = self.body.get(name)
        return said if isinstance(said, str) else otherwise

    def said(self, name: str) -> str | None:
        """A text of the body, null being an empty one; None when it is not there."""
        return self.text(name) if name in self.body else None

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts of the body."""
        said = self.body.get(name)
        return tuple(map(str, said)) if isinstance(said, list) else ()

    def asked(self, name: str) -> str | None:
        """A text of the query."""
        said = self.query.get(name)
        return said if isinstance(said, str) else None


@dataclass(frozen=True, slots=True)
class Answer:
    """``value``: JSON values, or None for no content. ``edition``: what ``If-Match`` guards, where that is less than
    the whole. ``following``: the cursor of the next page. ``location``: the path of what was made. ``again``: what is
    answered when it is asked again under the same key, where the answer holds a secret that is not kept."""

    value: object
    edition: object = None
    following: str | None = None
    location: str | None = None
    again: object = None


Handler = Callable[[Asked], Answer]
Before = Callable[[Asked], Asked]


@dataclass(frozen=True, slots=True)
class Route:
    """A call. ``path``: below ``BASE``, with ``{variables}``. ``action``: what the role must allow, None for everybody.
    ``body``, ``answer``: names of shapes. ``status``: of success. ``query``: shapes by name. ``current``: the thing the
    call changes, for ``If-Match``, which ``guarded`` calls insist on. ``before``: what is done ahead of the turn to
    write, as it may take long. ``writes``: whether it needs a turn to write; ``fetches``: whether
    a stranger's server has a say; ``makes``: whether the answer says where what was made is. ``binary``: the media
    types of a body that is no JSON of ours, ``most`` bytes long. ``tries``: whether it knows of ``dry_run`` by being
    carried out and taken back."""

    method: str
    path: str
    handler: Handler
    action: Action | None
    tag: str
    summary: str
    answer: str | None = None
    body: str | None = None
    status: int = 200
    query: Mapping[str, Shape] = field(default_factory=dict)
    paged: bool = False
    current: Handler | None = None
    guarded: bool = False
    before: Before | None = None
    writes: bool = False
    fetches: bool = False
    makes: bool = False
    binary: tuple[str, ...] = ()
    most: Callable[[Settings], int] | None = None
    tries: bool = False

    @property
    def name(self) -> str:
        """The operation's id."""
        return self.handler.__name__

    @property
    def rule(self) -> str:
        """The address as Flask writes it."""
        return BASE + re.sub(r"\{(\w+)\}", r"<\1>", self.path)

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the address's variables."""
        return tuple(re.findall(r"\{(\w+)\}", self.path))


ROUTES: list[Route] = []


def call(
    method: str, path: str, action: Action | None, tag: str, summary: str, **more: object
) -> Callable[[Handler], Handler]:  # fmt: skip
    """Declare a call that the decorated handler answers. ``more``: the other fields of ``Route``."""

    def declare(handler: Handler) -> Handler:
        ROUTES.append(Route(method, path, handler, action, tag, summary, **more))  # type: ignore[arg-type]
        return handler

    return declare

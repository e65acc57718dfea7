"""The staff blueprint, and the rule that every page of it says which action it needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from flask import Blueprint, request

from desk.items.review import waiting
from desk.sources.floods import floods
from news.errors import NotAllowed
from news.users import Action, User, require
from web import sessions
from web.context import current_desk

staff = Blueprint("staff", __name__, url_prefix="/staff")
View = TypeVar("View", bound=Callable[..., object])
_MOST_COUNTED = 100
_NEEDED: dict[str, Action] = {}


def needs(action: Action) -> Callable[[View], View]:
    """Open a view to those whose role allows ``action``. A view without this is open to nobody."""

    def mark(view: View) -> View:
        _NEEDED[view.__name__] = action
        return view

    return mark


def needed(endpoint: str) -> Action | None:
    """The action a staff endpoint (``staff.items``) needs."""
    return _NEEDED.get(endpoint.removeprefix("staff."))


def me() -> User:
    """The person who is signed in; ``web.auth.sign_in`` has let nobody else in."""
    return cast(User, sessions.person())


@staff.before_request
def check_role() -> None:
    """Refuse what the person's role does not allow. Raises NotAllowed."""
    action = needed(request.endpoint or "")
    if action is None:
        raise NotAllowed("user.not_allowed", role=me().role.value)
    require(me(), action)


@staff.context_processor
def surroundings() -> dict[str, object]:
    """What every staff page shows around its content; nothing on the page that says one is signed out."""
    if sessions.person() is None:
        return {}
    waits = _decisions() if me().may(Action.REVIEW) else 0
    return {"me": me(), "may": _may, "here": request.endpoint, "waits": waits}


def _decisions() -> int:
    """How many decisions wait for an editor: a flood is one."""
    return len(waiting(current_desk(), _MOST_COUNTED)) + len(floods(current_desk()))


def _may(action: str) -> bool:
    return me().may(Action[action])

"""The staff blueprint, and the rule that every page of it says which action it needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from desk.review import waiting
from desk.second_factor import missing
from news.errors import NotAllowed
from news.users import Action, User, require
from web import sessions
from web.context import current_desk

staff = Blueprint("staff", __name__, url_prefix="/staff")
View = TypeVar("View", bound=Callable[..., object])
_MOST_COUNTED = 100
_SETTING_UP = ("staff.factor", "staff.begin_factor", "staff.confirm_factor")
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
    """The person who is signed in; ``web.auth`` has let nobody else in."""
    return cast(User, sessions.person())


@staff.before_request
def check_role() -> None:
    """Refuse what the person's role does not allow. Raises NotAllowed."""
    action = needed(request.endpoint or "")
    if action is None:
        raise NotAllowed("user.not_allowed", role=me().role.value)
    require(me(), action)


@staff.before_request
def second_factor_first() -> Response | None:
    """Whoever has to use a second factor sets it up before anything else."""
    if request.endpoint in _SETTING_UP or not missing(current_desk(), me()):
        return None
    return redirect(url_for("staff.factor"), 303)


@staff.context_processor
def surroundings() -> dict[str, object]:
    """What every staff page shows around its content; nothing on the page that says one is signed out."""
    if sessions.person() is None:
        return {}
    waits = len(waiting(current_desk(), _MOST_COUNTED)) if me().may(Action.REVIEW) else 0
    return {"me": me(), "may": _may, "here": request.endpoint, "waits": waits}


def _may(action: str) -> bool:
    return me().may(Action[action])

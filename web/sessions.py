"""Who is signed in. The cookie is Flask's signed one, sent to ``/staff`` alone: it holds the person's id, the epoch of
their sessions (ending them all is one more in the store), when they were last seen, and their language."""

from __future__ import annotations

from datetime import timedelta
from typing import cast
from urllib.parse import urlsplit

from flask import Flask, g, request, session

from desk.context import Desk
from desk.users import get_user
from news.users import User
from translations import LANGUAGES
from web.bodies import MOST_BYTES
from web.context import current_desk
from web.language import speak

IDLE = timedelta(hours=12)
_STEP = 300
_LARGEST_FORM = 4_000_000


def install(app: Flask, desk: Desk) -> None:
    """Set the cookie's rules. A public page never sees it: its path is ``/staff``."""
    app.secret_key = desk.settings.secret_key
    app.config.update(
        SESSION_COOKIE_NAME="depeche_staff",
        SESSION_COOKIE_PATH="/staff",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=urlsplit(desk.settings.base_url).scheme == "https",
        SESSION_REFRESH_EACH_REQUEST=False,
    )


def open_request() -> None:
    """Begin a staff request: room for a long article and a picture, and the person's own language."""
    request.max_content_length = request.max_form_memory_size = _LARGEST_FORM
    if request.mimetype == "multipart/form-data":
        # A picture that is too big has to be read, for the text beside it to be handed back.
        request.max_content_length += current_desk().settings.picture_max_bytes + MOST_BYTES
    asked = request.args.get("lang")
    if asked in LANGUAGES and session.get("lang") != asked:
        session["lang"] = asked
    user = person()
    speak(asked if asked in LANGUAGES else session.get("lang") or (user.language if user else _newsroom_language()))


def begin(user: User) -> None:
    """Start a session of ``user``; nothing of what the browser held before stays but its language."""
    end()
    session.update(user=user.id, epoch=user.session_epoch, seen=_now())
    g.person = user


def end() -> None:
    """End this browser's session."""
    language = session.get("lang")
    session.clear()
    if language:
        session["lang"] = language
    g.person = None


def person() -> User | None:
    """Who is signed in, or None: nobody, idle for twelve hours, disabled, or signed out everywhere."""
    if "person" not in g:
        g.person = _remembered()
    return cast("User | None", g.person)


def _remembered() -> User | None:
    user_id, seen = session.get("user"), session.get("seen", 0)
    if not user_id or _now() - seen > IDLE.total_seconds():
        return None
    user = get_user(current_desk(), user_id)
    if user is None or user.disabled or user.session_epoch != session.get("epoch"):
        return None
    if abs(_now() - seen) > _STEP:
        session["seen"] = _now()
    return user


def _now() -> int:
    return int(current_desk().now().timestamp())


def _newsroom_language() -> str:
    return current_desk().settings.language

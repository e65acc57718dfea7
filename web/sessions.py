"""Who is signed in. The cookie is Flask's signed one, sent to ``/staff`` alone: it holds the secret of a session, whose
record is kept by ``desk.accounts.sessions``, the token of forms, and the language asked for."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlsplit

from flask import Flask, g, request, session

from desk.accounts import sessions
from desk.context import Desk
from net.serving.limits import MOST_BODY
from news.accounts import Session
from news.user_agents import agent_in_words
from news.users import User
from translations import LANGUAGES
from web.context import current_desk
from web.language import speak

LARGEST_FORM = 4_000_000


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
    request.max_content_length = request.max_form_memory_size = LARGEST_FORM
    if request.mimetype == "multipart/form-data":
        # A picture that is too big has to be read, for the text beside it to be handed back.
        request.max_content_length += current_desk().settings.picture_max_bytes + MOST_BODY
    asked = request.args.get("lang")
    if asked in LANGUAGES and session.get("lang") != asked:
        session["lang"] = asked
    user = person()
    speak(asked if asked in LANGUAGES else session.get("lang") or (user.language if user else _strangers_language()))


def begin(user: User) -> None:
    """Start a session of ``user``; nothing of what the browser held before stays but its language."""
    end()
    agent = agent_in_words(request.user_agent.string)
    session["key"] = sessions.begin(current_desk(), user, agent=agent, address=request.remote_addr or "")
    g.pop("found", None)


def end() -> None:
    """End this browser's session, here and in the store: a copy of its cookie opens nothing."""
    language, key = session.get("lang"), session.get("key")
    if key:
        sessions.end(current_desk(), str(key), request.remote_addr or "")
    session.clear()
    if language:
        session["lang"] = language
    g.found = None


def person() -> User | None:
    """Who is signed in, or None: nobody, idle or here too long, disabled, or signed out from elsewhere."""
    found = _found()
    return found[0] if found else None


def here() -> Session | None:
    """The session of this browser."""
    found = _found()
    return found[1] if found else None


def _found() -> tuple[User, Session] | None:
    if "found" not in g:
        key = session.get("key")
        g.found = sessions.who(current_desk(), str(key)) if key else None
    return cast("tuple[User, Session] | None", g.found)


def _strangers_language() -> str:
    """The language of the doors, before anybody has said who they are: the browser's, or else the newsroom's."""
    own = current_desk().settings.language
    # A tie ("*") goes to the first.
    return request.accept_languages.best_match(sorted(LANGUAGES, key=lambda each: each != own)) or own

"""The second step of signing in: a code of the authenticator, after the password was right.

Between the two, the cookie says whose password was right, for ten minutes. It opens nothing by itself.
"""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from desk.accounts.second_factor import check as check_code
from desk.accounts.users import get_user
from news.errors import DepecheError, NotAllowed, TooMany
from news.users import User
from web import sessions
from web.auth.blueprint import auth
from web.auth.safe_next import safe_next
from web.context import current_desk

Answer = BaseResponse | str | tuple[str, int]
_HALF = "half"
_GOOD_FOR = 600


def ask_code(user: User, onward: str | None) -> BaseResponse:
    """Remember that the password of ``user`` was right, and ask for the code."""
    sessions.end()
    session[_HALF] = [user.id, user.session_epoch, _now()]
    return redirect(url_for("auth.code", next=safe_next(onward)), 303)


@auth.get("/login/code")
def code() -> Answer:
    """The page that asks for the code."""
    if _halfway() is None:
        return redirect(url_for("auth.login"), 303)
    return _page()


@auth.post("/login/code")
def take_code() -> Answer:
    """Take the code, and begin the session."""
    user = _halfway()
    if user is None:
        return redirect(url_for("auth.login"), 303)
    try:
        check_code(current_desk(), user, request.form.get("code", ""), request.remote_addr or "")
    except NotAllowed as refused:
        return make_response(_page(refused), 401)
    except TooMany as wait:
        answer = make_response(_page(wait), 429)
        answer.headers["Retry-After"] = str(wait.message_args.get("seconds", 60))
        return answer
    sessions.begin(user)
    return redirect(safe_next(request.form.get("next")), 303)


def _halfway() -> User | None:
    said = session.get(_HALF)
    if not isinstance(said, list) or not 0 <= _now() - said[2] <= _GOOD_FOR:
        return None
    user = get_user(current_desk(), said[0])
    return user if user and not user.disabled and user.session_epoch == said[1] else None


def _page(error: DepecheError | None = None) -> str:
    onward = safe_next(request.form.get("next") or request.args.get("next"))
    return render_template("staff/code.html", onward=onward, error=error)


def _now() -> int:
    return int(current_desk().now().timestamp())

"""The staff door: signing in and out, and what happens to those who knock without a session or a form's token."""

from __future__ import annotations

from flask import Flask, Response, make_response, redirect, render_template, request, session, url_for
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.wrappers import Response as BaseResponse

from desk.accounts.second_factor import in_force
from desk.accounts.sign_in import sign_in
from desk.accounts.users import any_users
from desk.context import Desk
from news.errors import DepecheError, NotAllowed, TooMany
from web import sessions
from web.auth.blueprint import auth
from web.auth.safe_next import safe_next
from web.auth.second_factor import ask_code
from web.auth.sso import offered
from web.context import current_desk
from web.problems import is_api_path
from web.staff.items.expired_session import keep_late
from web.staff.unsaved import kept

csrf = CSRFProtect()
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")

Answer = BaseResponse | str | tuple[str, int]


def install(app: Flask, desk: Desk) -> None:
    """Guard everything below ``/staff``, and every form on the site by its token."""
    sessions.install(app, desk)
    app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False)
    csrf.init_app(app)
    app.before_request(admit)
    app.after_request(keep_private)
    app.register_blueprint(auth)


def admit() -> Answer | None:
    """Let a request in, send it to the sign-in page, or refuse a form that is not from here."""
    if is_staff_path(request.path):
        sessions.open_request()
        if sessions.person() is None and request.blueprint != auth.name:
            return _sign_in_first()
    # The API takes no cookie, so that no other site can borrow one: its calls carry a token of their own.
    if request.endpoint and request.method not in SAFE_METHODS and not is_api_path(request.path):
        csrf.protect()
    return None


def keep_private(response: Response) -> Response:
    """Staff pages are nobody else's: no cache keeps them."""
    if is_staff_path(request.path):
        response.headers["Cache-Control"] = "no-store"
    return response


def is_staff_path(path: str) -> bool:
    """Whether ``path`` belongs to the staff desk."""
    return path == "/staff" or path.startswith("/staff/")


def _sign_in_first() -> Answer:
    if request.method in SAFE_METHODS:
        wanted = request.full_path.rstrip("?")
        return redirect(url_for("auth.login", next=None if wanted in ("/staff", "/staff/") else wanted), 303)
    return render_template("staff/signed_out.html", kept=kept(), onward=keep_late() if _is_ours() else None), 401


def _is_ours() -> bool:
    """Whether a form comes from a page of ours: it has the token of this browser's session, ended or not."""
    try:
        csrf.protect()
    except CSRFError:
        return False
    return True


@auth.get("/login")
def login() -> Answer:
    """The sign-in page; to those already in, the page they wanted."""
    if sessions.person():
        return redirect(safe_next(request.args.get("next")), 303)
    return _page(request.args.get("next"))


@auth.post("/login")
def check() -> Answer:
    """Sign in. The same answer whether the account or the password is wrong."""
    email, onward = request.form.get("email", ""), request.form.get("next")
    try:
        user = sign_in(current_desk(), email, request.form.get("password", ""), request.remote_addr or "")
    except NotAllowed as refused:
        return make_response(_page(onward, email, refused), 401)
    except TooMany as wait:
        answer = make_response(_page(onward, email, wait), 429)
        answer.headers["Retry-After"] = str(wait.message_args.get("seconds", 60))
        return answer
    if in_force(current_desk(), user):
        return ask_code(user, onward)
    sessions.begin(user)
    return redirect(safe_next(onward), 303)


@auth.post("/logout")
def logout() -> Answer:
    """End the session of this browser."""
    sessions.end()
    return redirect(url_for("auth.login"), 303)


@auth.errorhandler(CSRFError)
def stale(_: CSRFError) -> Answer:
    """The sign-in form was open too long, or the browser refuses cookies: a fresh one, with the address kept."""
    error = DepecheError("staff.csrf.login" if session else "staff.csrf.cookies")
    return _page(request.form.get("next"), request.form.get("email", ""), error), 400


def _page(onward: str | None, email: str = "", error: DepecheError | None = None) -> str:
    first = not any_users(current_desk())
    return render_template(
        "staff/login.html", onward=safe_next(onward), email=email, error=error, first=first, sso=offered()
    )

"""For those who have no password, or forgot it: choosing one by a one-time link, and asking for such a link.

These pages say nothing about who has an account.
"""

from __future__ import annotations

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from desk.accounts.one_time_links import ask, holder, use
from desk.accounts.users import set_language
from news.accounts import Purpose
from news.errors import DepecheError, InvalidInput, NotFound, TooMany
from web import sessions
from web.auth.blueprint import auth
from web.context import current_desk, words

Answer = BaseResponse | str | tuple[str, int]


@auth.get("/link/<secret>")
def link(secret: str) -> Answer:
    """The page a link leads to. Looking at it ends nothing: mail programs look too."""
    return _link_page(secret)


@auth.post("/link/<secret>")
def use_link(secret: str) -> Answer:
    """Choose a password; whoever was signed in as this person signs in anew."""
    try:
        _, purpose = holder(current_desk(), secret)
        user = use(current_desk(), secret, request.form.get("password", ""))
    except (InvalidInput, NotFound) as wrong:
        return _link_page(secret, wrong)
    if purpose is Purpose.INVITE:
        # They were invited before anybody knew it: the desk goes on in the language they were welcomed in.
        set_language(current_desk(), user, words().language)
    sessions.end()
    flash(words()("account.link.done"), "good")
    return redirect(url_for("auth.login"), 303)


@auth.get("/forgotten")
def forgotten() -> Answer:
    """A form to ask for a link by; without a mail server, whom to ask instead."""
    return _forgotten_page()


@auth.post("/forgotten")
def ask_link() -> Answer:
    """Ask for a link. The same answer, as fast, whether or not there is such an account."""
    email = request.form.get("email", "")
    if current_desk().settings.smtp is None:
        return _forgotten_page(), 400
    try:
        ask(current_desk(), email, request.remote_addr or "")
    except TooMany as wait:
        answer = make_response(_forgotten_page(error=wait), 429)
        answer.headers["Retry-After"] = str(wait.message_args.get("seconds", 60))
        return answer
    return _forgotten_page(asked=True)


def _link_page(secret: str, error: DepecheError | None = None) -> Response:
    try:
        user, purpose = holder(current_desk(), secret)
    except NotFound as ended:
        page = render_template("staff/link.html", user=None, error=ended, purpose=None)
        answer = make_response(page, 404)
    else:
        page = render_template("staff/link.html", user=user, purpose=purpose.value, error=error, secret=secret)
        answer = make_response(page, 422 if error else 200)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _forgotten_page(*, asked: bool = False, error: DepecheError | None = None) -> str:
    by_mail = current_desk().settings.smtp is not None
    return render_template("staff/forgotten.html", asked=asked, error=error, by_mail=by_mail)

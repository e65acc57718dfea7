"""My account: my language, my password, where I am signed in."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from desk.accounts import own_account, second_factor
from desk.accounts import sessions as kept_sessions
from desk.accounts.tokens import LONGEST_DAYS, tokens_of
from desk.accounts.users import set_language
from desk.sources.alerts import set_alerts
from news.accounts import lesser
from news.errors import DepecheError, InvalidFields, InvalidInput
from news.users import Action, Role
from translations import LANGUAGES
from web import sessions
from web.context import current_desk, words
from web.staff.access import me, needs, staff

Answer = str | Response | tuple[str, int]
DAYS = (30, 90, 180, LONGEST_DAYS - 1)


@staff.get("/account")
@needs(Action.ACCOUNT)
def account() -> Answer:
    """Everything about one's own account on one page."""
    return account_page()


@staff.post("/account/language")
@needs(Action.ACCOUNT)
def own_language() -> Answer:
    """The language the desk speaks to me in, and writes to me in."""
    language = request.form.get("language", "")
    if language not in LANGUAGES:
        raise InvalidInput("item.language.unknown", language=language[:20])
    set_language(current_desk(), me(), language)
    session["lang"] = language
    return _back()


@staff.post("/account/alerts")
@needs(Action.SOURCES)
def own_alerts() -> Answer:
    """Whether I am written to when a source stops, or works again."""
    wanted = request.form.get("alerts") == "yes"
    set_alerts(current_desk(), me(), wanted)
    flash(words()("account.alerts.on" if wanted else "account.alerts.off"), "good")
    return _back("alerts")


@staff.post("/account/password")
@needs(Action.ACCOUNT)
def own_password() -> Answer:
    """Change my password: I stay signed in here, and nowhere else."""
    form = request.form
    try:
        changed = own_account.change_password(
            current_desk(), me(), form.get("old_password", ""), form.get("password", "")
        )
    except InvalidFields as wrong:
        return account_page(wrong), 422
    sessions.begin(changed)
    flash(words()("account.password.changed"), "good")
    return _back()


@staff.post("/account/sessions/<session_id>")
@needs(Action.ACCOUNT)
def end_session(session_id: str) -> Answer:
    """Sign me out there."""
    kept_sessions.end_one(current_desk(), me(), session_id)
    flash(words()("account.session.ended"), "good")
    return _back("sessions")


@staff.post("/account/sessions")
@needs(Action.ACCOUNT)
def end_other_sessions() -> Answer:
    """Sign me out everywhere else."""
    here = sessions.here()
    kept_sessions.end_all(current_desk(), me(), me(), keep=here.digest if here else None)
    flash(words()("account.sessions.ended"), "good")
    return _back("sessions")


def account_page(error: DepecheError | None = None) -> str:
    """The page of one's own account, with what is wrong on it."""
    desk, here = current_desk(), sessions.here()
    return render_template(
        "staff/account.html",
        sessions=kept_sessions.sessions_of(desk, me()),
        here_id=here.id if here else None,
        factor=second_factor.in_force(desk, me()),
        codes=second_factor.codes_left(desk, me()),
        tokens=[each for each in tokens_of(desk, me().id) if each.alive(desk.now())],
        roles=[role for role in Role if lesser(role, me().role) == role],
        days=DAYS,
        mailing=desk.settings.smtp is not None,
        form=request.form,
        error=error,
        errors=error.fields if isinstance(error, InvalidFields) else {},
    )


def _back(part: str | None = None) -> Response:
    return redirect(url_for("staff.account", _anchor=part), 303)

"""The door to the institution's own accounts: OpenID Connect, or a header that the web server in front vouches for."""

from __future__ import annotations

from ipaddress import ip_address

from flask import current_app, make_response, redirect, render_template, request, session
from werkzeug.wrappers import Response

from desk.accounts.identities import admit
from desk.accounts.single_sign_on import Journey, come_back, set_out
from desk.accounts.users import any_users
from desk.provider import TrustedHeader
from news.errors import DepecheError, NotAllowed, NotFound
from web import sessions
from web.auth.blueprint import auth
from web.auth.safe_next import safe_next
from web.context import current_desk
from web.errors import status_of

_JOURNEY = "journey"
_GOOD_FOR = 600


@auth.get("/sso")
def sso() -> Response:
    """Sign in by the header, where one is trusted; or set out to the provider."""
    onward = safe_next(request.args.get("next"))
    desk = current_desk()
    try:
        if desk.settings.auth_header:
            return _enter_by_header(desk.settings.auth_header, onward)
        address, journey = set_out(desk)
    except DepecheError as error:
        return _refused(error)
    session[_JOURNEY] = [journey.state, journey.nonce, journey.verifier, onward, _now()]
    return redirect(address, 303)


@auth.get("/sso/back")
def sso_back() -> Response:
    """Back from the provider, who sends people here whether they may come in or not."""
    said = session.pop(_JOURNEY, None)
    try:
        if not isinstance(said, list) or not 0 <= _now() - said[4] <= _GOOD_FOR:
            raise NotAllowed("sso.late")
        user = come_back(
            current_desk(), Journey(*said[:3]), state=request.args.get("state", ""),
            code=request.args.get("code", ""), address=request.remote_addr or "",
        )  # fmt: skip
    except DepecheError as error:
        return _refused(error)
    sessions.begin(user)
    return redirect(safe_next(said[3]), 303)


def _enter_by_header(header: TrustedHeader, onward: str) -> Response:
    """The header is believed when the connection itself comes from a web server that is named, whatever
    ``X-Forwarded-For`` says."""
    original = request.environ.get("werkzeug.proxy_fix.orig", {})
    try:
        peer = ip_address(str(original.get("REMOTE_ADDR", "")))
    except ValueError:
        raise NotAllowed("sso.refused") from None
    if not any(network.holds(peer, 0) for network in header.from_):
        raise NotAllowed("sso.refused")
    sent = str(request.environ.get(header.name, ""))
    if not sent:
        raise NotAllowed("sso.no_email")
    sessions.begin(admit(current_desk(), sent, request.remote_addr or ""))
    return redirect(onward, 303)


def _refused(error: DepecheError) -> Response:
    status = 404 if isinstance(error, NotFound) else status_of(error)
    current_app.logger.warning("single sign-on: %s", error.key)
    page = render_template(
        "staff/login.html", onward=safe_next(None), email="", error=error, first=not any_users(current_desk()),
        sso=offered(),
    )  # fmt: skip
    return make_response(page, status)


def offered() -> bool:
    """Whether the sign-in page offers this door."""
    settings = current_desk().settings
    return settings.oidc is not None or settings.auth_header is not None


def _now() -> int:
    return int(current_desk().now().timestamp())

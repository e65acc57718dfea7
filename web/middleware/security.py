"""What every answer tells browsers not to do, and which proxy's word is taken for an address.

Three policies (docs/decisions/content-security.md): public pages are kept by caches and name our own addresses; staff
pages are made for one person and name a nonce of their own; what programs read may do nothing at all.
"""

from __future__ import annotations

import secrets

from flask import Flask, Response, g, has_request_context, request
from markupsafe import Markup
from werkzeug.middleware.proxy_fix import ProxyFix

from desk.context import Desk
from web.answers.reply import NO_ACTIVE_CONTENT
from web.problems import is_api_path

# Pictures may stand on other hosts (items link to theirs); everything else is ours.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' https: http: data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-src 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
    )
)
# {nonce}: this answer's. The one Trusted Types policy is that of static/staff-inert.js.
STAFF_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'nonce-{nonce}'",
        "style-src 'nonce-{nonce}'",
        "img-src 'self' https: http: data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types depeche-inert",
    )
)
_STAFF = "/staff"
_NONCE_BYTES = 18
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def install(app: Flask, desk: Desk) -> None:
    """Put the headers on every answer that has none of its own, and believe the proxies that a setting names."""

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", _policy())
        return response

    app.jinja_env.globals["nonced"] = nonced

    if hops := desk.settings.trusted_proxies:
        # Never the host: absolute addresses come from DEPECHE_BASE_URL alone.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0, x_port=0)  # type: ignore[method-assign]


def nonced() -> Markup:
    """The attribute by which a script or a style sheet of a template may be used: this answer's nonce on staff pages,
    nothing on public ones."""
    return Markup(' nonce="{}"').format(_nonce()) if has_request_context() and _is_staff() else Markup("")


def _policy() -> str:
    if is_api_path(request.path):
        return dict(NO_ACTIVE_CONTENT)["Content-Security-Policy"]
    return STAFF_POLICY.format(nonce=_nonce()) if _is_staff() else POLICY


def _is_staff() -> bool:
    return request.path == _STAFF or request.path.startswith(f"{_STAFF}/")


def _nonce() -> str:
    """One for each answer (CSP 3 §7.1: at least 128 bits, from a good source)."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(_NONCE_BYTES)
    return str(g.nonce)

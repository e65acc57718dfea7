"""Where signing in leads: to one of our own staff pages, and nowhere else in any spelling."""

from __future__ import annotations

import re

from flask import url_for

# Only letters, digits, hyphens and single slashes after /staff, then a query: no host, no dots, no escapes, no \.
_OWN_PATH = re.compile(r"/staff(?:/[A-Za-z0-9_-]+)*/?(?:\?[A-Za-z0-9=&%_.,+!-]*)?", re.ASCII)
_DOORS = ("/staff/login", "/staff/logout", "/staff/link", "/staff/forgotten", "/staff/sso")


def safe_next(text: str | None) -> str:
    """``text`` if it is the path of one of our own staff pages, else the list: a link never leads elsewhere."""
    if text and _OWN_PATH.fullmatch(text) and not text.startswith(_DOORS):
        return text
    return url_for("staff.items")

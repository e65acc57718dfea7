"""The blueprint of the pages before the staff desk: signing in, a second factor, one-time links."""

from __future__ import annotations

from flask import Blueprint

auth = Blueprint("auth", __name__, url_prefix="/staff")

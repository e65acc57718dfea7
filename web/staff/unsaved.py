"""What somebody typed, kept when it could not be saved."""

from __future__ import annotations

from flask import request

_WORTH_KEEPING = (
    "title", "date", "link", "summary", "body", "author", "image_url", "image_alt", "image_credit", "url",
    "reason",
)  # fmt: skip


def kept() -> dict[str, str]:
    """The texts of the form that was sent, by field, without empty ones; never a password."""
    return {name: request.form[name] for name in _WORTH_KEEPING if request.form.get(name, "").strip()}

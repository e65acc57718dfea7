"""When a source has moved: permanent redirects (RFC 9110 §15.4.2, §15.4.9) are followed at once, and believed after a
week of the same answer. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from news.sources import Check

BELIEVED_AFTER = timedelta(days=7)


def redirected(check: Check, url: str, moved_to: str | None, now: datetime) -> tuple[Check, str | None]:
    """What is remembered after the source at ``url`` was read by way of ``moved_to`` (None: no permanent redirect),
    and the address it has from now on, or None.

    A redirect from https to http is followed but never believed: whoever stands between could have sent it.
    """
    if moved_to is None or moved_to == url or (url.startswith("https:") and not moved_to.startswith("https:")):
        return _settled(check), None
    if check.moved_to != moved_to:
        return replace(check, moved_to=moved_to, moved_since=now), None
    if check.moved_since is None:
        return check, None
    # The clock went back over the first sight of it: the week begins again.
    if check.moved_since > now:
        return replace(check, moved_since=now), None
    if now - check.moved_since < BELIEVED_AFTER:
        return check, None
    return check, moved_to


def told(check: Check) -> Check:
    """``check`` once it has been noted that another source has the new address: it is not noted again."""
    return replace(check, moved_since=None)


def _settled(check: Check) -> Check:
    return replace(check, moved_to=None, moved_since=None) if check.moved_to else check

"""Partners: sites that carry our news, as far as staff want to know them. Nobody needs a key to read what is public."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from news.errors import InvalidInput
from news.text import one_line

KEY = re.compile(r"[a-z0-9]{10}", re.ASCII)
LONGEST = 200
MOST_ORIGINS = 20
SILENT_AFTER = timedelta(days=7)
_ORIGIN = re.compile(r"(https?)://((?:\*\.)?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*)(:[0-9]{1,5})?/?", re.ASCII)


class Standing(StrEnum):
    """Whether a partner's blocks are asked for: ``new``: not yet, but it is here for less than a week."""

    NEW = "new"
    SEEN = "seen"
    NEVER = "never"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Partner:
    """``key``: what its addresses may say after ``?p=``, no secret. ``contact``: whom to write to, or "". ``feed_id``:
    the named feed it shows, or None. ``origins``: the sites that may frame its blocks; none: any."""

    id: str
    key: str
    name: str
    created: datetime
    contact: str = ""
    feed_id: str | None = None
    origins: tuple[str, ...] = ()


def standing(partner: Partner, seen: datetime | None, now: datetime) -> Standing:
    """How ``partner`` stands whose blocks were last ``seen`` asked for then. Moments are aware."""
    if seen is not None:
        return Standing.SEEN if now - seen <= SILENT_AFTER else Standing.SILENT
    return Standing.NEW if now - partner.created <= SILENT_AFTER else Standing.NEVER


def checked_name(text: str) -> str:
    """A partner's name on one line. Raises InvalidInput."""
    name = one_line(text)
    if not name:
        raise InvalidInput("partner.name.empty")
    return _short("partner.name.long", name)


def checked_contact(text: str) -> str:
    """Whom to write to, on one line. Raises InvalidInput."""
    return _short("partner.contact.long", one_line(text))


def checked_origins(given: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Sites as a policy names them (``https://www.example.org``, ``https://*.example.org``), each once. Without a
    scheme, https is meant. They are sent in a header: nothing else passes. Raises InvalidInput (CSP Level 3 §2.3.1)."""
    found = tuple(dict.fromkeys(_origin(each) for each in given if each.strip()))
    if len(found) > MOST_ORIGINS:
        raise InvalidInput("partner.origins.many", most=MOST_ORIGINS)
    return found


def _origin(text: str) -> str:
    written = text.strip().lower()
    scheme, mark, host = written.rpartition("://")
    try:
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        host = ""
    matched = _ORIGIN.fullmatch(f"{scheme if mark else 'https'}://{host}")
    if not matched or int((matched[3] or ":1")[1:]) not in range(1, 65536) or len(matched[2]) > 253:
        raise InvalidInput("partner.origin.malformed", given=one_line(text)[:80])
    return f"{matched[1]}://{matched[2]}{matched[3] or ''}"


def _short(key: str, text: str) -> str:
    if len(text) > LONGEST:
        raise InvalidInput(key, most=LONGEST)
    return text

"""Addresses: what counts as one, and when two of them are the same page."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from news.errors import InvalidInput
from news.text import xml_safe

LONGEST = 2000
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_[ce]id|msclkid|xtor|at_\w+|_hs\w+|pk_\w+|mtm_\w+)", re.ASCII)
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069<>\"\\^`{|}]")
_IRI = re.compile(r"(?:https?://[^\s<>\"{}|\\^`\x00-\x1f]+|(?:urn|tag):[^\s<>\"{}|\\^`\x00-\x1f]+)", re.ASCII)
_HOST = re.compile(r"[.-]*\w[\w.-]*|[0-9a-f:.]*:[0-9a-f:.]*")
_DEFAULT_PORTS = {"http": 80, "https": 443}
# As most links are written: nothing in them needs to be taken apart.
_WHOLE = re.compile(r"https?://[a-z0-9][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)+/[a-zA-Z0-9_-][a-zA-Z0-9/_-]*", re.ASCII)
_PLAIN = re.compile(r"https?://(?:www\.)?(?!www\.)([a-z0-9][a-z0-9.-]*)(/[a-zA-Z0-9/._~%+-]*)?", re.ASCII)


def checked_url(text: str) -> str:
    """``text`` as an absolute http(s) address, trimmed; spaces and the like percent-encoded. Raises InvalidInput."""
    url = _UNSAFE.sub(lambda found: quote(found[0]), xml_safe(text).strip())
    if len(url) > LONGEST:
        raise InvalidInput("url.malformed", given=text.strip()[:120])
    try:
        parts = urlsplit(url)
        port_ok = parts.port is None or 0 < parts.port < 65536
        host = parts.hostname or ""
        host.encode("idna" if not host.isascii() else "ascii")
    except (ValueError, UnicodeError):
        port_ok, host, parts = False, "", urlsplit("")
    web = parts.scheme in ("http", "https") and port_ok and "@" not in parts.netloc
    if not web or not _HOST.fullmatch(host):
        raise InvalidInput("url.malformed", given=text.strip()[:120])
    return url


def absolute(link: str | None, base: str | None) -> str | None:
    """``link`` made absolute against ``base`` and checked; None when it is no web address."""
    if not link or not link.strip() or (base is None and _names_no_host(link)):
        return None
    if _WHOLE.fullmatch(link) and len(link) <= LONGEST:
        return link
    try:
        return checked_url(urljoin(base or "", link.strip()))
    except (InvalidInput, ValueError):
        return None


def _names_no_host(link: str) -> bool:
    """Whether ``link``, as most identifiers, can be no address by itself, whatever is done to it."""
    return "//" not in link and link.isascii() and link.isprintable()


@lru_cache(maxsize=4096)
def canonical(url: str) -> str:
    """What ``url`` has in common with its other spellings: scheme and ``www.`` aside, host in lower case, no default
    port, no fragment, no tracking parameters, no trailing slash. For recognising only; never shown, never fetched."""
    plain = _PLAIN.fullmatch(url)
    return plain[1] + ((plain[2] or "").rstrip("/") or "/") if plain else taken_apart(url)


def taken_apart(url: str) -> str:
    """The same, of any ``url``."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port and parts.port != _DEFAULT_PORTS.get(parts.scheme) else ""
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])]
    return urlunsplit(("", host + port, parts.path.rstrip("/") or "/", urlencode(sorted(kept)), "")).removeprefix("//")


@lru_cache(maxsize=4096)
def host_of(url: str) -> str:
    """The host of ``url`` in lower case, without port; "" when there is none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def is_iri_of(guid: str, source_url: str) -> bool:
    """Whether ``guid`` is an http(s) IRI on the host ``source_url`` is on: only then may it stay an item's identity."""
    if len(guid) > LONGEST or not _IRI.fullmatch(guid) or not guid.startswith(("http://", "https://")):
        return False
    return bool(host_of(guid)) and host_of(guid) == host_of(source_url)

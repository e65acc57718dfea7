"""One setting's value as it is written, and what it means. Each raises InvalidInput for what cannot be meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from feeds.uris import as_uri
from news.errors import InvalidInput
from news.links import checked_url
from news.users import Role, checked_email

_SHORTEST_KEY = 16
_USUAL_PORTS = {"http": ":80", "https": ":443"}


def database(value: str, folder: Path) -> Path:
    """A path, seen from ``folder`` unless it is absolute."""
    if "://" in value:
        raise InvalidInput("settings.database", given=value.split("://")[0] + "://…")
    try:
        return folder / Path(value).expanduser()
    except RuntimeError as error:
        raise InvalidInput("settings.database", given=value[:60]) from error


def base_url(value: str) -> str:
    """The address people use: a scheme and a host, no slash at its end. As browsers and headers write it, who know no
    other spelling: the host in ASCII and small letters, no port that the scheme has anyway (RFC 6454 §6.2)."""
    try:
        url = checked_url(value)
    except InvalidInput as error:
        raise InvalidInput("settings.base_url", given=value[:100]) from error
    parts = urlsplit(url)
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise InvalidInput("settings.base_url", given=value[:100])
    written = urlsplit(as_uri(url))
    host = written.netloc.lower().removesuffix(_USUAL_PORTS[written.scheme])
    return f"{written.scheme}://{host}"


def hub(value: str) -> str | None:
    """The address of a WebSub hub as a URI (RFC 3986), or None."""
    if not value:
        return None
    try:
        url = checked_url(value)
    except InvalidInput as error:
        raise InvalidInput("settings.hub", given=value[:100]) from error
    if urlsplit(url).fragment:
        raise InvalidInput("settings.hub", given=value[:100])
    return as_uri(url)


def mail_from(value: str) -> str | None:
    """A mail address, or None."""
    try:
        return checked_email(value) if value else None
    except InvalidInput as error:
        raise InvalidInput("settings.mail_from", given=value[:100]) from error


def roles(name: str, values: Mapping[str, str]) -> frozenset[Role]:
    """Roles, parted by commas or spaces."""
    said = [word for word in re.split(r"[,\s]+", values[name]) if word]
    if not set(said) <= set(Role):
        raise InvalidInput("settings.choice", name=name, given=values[name][:60], choices=", ".join(Role))
    return frozenset(map(Role, said))


def matching(name: str, values: Mapping[str, str], pattern: re.Pattern[str], example: str) -> str:
    """A value of the form of ``pattern``; ``example`` is named where it is not."""
    if not pattern.fullmatch(values[name]):
        raise InvalidInput("settings.form", name=name, given=values[name][:60], example=example)
    return values[name]


def one_of(name: str, values: Mapping[str, str], choices: tuple[str, ...]) -> str:
    """One of ``choices``."""
    if values[name] not in choices:
        raise InvalidInput("settings.choice", name=name, given=values[name][:60], choices=", ".join(choices))
    return values[name]


def number(name: str, values: Mapping[str, str], least: float, most: float) -> float:
    """A number from ``least`` to ``most``."""
    try:
        found = float(values[name])
    except ValueError:
        found = float("nan")
    if not least <= found <= most:
        raise InvalidInput("settings.number", name=name, given=values[name][:60], least=f"{least:g}", most=f"{most:g}")
    return found


def whole(name: str, values: Mapping[str, str], least: int, most: int) -> int:
    """A whole number from ``least`` to ``most``."""
    found = number(name, values, least, most)
    if not found.is_integer():
        raise InvalidInput("settings.number", name=name, given=values[name][:60], least=str(least), most=str(most))
    return int(found)


def zone(value: str) -> ZoneInfo:
    """A time zone of the IANA database."""
    try:
        return ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise InvalidInput("settings.timezone", given=value[:60]) from error


def secret(value: str) -> str | None:
    """A key that is long enough to sign with, or None."""
    if value and len(value) < _SHORTEST_KEY:
        raise InvalidInput("settings.secret_key", least=_SHORTEST_KEY)
    return value or None

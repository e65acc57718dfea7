"""The institution's own accounts, as the settings name them: an OpenID Connect provider, or a header that a web server
in front vouches for. Both are off unless named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from net.allowed_networks import AllowedNetwork, parse_allowed
from news.errors import InvalidInput
from news.links import checked_url

_DOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.[a-z]{2,}")
# No hyphen: X_Remote_User and X-Remote-User are one name once a header is a WSGI variable, and only one of the two is
# what the web server in front sets or removes.
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9]{2,40}")
_NEAR = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Provider:
    """An OpenID Connect provider, and our name and secret there."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TrustedHeader:
    """A header that holds an e-mail address, believed from the web servers in ``from_`` alone. ``name``: as WSGI has
    it."""

    name: str
    from_: tuple[AllowedNetwork, ...]


def read_provider(values: Mapping[str, str]) -> Provider | None:
    """The provider that ``values`` name, or None. Raises InvalidInput when it is named by half, or not by https."""
    given = [values[f"DEPECHE_OIDC_{name}"] for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")]
    if not any(given):
        return None
    issuer, client_id, secret = given
    try:
        parts = urlsplit(checked_url(issuer))
    except InvalidInput as error:
        raise InvalidInput("settings.oidc.issuer", given=issuer[:100]) from error
    if parts.scheme != "https" and parts.hostname not in _NEAR:
        raise InvalidInput("settings.oidc.issuer", given=issuer[:100])
    if not (client_id and secret):
        raise InvalidInput("settings.oidc.half")
    return Provider(issuer, client_id, secret)


def read_header(values: Mapping[str, str], proxies: int) -> TrustedHeader | None:
    """The header that ``values`` name, or None. Raises InvalidInput for a name with hyphens or underscores, or when no
    proxy is said to stand in front."""
    name, from_ = values["DEPECHE_AUTH_HEADER"], parse_allowed(values["DEPECHE_AUTH_FROM"])
    if not name:
        return None
    if not _HEADER.fullmatch(name):
        raise InvalidInput("settings.auth_header", given=name[:60])
    if proxies == 0:
        raise InvalidInput("settings.auth_header.proxies")
    return TrustedHeader(f"HTTP_{name.upper()}", from_)


def read_domains(values: Mapping[str, str]) -> frozenset[str]:
    """The domains whose people get an account when they first come. Raises InvalidInput."""
    said = [word.lower().removeprefix("@") for word in re.split(r"[,\s]+", values["DEPECHE_AUTH_DOMAINS"]) if word]
    for domain in said:
        if not _DOMAIN.fullmatch(domain):
            raise InvalidInput("settings.auth_domains", given=domain[:60])
    return frozenset(said)

"""Signing in with the institution's own accounts: OpenID Connect (Core 1.0, code flow with PKCE, RFC 7636).

The provider is asked through the guarded client, so one at a private address has to be in
``DEPECHE_ALLOWED_NETWORKS``. Whom it vouches for is known by its own name for them (``desk.accounts.identities``).
"""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from typing import NoReturn
from urllib.parse import urlencode

from desk.accounts.identities import admit_known
from desk.accounts.keys import new_secret
from desk.context import Desk
from desk.http_client import client_for
from desk.provider import Provider
from net.messages import Limits, Request
from news.errors import FetchFailed, NotAllowed, NotFound
from news.users import User

LIMITS = Limits(connect=5.0, idle=5, total=10.0, wire=500_000, decoded=500_000)
# What a header line can carry (RFC 6750 §2.1).
_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]{1,8000}=*")


@dataclass(frozen=True, slots=True)
class Journey:
    """What is remembered while somebody is at the provider's: secrets that come back with them, or prove it was us."""

    state: str
    nonce: str
    verifier: str


def set_out(desk: Desk) -> tuple[str, Journey]:
    """Where to send somebody, and what to remember of it. Raises NotFound without a provider, FetchFailed."""
    provider = _provider(desk)
    journey = Journey(new_secret(), new_secret(), new_secret())
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": way_back(desk),
        "scope": "openid email",
        "state": journey.state,
        "nonce": journey.nonce,
        "code_challenge": _challenge(journey.verifier),
        "code_challenge_method": "S256",
    }
    address = _described(desk, provider)["authorization_endpoint"]
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}", journey


def way_back(desk: Desk) -> str:
    """The address the provider sends people back to; it has to be told of it."""
    return f"{desk.settings.base_url}/staff/sso/back"


def come_back(desk: Desk, journey: Journey, *, state: str, code: str, address: str) -> User:
    """Who came back with this ``code``. Raises NotAllowed when the provider does not vouch for them, FetchFailed."""
    provider = _provider(desk)
    if not code or not compare_digest(state.encode("utf-8", "replace"), journey.state.encode()):
        raise NotAllowed("sso.refused")
    described = _described(desk, provider)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": way_back(desk),
        "client_id": provider.client_id,
        "client_secret": provider.client_secret,
        "code_verifier": journey.verifier,
    }
    answer = _json(desk, Request(described["token_endpoint"], form=tuple(form.items())))
    keys = _json(desk, Request(described["jwks_uri"]))
    claims = _claims(desk, provider, journey, str(answer.get("id_token", "")), keys)

    def email() -> str:
        return _verified_email(claims) or _verified_email(_userinfo(desk, described, answer, claims)) or _no_email()

    return admit_known(desk, provider.issuer, claims.get("sub"), email, address)


def _provider(desk: Desk) -> Provider:
    if desk.settings.oidc is None:
        raise NotFound("sso.off")
    return desk.settings.oidc


def _described(desk: Desk, provider: Provider) -> dict[str, str]:
    """What the provider says of itself (OpenID Connect Discovery 1.0 §4); it has to be the one we asked (§4.3)."""
    said = _json(desk, Request(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration"))
    wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if said.get("issuer") != provider.issuer or not all(isinstance(said.get(name), str) for name in wanted):
        raise NotAllowed("sso.refused")
    return {name: str(said[name]) for name in (*wanted, "userinfo_endpoint") if isinstance(said.get(name), str)}


def _verified_email(said: Mapping[str, object]) -> str:
    """The address, if the provider says that it is theirs; "" when it says nothing of one. Raises NotAllowed when it
    says that it is not verified."""
    email, verified = said.get("email"), said.get("email_verified")
    if verified is True and isinstance(email, str):
        return email
    if verified is not None and email is not None:
        raise NotAllowed("sso.no_email")
    return ""


def _userinfo(
    desk: Desk, described: Mapping[str, str], answer: Mapping[str, object], claims: Mapping[str, object]
) -> Mapping[str, object]:
    """What the provider says of the person elsewhere, when its ID token says less (§5.3); it has to be the same person
    (§5.3.2). Nothing where there is no such place. Raises NotAllowed, FetchFailed."""
    endpoint, token = described.get("userinfo_endpoint"), answer.get("access_token")
    if endpoint is None or not isinstance(token, str) or not _TOKEN.fullmatch(token):
        return {}
    said = _json(desk, Request(endpoint, fields=(f"Authorization: Bearer {token}",)))
    if said.get("sub") != claims.get("sub"):
        raise NotAllowed("sso.refused")
    return said


def _no_email() -> NoReturn:
    raise NotAllowed("sso.no_email")


def _json(desk: Desk, request: Request) -> dict[str, object]:
    with closing(client_for(desk.settings, limits=LIMITS)) as client:
        try:
            said = json.loads(client.fetch(request).body)
        except FetchFailed as failure:
            status = failure.message_args.get("status")
            # 4xx is the provider's no to this code, not a failure of the provider (RFC 6749 §5.2).
            if isinstance(status, int) and status < 500:
                raise NotAllowed("sso.refused") from failure
            raise
        except (ValueError, RecursionError) as error:
            raise NotAllowed("sso.refused") from error
    if not isinstance(said, dict):
        raise NotAllowed("sso.refused")
    return said


def _claims(desk: Desk, provider: Provider, journey: Journey, token: str, keys: dict[str, object]) -> dict[str, object]:
    # A tenth of all that the web loads, for the newsrooms that have a provider.
    from desk.accounts.id_token import shown_claims

    return shown_claims(token, keys, provider, journey.nonce, desk.now())


def _challenge(verifier: str) -> str:
    """RFC 7636 §4.2, the method ``S256``."""
    return urlsafe_b64encode(sha256(verifier.encode("ascii")).digest()).rstrip(b"=").decode("ascii")

"""Signing in with the institution's own accounts: OpenID Connect (Core 1.0, code flow with PKCE, RFC 7636).

The provider is asked through the guarded client, so one at a private address has to be in
``DEPECHE_ALLOWED_NETWORKS``. Whom it vouches for is known by an e-mail address that it has verified.
"""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass, replace
from hmac import compare_digest
from urllib.parse import urlencode

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from desk.context import Desk, name_of
from desk.door import note_access
from desk.fetching import client_for
from desk.keys import new_secret
from desk.provider import Provider
from net.messages import Limits, Request
from news.accounts import NOBODYS_PASSWORD
from news.errors import FetchFailed, InvalidInput, NotAllowed, NotFound
from news.items import Change
from news.users import Role, User, checked_email

LIMITS = Limits(connect=5.0, idle=5, total=10.0, wire=500_000, decoded=500_000)
# Asymmetric ones alone: with the others, whoever knows a public key could sign.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384")
LEEWAY = 60


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
        "code_challenge": create_s256_code_challenge(journey.verifier),
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
    if claims.get("email_verified") is not True or not isinstance(claims.get("email"), str):
        raise NotAllowed("sso.no_email")
    return admit(desk, str(claims["email"]), address)


def admit(desk: Desk, email: str, address: str) -> User:
    """The person of ``email``, whom the institution vouches for; an author, newly added, when their domain is one of
    ``DEPECHE_AUTH_DOMAINS``. Raises NotAllowed, the same for closed accounts and those there never were."""
    try:
        person = checked_email(email)
    except InvalidInput as error:
        raise NotAllowed("sso.no_email") from error
    with desk.storage.transaction() as tx:
        user = tx.user_of_email(person)
        if user is None and person.rpartition("@")[2] in desk.settings.auth_domains:
            user = User(desk.mint(), person, Role.AUTHOR, NOBODYS_PASSWORD, desk.now(), desk.settings.language)
            tx.put_user(user)
            tx.add_change(Change("user", user.id, desk.now(), name_of(user), "added", data={"role": user.role.value}))
        if user is None or user.disabled:
            note_access(tx, desk, "refused", user.id if user else None, address)
    if user is None or user.disabled:
        raise NotAllowed("sso.no_account")
    return replace(user)


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
    return {name: str(said[name]) for name in wanted}


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
    """What the ID token says, once it is shown to be the provider's, for us, of now and of this journey (§3.1.3.7)."""
    wanted = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
    }
    try:
        read = jwt.decode(token, KeySet.import_key_set(keys), algorithms=list(ALGORITHMS))  # type: ignore[arg-type]
        claims = CodeIDToken(
            read.claims, read.header, wanted, {"nonce": journey.nonce, "client_id": provider.client_id}
        )
        claims.validate(now=int(desk.now().timestamp()), leeway=LEEWAY)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise NotAllowed("sso.refused") from error
    return dict(read.claims)

"""What an identity provider signs about a person, once it is shown to be true (OpenID Connect Core 1.0 §3.1.3.7).

Loading this takes long and much memory: it is loaded where the newsroom has a provider.
"""

from __future__ import annotations

from datetime import datetime

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from desk.provider import Provider
from news.errors import NotAllowed

# Asymmetric ones alone: with the others, whoever knows a public key could sign.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384")
LEEWAY = 60


def shown_claims(
    token: str, keys: dict[str, object], provider: Provider, nonce: str, now: datetime
) -> dict[str, object]:
    """What the ID ``token`` says, once it is shown to be the provider's (by one of its ``keys``), for us, of ``now``
    and of the journey that has this ``nonce``. Raises NotAllowed."""
    wanted = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
    }
    try:
        read = jwt.decode(token, KeySet.import_key_set(keys), algorithms=list(ALGORITHMS))  # type: ignore[arg-type]
        claims = CodeIDToken(read.claims, read.header, wanted, {"nonce": nonce, "client_id": provider.client_id})
        claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise NotAllowed("sso.refused") from error
    return dict(read.claims)

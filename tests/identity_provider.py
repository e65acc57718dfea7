"""A small real OpenID Connect provider on loopback for tests: discovery, code with PKCE, signed ID tokens, keys."""

import base64
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.loopback import QuietHandler, running


class IdentityProvider:
    """``claims``: what the ID token says beside or instead of the usual; ``signs_with``: the key it uses; ``userinfo``:
    what it says elsewhere, to whoever shows the access token."""

    def __init__(self, now) -> None:
        self.now = now
        self.client = ("depeche", "hush hush")
        self.key = self.signs_with = RSAKey.generate_key(2048, {"kid": "1", "use": "sig"})
        self.algorithm = "RS256"
        self.claims: dict[str, object] = {}
        self.email = "editor@school.example"
        self.issuer = ""
        self.describes: dict[str, object] = {}
        self.userinfo: dict[str, object] = {}
        self._asked: dict[str, dict[str, str]] = {}

    def authorize(self, address: str) -> dict[str, str]:
        """What a person does there: they sign in, and are sent back with this."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = f"code-{len(self._asked)}"
        self._asked[code] = asked
        return {"code": code, "state": asked["state"]}

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, object]]:
        asked = self._asked.pop(form.get("code", ""), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        right = (
            asked is not None
            and (form.get("client_id"), form.get("client_secret")) == self.client
            and form.get("redirect_uri") == asked["redirect_uri"]
            and proof.decode().rstrip("=") == asked["code_challenge"]
        )
        if not right or asked is None:
            return 400, {"error": "invalid_grant"}
        now = int(self.now().timestamp())
        claims = {
            "iss": self.issuer, "sub": "42", "aud": self.client[0], "iat": now, "exp": now + 300,
            "nonce": asked["nonce"], "email": self.email, "email_verified": True,
        } | self.claims  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        signed = jwt.encode({"alg": self.algorithm, "kid": "1"}, claims, self.signs_with, algorithms=[self.algorithm])
        return 200, {"access_token": "acc.ess-token", "token_type": "Bearer", "id_token": signed}

    def described(self) -> dict[str, object]:
        return {
            "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/keys",
        } | ({"userinfo_endpoint": f"{self.issuer}/userinfo"} if self.userinfo else {}) | self.describes  # fmt: skip


@contextmanager
def provider_on_loopback(now) -> Iterator[IdentityProvider]:
    """A provider that answers until the end of the block."""
    provider = IdentityProvider(now)

    class Handler(QuietHandler):
        def do_GET(self) -> None:
            pages = {
                "/.well-known/openid-configuration": provider.described(),
                **({"/userinfo": provider.userinfo} if self.headers["Authorization"] == "Bearer acc.ess-token" else {}),
                "/keys": {"keys": [provider.key.as_dict(private=False)]},
            }
            self._send(200, pages[self.path]) if self.path in pages else self._send(404, {})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._send(*provider.token(form))

        def _send(self, status: int, said: dict[str, object]) -> None:
            self.send(status, json.dumps(said).encode(), Content_Type="application/json")

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    with running(server):
        yield provider

"""Secrets that are shown once and then only recognised: links, sessions, tokens, recovery codes.

They are drawn from 256 bits of the system's randomness, so a plain SHA-256 keeps them: nobody tries them all.
"""

from __future__ import annotations

import hashlib
import secrets


def new_secret() -> str:
    """A secret for an address or a cookie: 43 characters of the URL-safe alphabet (RFC 4648 §5)."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept of ``secret``: its SHA-256, in hexadecimal."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def recovery_code() -> str:
    """A code to be written down: 16 characters that are not mistaken for one another, in groups of four (80 bits)."""
    letters = "".join(secrets.choice("23456789abcdefghijkmnpqrstuvwxyz") for _ in range(16))
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


def plain_code(typed: str) -> str:
    """What was typed as a code, without spaces and hyphens, in lower case."""
    return "".join(typed.split()).replace("-", "").lower()

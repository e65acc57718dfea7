"""Passwords: argon2id (RFC 9106), with the library's parameters of today."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

_chosen = [PasswordHasher()]


def hash_with(hasher: PasswordHasher) -> None:
    """Hash with the cost of ``hasher`` from now on, in this process: for tests, which hash thousands of times."""
    _chosen[0] = hasher
    nobodys.cache_clear()


def hashed(password: str) -> str:
    """``password`` as it is kept: an argon2id hash as a PHC string."""
    return _chosen[0].hash(_bytes(password))


def _bytes(password: str) -> bytes:
    """Whatever was typed is a password, also what a terminal could not read as text."""
    return password.encode("utf-8", "surrogatepass")


def verified(kept: str, password: str) -> bool:
    """Whether ``password`` is the one ``kept`` was made of."""
    try:
        return _chosen[0].verify(kept, _bytes(password))
    except (Argon2Error, InvalidHashError):
        return False


def outdated(kept: str) -> bool:
    """Whether ``kept`` was made with parameters that are weaker than today's."""
    return _chosen[0].check_needs_rehash(kept)


@cache
def nobodys() -> str:
    """What is compared for a person who does not exist, so that the answer takes as long."""
    return _chosen[0].hash("nobody has this password")

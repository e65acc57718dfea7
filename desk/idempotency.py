"""Asking twice, being served once: what a program was answered is kept for a day under the key it chose.

After draft-ietf-httpapi-idempotency-key-header-07 §2: the same key with the same request gets the same answer again;
with another request it is refused.
"""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

from desk.context import Desk
from news.errors import InvalidInput
from news.users import User
from storage.contract import Reader
from storage.records import KeptAnswer

KEPT_FOR = timedelta(hours=24)
_KEY = re.compile(r"[\x21-\x7e]{1,200}")


def checked_key(given: str) -> str:
    """An idempotency key: 1 to 200 visible ASCII characters; the quotes of a structured field are taken off.

    Raises InvalidInput.
    """
    key = given.strip()
    key = key[1:-1] if len(key) > 1 and key[0] == key[-1] == '"' else key
    if not _KEY.fullmatch(key):
        raise InvalidInput("api.key")
    return key


def fingerprint(method: str, address: str, body: bytes) -> str:
    """What of a request makes it the same one, as a hash."""
    return hashlib.sha256(b"\n".join((method.encode(), address.encode("utf-8", "surrogatepass"), body))).hexdigest()


def answer_before(desk: Desk, reader: Reader, user: User, key: str, asked: str) -> KeptAnswer | None:
    """What ``user`` was answered under ``key`` within a day. Raises InvalidInput when it was for another request."""
    kept = reader.kept_answer(user.id, key)
    if kept is None or kept.at <= desk.now() - KEPT_FOR:
        return None
    if kept.asked != asked:
        raise InvalidInput("api.key.other")
    return kept

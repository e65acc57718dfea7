"""Entity tags against lost updates (RFC 9110 §13.1.1). A tag has two parts, ``"edition-whole"``: the first changes with
what people edit, the second with anything the answer says. ``If-Match`` is held against the first, so that a source
which was merely looked at meanwhile can be changed; ``If-None-Match`` against both. A proxy that packs answers makes
tags weak, or gives them an ending; they are taken all the same."""

from __future__ import annotations

import json
import re
from hashlib import sha256

from flask import request

from web.api.routes import Answer

_TAG = re.compile(r'"([^"]*)"')


def body_of(value: object) -> bytes:
    """``value`` as the JSON that is sent."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def tag_of(answer: Answer) -> str:
    """The tag, without its quotes."""
    whole = _hash(answer.value)
    return f"{_hash(answer.edition) if answer.edition is not None else whole}-{whole}"


def has_the_latest(answer: Answer) -> bool | None:
    """Whether ``If-Match`` names the edition of ``answer``; None when it was not sent."""
    if "If-Match" not in request.headers:
        return None
    if request.headers["If-Match"].strip() == "*":
        return True
    edition = tag_of(answer).partition("-")[0]
    return any(tag.partition("-")[0] == edition for tag in _TAG.findall(request.headers["If-Match"]))


def _hash(value: object) -> str:
    return sha256(body_of(value)).hexdigest()[:20]

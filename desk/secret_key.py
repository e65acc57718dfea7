"""The key sessions are signed with, made once and kept in a file."""

from __future__ import annotations

import fcntl
import os
import secrets
from pathlib import Path

_RANDOM_BYTES = 48


def kept_key(path: Path) -> str:
    """The key in ``path``, which only its owner may read; made and written out when there is none yet.

    Under a lock: of processes that start together one makes it, and none sees it half-written. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        key = file.read().strip()
        if not key:
            key = secrets.token_urlsafe(_RANDOM_BYTES)
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
    return key

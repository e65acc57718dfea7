"""What a demonstration newsroom remembers between runs, in a file beside its database."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

EMAIL = "demo@depeche.example"


@dataclass(frozen=True, slots=True)
class DemoState:
    """How to sign in, and the loopback port of the made-up partners."""

    email: str
    password: str
    partners_port: int


def make_state(var: Path, partners_port: int) -> DemoState:
    """A new state with a password of its own, kept in ``var`` for its owner's eyes alone."""
    state = DemoState(EMAIL, secrets.token_urlsafe(9), partners_port)
    path = _path(var)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(asdict(state), file)
    return state


def read_state(var: Path) -> DemoState | None:
    """The state kept in ``var``, or None when there is none that can be used."""
    try:
        return DemoState(**json.loads(_path(var).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _path(var: Path) -> Path:
    return var / "demo.json"

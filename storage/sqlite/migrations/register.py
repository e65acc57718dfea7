"""Where each migration enters its name, and what they share."""

from __future__ import annotations

from sqlite_utils import Migrations

migrations = Migrations("depeche")


def statements(script: str) -> list[str]:
    """The statements of ``script``, a trigger with its inner ``;`` in one piece."""
    found: list[str] = []
    for line in script.strip().split(";\n"):
        found.append(line)
    return found

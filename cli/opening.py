"""The desk a command works at, as the environment's settings describe it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desk.context import Desk
    from desk.settings import Settings

ACTOR = "cli"


def settings() -> Settings:
    """What the environment and the checkout's ``depeche.toml`` say. Raises InvalidInput."""
    from desk.settings import load_settings

    return load_settings()


def desk() -> Desk:
    """The desk over the database of the settings. Raises StoreMissing where there is none, StoreFailed."""
    from desk.context import open_desk

    return open_desk(settings())

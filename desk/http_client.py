"""The guarded client as the settings want it."""

from __future__ import annotations

import threading

from desk.settings import Settings
from net.client import Client
from net.guard import Guard
from net.messages import Limits


def client_for(
    settings: Settings, *, limits: Limits | None = None, stop: threading.Event | None = None, pause: float = 0.0
) -> Client:
    """A client that says who we are, and reaches only what the settings allow. ``pause``: seconds between two requests
    to a host."""
    contact = f"; {settings.contact}" if settings.contact else ""
    return Client(
        Guard(settings.allowed_networks),
        user_agent=f"{settings.robots_name}/0.1 (+{settings.base_url}/{contact})",
        limits=limits or Limits(),
        stop=stop,
        pause=pause,
    )

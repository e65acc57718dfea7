"""Where the newsroom is found when no setting says so: at the address it is served on."""

from __future__ import annotations

import os

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104  (named, not bound)


def address_of(host: str, port: int) -> str:
    """The web address of a server on ``host``:``port``, as seen from this machine."""
    shown = _EVERYWHERE.get(host) or (f"[{host}]" if ":" in host else host)
    return f"http://{shown}" if port == 80 else f"http://{shown}:{port}"


def settle_base_url(host: str, port: int) -> None:
    """Let DEPECHE_BASE_URL be the address served on, for this process and those it starts, unless it is set."""
    from cli.opening import settings
    from desk.settings import Settings

    if not os.environ.get("DEPECHE_BASE_URL", "").strip() and settings().base_url == Settings.base_url:
        os.environ["DEPECHE_BASE_URL"] = address_of(host, port)

"""What of a request is counted: as little as tells who carries our news, read from the WSGI environment."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Flask

from desk.context import Desk
from desk.partners.counting import BLOCK, FEED, ITEMS, LONGEST, Counting, Document
from web.embed.kinds import kind_of

_FEEDS, _BLOCKS = "/feeds/", "/embed/"


class Counted:
    """Counts answers that were given from ready bytes; nothing at all where the setting says so."""

    def __init__(self, app: Flask, desk: Desk) -> None:
        counting = app.extensions["counting"] = Counting(desk, _document)
        app.extensions["counted"] = self
        self._add = counting.add
        self._on = desk.settings.statistics_days > 0
        self._hops = desk.settings.trusted_proxies

    def seen(self, path: str, query: str, environ: dict[str, Any]) -> None:
        """A feed or a block at ``path`` was sent, whole or as unchanged. This is done for each answer: it reads a few
        texts and leaves all thinking to the next minute."""
        if not self._on:
            return
        get = environ.get
        requester = self._requester(environ) if path.startswith(_FEEDS) else ""
        agent, origin, referrer = get("HTTP_USER_AGENT", ""), get("HTTP_ORIGIN", ""), get("HTTP_REFERER", "")
        self._add((path, query[:LONGEST], agent[:LONGEST], requester, origin[:LONGEST], referrer[:LONGEST]))

    def _requester(self, environ: dict[str, Any]) -> str:
        """The address a request came from, as far as the setting lets proxies be believed."""
        if not self._hops:
            return str(environ.get("REMOTE_ADDR", ""))
        told = environ.get("HTTP_X_FORWARDED_FOR", "")[-LONGEST:].split(",")
        return told[-self._hops].strip() if len(told) >= self._hops else str(environ.get("REMOTE_ADDR", ""))


@lru_cache(maxsize=4096)
def _document(path: str) -> Document | None:
    """The feed or the block at ``path``; None for archive documents and for the script, which nobody follows."""
    if path.startswith(_FEEDS):
        selection, _, form = path.removeprefix(_FEEDS).rpartition(".")
        return Document(FEED, selection, form) if "/" not in path.removeprefix(_FEEDS) else None
    name = path.removeprefix(_BLOCKS)
    if name.startswith(ITEMS):
        return Document(BLOCK, ITEMS, "page")
    if name == path or name.endswith(".js"):
        return None
    selection, kind = kind_of(name)
    return Document(BLOCK, selection, kind.name)

"""Private networks the newsroom's operator lets the fetcher reach, as ``DEPECHE_ALLOWED_NETWORKS`` names them."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

from news.errors import InvalidInput

_BRACKETED = re.compile(r"\[([^\]]*)\](/\d{1,3})?(?::(\d{1,5}))?", re.ASCII)
_V4 = re.compile(r"([\d.]+(?:/\d{1,2})?)(?::(\d{1,5}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class AllowedNetwork:
    """A network, and the one port that may be reached in it; None is any port."""

    network: ipaddress.IPv4Network | ipaddress.IPv6Network
    port: int | None = None

    def holds(self, address: ipaddress.IPv4Address | ipaddress.IPv6Address, port: int) -> bool:
        """Whether ``address`` and ``port`` are in it."""
        return self.port in (None, port) and address in self.network


def parse_allowed(text: str) -> tuple[AllowedNetwork, ...]:
    """Addresses or CIDRs parted by commas, each with an optional ``:port``: ``127.0.0.1:8101,10.2.0.0/16,[::1]:80``.

    IPv6 stands in brackets (``[fd00::]/8:443`` or ``[fd00::/8]:443``) when a port follows. Raises InvalidInput.
    """
    return tuple(_one(part.strip()) for part in text.split(",") if part.strip())


def _one(given: str) -> AllowedNetwork:
    network, port = _split(given)
    try:
        parsed = ipaddress.ip_network(network)
    except ValueError:
        raise InvalidInput("settings.network", given=given[:80]) from None
    if port is not None and not 0 < port < 65536:
        raise InvalidInput("settings.network", given=given[:80])
    return AllowedNetwork(parsed, port)


def _split(given: str) -> tuple[str, int | None]:
    if found := _BRACKETED.fullmatch(given):
        return found[1] + (found[2] or ""), int(found[3]) if found[3] else None
    if found := _V4.fullmatch(given):
        return found[1], int(found[2]) if found[2] else None
    return given, None

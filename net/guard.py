"""Which addresses the fetcher may connect to: a pure decision, asked with the resolved address just before connecting.

A name can point anywhere and change its mind (DNS rebinding), so only the address of the socket counts.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from AntiSSRF import IPAddressRanges

from net.allowed_networks import AllowedNetwork, parse_allowed

__all__ = ["AllowedNetwork", "Guard", "parse_allowed"]

_REFUSED = tuple(ipaddress.ip_network(cidr) for cidr in IPAddressRanges.recommended_latest)
# RFC 4291 §2.4: all that has been handed out of the public IPv6 Internet. Outside of it stand, among others, the forms
# that carry an IPv4 address (::/96, ::ffff:0:0:0/96), which some hosts and routers still take to that address.
_PUBLIC_V6 = ipaddress.IPv6Network("2000::/3")


class Guard:
    """Refuses every address that is not on the public Internet, except the ``allowed`` ones."""

    def __init__(self, allowed: Sequence[AllowedNetwork] = ()) -> None:
        self._allowed = tuple(allowed)

    def permits(self, ip: str, port: int) -> bool:
        """Whether a connection to ``ip`` (as the resolver gave it) and ``port`` may be made. No name is looked up."""
        try:
            address = ipaddress.ip_address(ip)
        except ValueError:
            return False
        if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
        return any(one.holds(address, port) for one in self._allowed) or _is_public(address)


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and (address not in _PUBLIC_V6 or address.scope_id):
        return False
    return address.is_global and not address.is_multicast and not any(address in network for network in _REFUSED)

"""Whose request it is, for limits only: an address is hashed with a key that this process makes and never stores."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Address = IPv4Address | IPv6Address
_IPV6_HOUSEHOLD = 64
"""Bits that the devices of one connection share."""


class Addresses:
    """Turns the address of a client into a name that means nothing outside this process.

    Args:
        trusted: addresses and networks of reverse proxies, with spaces; only they are believed.

    Raises:
        ValueError: one of them is not an address.
    """

    def __init__(self, trusted: str = "") -> None:
        self._trusted = [ip_network(each, strict=False) for each in trusted.split()]
        self._key = secrets.token_bytes(32)

    def name(self, peer: str, forwarded: str = "") -> str | None:
        """A name for the client.

        Args:
            peer: who the connection is with.
            forwarded: the header ``X-Forwarded-For``; looked at only when the peer is a trusted proxy.

        Returns:
            None when the address does not tell one client from another: it is this machine, or a proxy that did
            not say for whom it asks.
        """
        client = self._client(_usable([peer, *reversed(forwarded.split(","))]))
        if client is None:
            return None
        return hashlib.blake2b(_shared_part(client), key=self._key, digest_size=16).hexdigest()

    def _client(self, nearest_first: Iterable[Address]) -> Address | None:
        # Each proxy adds at the end whom it spoke with: what stands before the last stranger may be made up.
        for address in nearest_first:
            if not any(address in network for network in self._trusted):
                return None if address.is_loopback else address
        return None


def _usable(texts: Iterable[str]) -> Iterable[Address]:
    for text in texts:
        try:
            address = ip_address(text.strip())
        except ValueError:
            return
        mapped = getattr(address, "ipv4_mapped", None)
        yield mapped or address


def _shared_part(address: Address) -> bytes:
    return address.packed if address.version == 4 else address.packed[: _IPV6_HOUSEHOLD // 8]

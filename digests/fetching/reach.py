"""Which addresses and ports may be connected to. Pure."""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from ssl import SSLContext

Address = IPv4Address | IPv6Address

# IANA's special-purpose registries (RFC 6890 and its successors), and clouds' metadata at a public-looking address.
_NOT_PUBLIC_V4 = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
_GLOBAL_V6 = ip_network("2000::/3")  # all else is local, multicast, unassigned, or IPv4 in disguise (::, 64:ff9b::)
_NOT_PUBLIC_V6 = tuple(
    ip_network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarking
        "2001:db8::/32", "2002::/16",  # documentation; 6to4, which carries an IPv4 address
        "2620:4f:8000::/48", "3fff::/20",
    )
)  # fmt: skip
_PORTS = frozenset({80, 443, 8080, 8443})  # where sites are; a mail server or a database is not asked for a page


def is_public(address: Address) -> bool:
    """Return whether an address is an ordinary one of the internet; IPv4 inside IPv6 never is."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_V4)
    if address.scope_id or address not in _GLOBAL_V6:
        return False
    return not any(address in network for network in _NOT_PUBLIC_V6)


def is_usual_port(port: int) -> bool:
    """Return whether sites are served from the port."""
    return port in _PORTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What may be reached. Built in code only: no setting widens it.

    `trust` holds other root certificates than the system's. `own` is one address and port that may be reached besides:
    where the demo serves its site.
    """

    allows: Callable[[Address], bool] = is_public
    allows_port: Callable[[int], bool] = is_usual_port
    trust: SSLContext | None = None
    own: tuple[Address, int] | None = None

    def allows_host(self, host: str, port: int) -> bool | None:
        """Return whether a host that is itself an address may be reached at a port; None for a name."""
        address = _numeric(host)
        return None if address is None else self.allows_place(address, port)

    def allows_place(self, address: Address, port: int) -> bool:
        """Return whether a connection may be opened to an address, which is reached by a port that is allowed."""
        return (address, port) == self.own or self.allows(address)

    def is_own(self, host: str, port: int) -> bool:
        """Return whether that is the one place that may be reached besides."""
        return self.own is not None and (_numeric(host), port) == self.own


INTERNET = Reach()


def _numeric(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        pass
    try:
        return IPv4Address(socket.inet_aton(host))  # 2130706433, 0x7f.1 and 0177.0.0.1 are addresses to a resolver
    except OSError:
        return None

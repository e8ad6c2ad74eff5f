"""Connections for the guarded client: what is checked is what is connected to, whatever a name resolves to next."""

import asyncio
import socket
import ssl
from functools import cache
from ipaddress import ip_address
from typing import Any

import certifi
from aiohttp import TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult

from digests.fetching.reach import Reach

# getaddrinfo's answer; a socket address is a tuple of an address, a port and, for IPv6, two numbers more.
AddressInfo = tuple[socket.AddressFamily | int, socket.SocketKind | int, int, str, tuple[Any, ...]]


class Barred(OSError):
    """The connection would go to an address that may not be reached."""


class GuardedResolver(AbstractResolver):
    """Resolves names and gives out only addresses that may be reached."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of a name that may be reached. Raises Barred when it has none but others."""
        found = await self.look_up(host, port)
        allowed = [one for one in found if _allowed(self._reach, one[4])]
        if found and not allowed:
            raise Barred(f"{host} is not on the public internet")
        return [
            ResolveResult(
                hostname=host, host=str(sockaddr[0]), port=port, family=kind, proto=protocol,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for kind, _, protocol, _, sockaddr in allowed
        ]  # fmt: skip

    async def look_up(self, host: str, port: int) -> list[AddressInfo]:
        """Return what the system's resolver says. Raises socket.gaierror."""
        loop = asyncio.get_running_loop()
        return list(await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG))

    async def close(self) -> None:
        """Hold nothing."""


def connector(reach: Reach, resolver: GuardedResolver) -> TCPConnector:
    """Return a connector that opens a socket only to what may be reached; names are asked for anew each time."""

    def opened(info: AddressInfo) -> socket.socket:
        if not _allowed(reach, info[4]):
            raise Barred(f"{info[4][0]} is not on the public internet")
        return socket.socket(family=info[0], type=info[1], proto=info[2])

    return TCPConnector(
        resolver=resolver, use_dns_cache=False, force_close=True, socket_factory=opened, ssl=reach.trust or roots()
    )


@cache
def roots() -> ssl.SSLContext:
    """Return a context that trusts the system's root certificates and those that Telegram is trusted by, too."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _allowed(reach: Reach, sockaddr: tuple[Any, ...]) -> bool:
    try:
        return reach.allows_place(ip_address(sockaddr[0]), sockaddr[1])
    except ValueError:
        return False

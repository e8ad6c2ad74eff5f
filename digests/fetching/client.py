"""The guarded client: one GET, its redirects followed by us, everything about it bounded."""

import asyncio
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field

import aiohttp
from aiohttp import hdrs
from yarl import URL

from digests.clock import Clock
from digests.fetching import answers, bodies
from digests.fetching.addresses import parsed
from digests.fetching.connecting import Barred, GuardedResolver, connector, roots
from digests.fetching.errors import (
    CertificateRefused,
    Downgraded,
    Garbled,
    HostUnknown,
    PrivateAddress,
    RedirectLoop,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    Unreachable,
    WrongKind,
)
from digests.fetching.reach import INTERNET, Reach

SIZE_LIMIT = 10 * 1024 * 1024  # bytes, after decompression
TIME_LIMIT_S = 15.0  # from the first name looked up to the last byte, redirects included
REDIRECT_LIMIT = 5
AT_ONCE = 4  # fetches; what they hold in memory is that many times the size limit
USER_AGENT = "Mozilla/5.0 (compatible; Svodka/0.1; news digest)"
NAME_ERRORS = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a server gave: the address it came from in the end, and the body with its media type.

    A status of 304 has no body. `headers` have their names in lower case.
    """

    url: str
    status: int
    body: bytes
    kind: str
    charset: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Fetcher:
    """Fetches from the public internet. Keeps no cookies, no connections and no state."""

    def __init__(
        self, clock: Clock, reach: Reach = INTERNET, *, time_limit_s: float = TIME_LIMIT_S,
        resolver: GuardedResolver | None = None,
    ) -> None:  # fmt: skip
        self._clock = clock
        self._reach = reach
        self._time_limit_s = time_limit_s
        self._resolver = resolver or GuardedResolver(reach)
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def get(
        self, url: str, *, kinds: frozenset[str], limit: int = SIZE_LIMIT, headers: Mapping[str, str] | None = None
    ) -> Fetched:
        """Return what is at an address, if it is of one of these media types and within the limit of bytes.

        Raises a subclass of FetchFailed for everything that can go wrong, within the time limit.
        """
        address = parsed(url, self._reach)
        await asyncio.to_thread(roots)  # read from disk once
        async with self._turns:
            try:
                async with asyncio.timeout(self._time_limit_s), self._session() as session:
                    return await self._followed(session, address, _Wanted(kinds, limit, headers or {}))
            except TimeoutError:
                raise TooSlow(self._time_limit_s) from None

    def _session(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=connector(self._reach, self._resolver),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
            auto_decompress=False,
            trust_env=False,
        )

    async def _followed(self, session: aiohttp.ClientSession, address: URL, wanted: "_Wanted") -> Fetched:
        seen = {address}
        for _ in range(REDIRECT_LIMIT + 1):
            answer = await self._asked(session, address, wanted)
            if isinstance(answer, Fetched):
                return answer
            target = parsed(answer, self._reach)
            if address.scheme == "https" and target.scheme == "http":
                raise Downgraded
            if target in seen:
                raise RedirectLoop
            if target.host != address.host:
                wanted = _Wanted(wanted.kinds, wanted.limit, {})  # what was meant for one host is not told another
            seen.add(target)
            address = target
        raise TooManyRedirects(REDIRECT_LIMIT)

    async def _asked(self, session: aiohttp.ClientSession, address: URL, wanted: "_Wanted") -> Fetched | str:
        """Return what is at the address, or the address it sends one on to."""
        host = address.host or ""
        try:
            async with session.get(address, headers=wanted.asking(), allow_redirects=False) as response:
                target = answers.redirect(response)
                if target is not None:
                    return target
                return await self._taken(response, wanted)
        except aiohttp.ClientConnectorCertificateError as error:
            raise CertificateRefused(host, answers.flaw(error.certificate_error)) from None
        except (bodies.Cut, aiohttp.ClientPayloadError, aiohttp.ClientResponseError, ValueError):
            raise Garbled(host) from None
        except aiohttp.ClientConnectorError as error:
            raise _unconnected(host, error.os_error) from None
        except (aiohttp.ClientError, OSError):
            raise Unreachable(host) from None

    async def _taken(self, response: aiohttp.ClientResponse, wanted: "_Wanted") -> Fetched:
        answers.check_status(response, self._clock.now())
        headers = {name.lower(): value for name, value in response.headers.items()}
        url = str(response.url)
        if response.status == answers.NOT_MODIFIED:
            return Fetched(url=url, status=response.status, body=b"", kind="", headers=headers)
        kind, charset = answers.kind(response)
        if kind and kind not in wanted.kinds:
            raise WrongKind(kind)
        encoding = answers.encoding(response)
        if encoding not in bodies.ENCODINGS:
            raise bodies.Cut
        if response.content_length is not None and response.content_length > wanted.limit:
            raise TooLarge(wanted.limit)
        body = await bodies.read(response.content.iter_chunked(bodies.PIECE), encoding, wanted.limit)
        kind = kind or answers.guessed(body)
        if kind not in wanted.kinds:
            raise WrongKind(kind)
        return Fetched(url=url, status=response.status, body=body, kind=kind, charset=charset, headers=headers)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is asked for."""

    kinds: frozenset[str]
    limit: int
    headers: Mapping[str, str]

    def asking(self) -> dict[str, str]:
        """Return the headers of a request."""
        return {
            **self.headers,
            hdrs.USER_AGENT: USER_AGENT,
            hdrs.ACCEPT: ",".join([*sorted(self.kinds), "*/*;q=0.1"]),
            hdrs.ACCEPT_LANGUAGE: "ru,en;q=0.5",
            hdrs.ACCEPT_ENCODING: "gzip, deflate",
        }


def _unconnected(host: str, error: OSError) -> PrivateAddress | HostUnknown | Unreachable:
    if isinstance(error, Barred):
        return PrivateAddress(host)
    if isinstance(error, socket.gaierror) and error.errno in NAME_ERRORS:
        return HostUnknown(host)
    return Unreachable(host)

"""A local site with everything that can be wrong with one, and names that resolve to what a test wants."""

import asyncio
import gzip
import socket
import ssl
import zlib
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from aiohttp import web

from digests.fetching import Reach
from digests.fetching.connecting import AddressInfo, GuardedResolver
from digests.fetching.reach import Address, is_public

CERTIFICATE = Path(__file__).parent / "localhost.pem"  # signed by itself, for localhost and secure.test
HOME = ip_address("127.0.0.1")
MEGABYTE = 1024 * 1024
PAGE = "<html><body><h1>Заголовок</h1><p>Текст.</p></body></html>"


def only_home(address: Address) -> bool:
    return address == HOME


def any_port(_: int) -> bool:
    return True


LOOPBACK = Reach(allows=only_home, allows_port=any_port)
LOOPBACK_TRUSTED = Reach(
    allows=only_home, allows_port=any_port, trust=ssl.create_default_context(cafile=str(CERTIFICATE))
)
STRICT_ANY_PORT = Reach(allows=is_public, allows_port=any_port)


class Names(GuardedResolver):
    """Resolves names as told; a name with several answers gives them one after the other, the last for ever."""

    def __init__(self, reach: Reach, names: Mapping[str, list[list[str]]]) -> None:
        super().__init__(reach)
        self._names = {name: list(answers) for name, answers in names.items()}

    async def look_up(self, host: str, port: int) -> list[AddressInfo]:
        if host not in self._names:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        answers = self._names[host]
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [_info(address, port) for address in found]


def _info(address: str, port: int) -> AddressInfo:
    if ":" in address:
        return (socket.AF_INET6, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, port, 0, 0))
    return (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, port))


@dataclass(kw_only=True)
class Site:
    """The site while it serves; `asked` counts the requests for each path, `seen` keeps the last one's headers.

    `pages` are the media type and the text of what a test puts there.
    """

    port: int = 0  # as the system gave it
    secure_port: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    seen: dict[str, str] = field(default_factory=dict)
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)  # somebody has asked for /held
    let_go: asyncio.Event = field(default_factory=asyncio.Event)  # and gets it now

    def at(self, path: str, host: str = "127.0.0.1") -> str:
        """Return the address of a path over http."""
        return f"http://{host}:{self.port}{path}"

    def securely(self, path: str, host: str = "localhost") -> str:
        """Return the address of a path over https."""
        return f"https://{host}:{self.secure_port}{path}"


@asynccontextmanager
async def serving(address: str = "127.0.0.1") -> AsyncIterator[Site]:
    """Serve the site on loopback, plainly and with a certificate that nobody has signed."""
    site = Site()
    application = web.Application()

    async def answer(request: web.Request) -> web.StreamResponse:
        return await _answered(site, request)

    application.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(application, shutdown_timeout=0)
    await runner.setup()
    certified = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certified.load_cert_chain(CERTIFICATE)
    try:
        await web.TCPSite(runner, address, 0).start()
        await web.TCPSite(runner, address, 0, ssl_context=certified).start()
        site.port, site.secure_port = (bound[1] for bound in runner.addresses)
        yield site
    finally:
        await runner.cleanup()


async def _answered(site: Site, request: web.Request) -> web.StreamResponse:
    path = request.path
    site.asked[path] += 1
    site.seen = {name.lower(): value for name, value in request.headers.items()}
    if path.startswith("/status/"):
        return web.Response(status=int(path.split("/")[2]), headers={"Retry-After": request.query.get("after", "")})
    if path.startswith("/hops/"):
        left = int(path.split("/")[2])
        return _sent_to(f"/hops/{left - 1}") if left else _page()
    if path == "/held":
        site.arrived.set()
        await site.let_go.wait()
        path = "/article"
    if path == "/to":
        return _sent_to(request.query["url"])
    if path in site.pages:
        kind, text = site.pages[path]
        return web.Response(text=text, content_type=kind, charset="utf-8")
    return await _FAULTS.get(path, _missing)(site, request)


def _page() -> web.Response:
    return web.Response(text=PAGE, content_type="text/html", charset="utf-8")


def _sent_to(url: str) -> web.Response:
    return web.Response(status=302, headers={"Location": url})


async def _good(_: Site, __: web.Request) -> web.Response:
    return _page()


async def _missing(_: Site, __: web.Request) -> web.Response:
    return web.Response(status=404)


async def _loop(_: Site, request: web.Request) -> web.Response:
    return _sent_to("/loop/b" if request.path == "/loop/a" else "/loop/a")


async def _large(_: Site, request: web.Request) -> web.StreamResponse:
    """Thirty megabytes, with their length told beforehand or not."""
    told = {"Content-Length": str(30 * MEGABYTE)} if request.path == "/large" else {}
    return await _streamed(request, (b"x" * MEGABYTE for _ in range(30)), told)


async def _bomb(_: Site, request: web.Request) -> web.StreamResponse:
    """A gigabyte of zeroes in a megabyte."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    pieces = (packer.compress(bytes(MEGABYTE)) for _ in range(1024))
    return await _streamed(request, pieces, {"Content-Encoding": "gzip"})


async def _streamed(request: web.Request, pieces: Iterator[bytes], headers: Mapping[str, str]) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/html", **headers})
    try:
        await response.prepare(request)
        for piece in pieces:
            await response.write(piece)
        await response.write_eof()
    except OSError:
        pass  # the client has had enough
    return response


async def _trickle(_: Site, request: web.Request) -> web.StreamResponse:
    """A byte now and then, for ever."""
    response = web.StreamResponse(headers={"Content-Type": "text/html"})
    await response.prepare(request)
    try:
        while True:
            await response.write(b"x")
            await asyncio.sleep(0.02)
    except OSError:
        return response


async def _packed(_: Site, request: web.Request) -> web.Response:
    text = PAGE.encode()
    way = request.path.removeprefix("/packed/")
    raw = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = {
        "gzip": gzip.compress(text),
        "members": gzip.compress(text[:20]) + gzip.compress(text[20:]),
        "zlib": zlib.compress(text),
        "raw": raw.compress(text) + raw.flush(),
        "broken": gzip.compress(text)[:-20],
        "no-gzip": text,
    }[way]
    told = "deflate" if way in ("zlib", "raw") else "gzip"
    return web.Response(body=body, headers={"Content-Type": "text/html", "Content-Encoding": told})


async def _brotli(_: Site, __: web.Request) -> web.Response:
    return web.Response(body=b"\x0b\x02\x80", headers={"Content-Type": "text/html", "Content-Encoding": "br"})


async def _picture(_: Site, __: web.Request) -> web.Response:
    return web.Response(body=b"\x89PNG", content_type="image/png")


async def _unchanged(_: Site, request: web.Request) -> web.Response:
    if request.headers.get("If-None-Match") == '"1"':
        return web.Response(status=304, headers={"ETag": '"1"'})
    return web.Response(text=PAGE, content_type="text/html", headers={"ETag": '"1"'})


async def _cookie(_: Site, request: web.Request) -> web.Response:
    response = _page() if request.path == "/cookie/read" else _sent_to("/cookie/read")
    response.set_cookie("visitor", "1")
    return response


_FAULTS = {
    "/good": _good,
    "/loop/a": _loop,
    "/loop/b": _loop,
    "/large": _large,
    "/large/untold": _large,
    "/bomb": _bomb,
    "/trickle": _trickle,
    "/picture": _picture,
    "/brotli": _brotli,
    "/unchanged": _unchanged,
    "/cookie/set": _cookie,
    "/cookie/read": _cookie,
    **{f"/packed/{way}": _packed for way in ("gzip", "members", "zlib", "raw", "broken", "no-gzip")},
}

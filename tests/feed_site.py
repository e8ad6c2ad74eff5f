"""A local site with feeds, and everything that can be wrong with them."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address

from aiohttp import web

from digests.fetching import Reach
from digests.fetching.reach import Address


def _home(address: Address) -> bool:
    return address == ip_address("127.0.0.1")


def _any(_: int) -> bool:
    return True


LOOPBACK = Reach(allows=_home, allows_port=_any)


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a path answers. `etag` is answered with 304 when it comes back; `trickles`: a byte now and then."""

    body: bytes = b""
    kind: str = "application/rss+xml"
    status: int = 200
    etag: str = ""
    trickles: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(kw_only=True)
class FeedSite:
    """The site while it serves."""

    port: int = 0  # as the system gave it
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    unchanged: int = 0
    visited: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def put(self, path: str, body: str, kind: str = "application/rss+xml", **rest: str) -> None:
        self.pages[path] = Page(body=body.encode(), kind=kind, **rest)  # type: ignore[arg-type]  # etag alone


@asynccontextmanager
async def feed_site() -> AsyncIterator[FeedSite]:
    """Serve on loopback."""
    site = FeedSite()

    async def answered(request: web.Request) -> web.StreamResponse:
        site.asked.append(request.path_qs)
        site.visited.set()
        page = site.pages.get(request.path, Page(status=404))
        if page.trickles:
            return await _trickle(request)
        if page.etag and request.headers.get("If-None-Match") == page.etag:
            site.unchanged += 1
            return web.Response(status=304)
        headers = {"Content-Type": page.kind, **page.headers}
        if page.etag:
            headers["ETag"] = page.etag
        return web.Response(status=page.status, body=page.body, headers=headers)

    application = web.Application()
    application.router.add_get("/{path:.*}", answered)
    runner = web.AppRunner(application, shutdown_timeout=0)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        site.port = runner.addresses[0][1]
        yield site
    finally:
        await runner.cleanup()


async def _trickle(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/rss+xml"})
    await response.prepare(request)
    try:
        while True:
            await response.write(b"<")
            await asyncio.sleep(0.02)
    except OSError:
        return response


def bomb() -> Page:
    """A hundred megabytes of nothing, well packed."""
    return Page(body=gzip.compress(bytes(100_000_000)), headers={"Content-Encoding": "gzip"})

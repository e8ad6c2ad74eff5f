"""The site of the neighbouring town's newspaper: a page to link to and a feed to follow, served on loopback."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from ipaddress import ip_address
from pathlib import Path

from aiohttp import web

from digests.fetching import Reach

HOST = "127.0.0.1"
FILES = Path(__file__).parent / "neighbour"
PAGE, FEED = "/bath", "/rss"
ETAG = '"vesti-512"'


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The site while it serves."""

    port: int

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://{HOST}:{self.port}"

    @property
    def page(self) -> str:
        """The address of its article."""
        return self.url + PAGE

    @property
    def feed(self) -> str:
        """The address of its feed."""
        return self.url + FEED

    @property
    def reach(self) -> Reach:
        """What the demo's bot may fetch: the internet, as ever, and of this machine nothing but this site."""
        return Reach(own=(ip_address(HOST), self.port))


@asynccontextmanager
async def serving() -> AsyncIterator[Neighbour]:
    """Serve the site on a port that the system gives."""
    application = web.Application()
    application.router.add_get(PAGE, _page)
    application.router.add_get(FEED, _feed)
    runner = web.AppRunner(application, shutdown_timeout=0, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, 0).start()
        yield Neighbour(runner.addresses[0][1])
    finally:
        await runner.cleanup()


def article_text() -> str:
    """Return the words of the page's article in their order, the related titles at its end too."""
    words = _Words()
    words.feed(_read("bath.html"))
    return "".join(words.found)


class _Words(HTMLParser):
    """Collects what stands between the tags of <article>."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Go in."""
        self._depth += tag == "article"

    def handle_endtag(self, tag: str) -> None:
        """Come out."""
        self._depth -= tag == "article"

    def handle_data(self, data: str) -> None:
        """Keep words of the article."""
        if self._depth:
            self.found.append(data)


async def _page(_: web.Request) -> web.Response:
    return web.Response(text=_read("bath.html"), content_type="text/html", charset="utf-8")


async def _feed(request: web.Request) -> web.Response:
    if request.headers.get("If-None-Match") == ETAG:
        return web.Response(status=304)
    text = _read("feed.xml").replace("{site}", f"http://{request.host}")
    return web.Response(text=text, content_type="application/rss+xml", charset="utf-8", headers={"ETag": ETAG})


def _read(name: str) -> str:
    return (FILES / name).read_text(encoding="utf-8")

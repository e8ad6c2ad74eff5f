"""The chat page's files, as they lie in the package."""

from importlib import resources
from pathlib import PurePosixPath

from aiohttp import web

from sandbox.guard import HEADERS

TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".json": "application/json",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
}
TEXTUAL = ("text/", "application/json", "image/svg")


def add_pages(app: web.Application) -> None:
    """Serve index.html at / and the folder at /page/."""
    app.router.add_get("/", index)
    app.router.add_get("/page/{name}", page)


async def index(_request: web.Request) -> web.Response:
    """Return the chat page."""
    return served("index.html")


async def page(request: web.Request) -> web.Response:
    """Return one of the page's files."""
    return served(request.match_info["name"])


def served(name: str) -> web.Response:
    """Return a file of the folder; raises HTTPNotFound when there is no such file of a known type."""
    mime = TYPES.get(PurePosixPath(name).suffix)
    file = resources.files("sandbox").joinpath("page", name)
    if mime is None or name != PurePosixPath(name).name or not file.is_file():
        raise web.HTTPNotFound
    charset = "utf-8" if mime.startswith(TEXTUAL) else None
    return web.Response(body=file.read_bytes(), content_type=mime, charset=charset, headers=HEADERS)

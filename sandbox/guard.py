"""Who may talk to the server: programs on this machine and its own chat page, no page from elsewhere."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from sandbox.methods.polling import is_loopback

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEADERS = {
    "Content-Security-Policy": "default-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse requests that a foreign page could make a browser send (other Host or Origin)."""
    if not is_loopback(host_of(f"//{request.host}")):
        return refused("This server answers on this machine's own address only.")
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        return refused("Requests from other pages are not answered.")
    if request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
        return refused("Requests from other pages are not answered.")
    try:
        return await handler(request)
    except (web.HTTPNotFound, web.HTTPMethodNotAllowed) as missing:
        if request.path.startswith(("/bot", "/file/")):
            body = {"ok": False, "error_code": missing.status, "description": missing.reason}
            return web.json_response(body, status=missing.status)
        return web.json_response({"error": "There is nothing here."}, status=missing.status, headers=HEADERS)


def host_of(url: str) -> str:
    """Return the host name of an address, "" when it cannot be read."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def refused(why: str) -> web.Response:
    """Return a 403 with a sentence."""
    return web.json_response({"error": why}, status=403)

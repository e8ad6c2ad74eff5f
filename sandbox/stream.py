"""Events as a text/event-stream."""

from aiohttp import web

from sandbox.events import Events
from sandbox.guard import HEADERS
from sandbox.wire import dumps


def add_stream(app: web.Application, events: Events) -> None:
    """Serve the events at /control/events; `after` or Last-Event-ID says where to go on."""

    async def stream(request: web.Request) -> web.StreamResponse:
        after = request.query.get("after") or request.headers.get("Last-Event-ID") or str(events.last)
        if not after.isdecimal() or len(after) > 18:
            return web.json_response({"error": '"after" must be a whole number.'}, status=400)
        response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream; charset=utf-8"})
        await response.prepare(request)
        try:
            await response.write(b": hello\n\n")
            async for item in events.stream(int(after)):
                if item is None:
                    await response.write(b": still here\n\n")
                else:
                    number, event = item
                    await response.write(f"id: {number}\ndata: {dumps(event)}\n\n".encode())
        except ConnectionResetError:
            pass  # the page was closed
        return response

    app.router.add_get("/control/events", stream)

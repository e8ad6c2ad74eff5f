"""The control API's knobs: clock, faults, limits, latency and the record of calls."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict, fields
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from aiohttp import web

from sandbox.bodies import Wrong, known_only, read_json, read_object, whole_of
from sandbox.faults import Fault
from sandbox.floods import Limits
from sandbox.wire import Json

if TYPE_CHECKING:
    from sandbox.server import Sandbox

Reply = Callable[[web.Request], Awaitable[object]]

FAULT_FIELDS = tuple(one.name for one in fields(Fault))
LIMIT_FIELDS = tuple(one.name for one in fields(Limits))
MOST_CALLS = 1000
LONGEST_JUMP_S = 366 * 86_400
HOME = ZoneInfo("Europe/Moscow")


class Knobs:
    """The handlers that turn the knobs."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def table(self) -> list[tuple[str, str, Reply]]:
        """Return the routes: verb, path and handler."""
        return [
            ("POST", "/control/clock", self.clock),
            ("GET", "/control/faults", self.faults),
            ("PUT", "/control/faults", self.set_faults),
            ("DELETE", "/control/faults", self.clear_faults),
            ("GET", "/control/limits", self.limits),
            ("PUT", "/control/limits", self.set_limits),
            ("GET", "/control/latency", self.latency),
            ("PUT", "/control/latency", self.set_latency),
            ("GET", "/control/calls", self.calls),
        ]

    async def clock(self, request: web.Request) -> Json:
        """Move the clock through the hook that the demo set."""
        body = await read_object(request, ("to", "by"))
        if self._sandbox.on_clock is None:
            raise Wrong("This clock cannot be moved: nobody has offered to move it.", 409)
        now = self._sandbox.clock.now()
        target = instant(body, now)
        if not now <= target <= now + timedelta(seconds=LONGEST_JUMP_S):
            raise Wrong("The clock moves forward only, and at most a year at once.")
        await self._sandbox.on_clock(target)
        told = {"now": self._sandbox.clock.now().isoformat()}
        self._sandbox.events.emit("clock", told)
        return told

    async def faults(self, _request: web.Request) -> list[Json]:
        """Tell the faults in force."""
        return [asdict(rule) for rule in self._sandbox.faults.rules]

    async def set_faults(self, request: web.Request) -> list[Json]:
        """Replace the faults."""
        value = await read_json(request)
        if not isinstance(value, list):
            raise Wrong("An array of faults is expected.")
        rules = [fault_of(known_only(item, FAULT_FIELDS)) for item in value]
        self._sandbox.faults.set(rules)
        return [asdict(rule) for rule in rules]

    async def clear_faults(self, _request: web.Request) -> list[Json]:
        """Let everything work again."""
        self._sandbox.faults.clear()
        return []

    async def limits(self, _request: web.Request) -> Json:
        """Tell the flood limits."""
        return asdict(self._sandbox.limits)

    async def set_limits(self, request: web.Request) -> Json:
        """Replace the flood limits."""
        try:
            self._sandbox.limits = Limits(**await read_object(request, LIMIT_FIELDS))
        except ValueError as error:
            raise Wrong(f"These limits do not work: {error}.") from None
        return asdict(self._sandbox.limits)

    async def latency(self, _request: web.Request) -> Json:
        """Tell the latency."""
        return {"min_ms": self._sandbox.latency.min_ms, "max_ms": self._sandbox.latency.max_ms}

    async def set_latency(self, request: web.Request) -> Json:
        """Change the latency."""
        body = await read_object(request, ("min_ms", "max_ms"))
        low, high = number(body, "min_ms"), number(body, "max_ms")
        try:
            self._sandbox.latency.set(low, high)
        except ValueError as error:
            raise Wrong(f"This does not work: {error}.") from None
        return {"min_ms": low, "max_ms": high}

    async def calls(self, request: web.Request) -> Json:
        """Tell the calls after a number, at most a thousand, oldest first."""
        after = whole_of(request.query.get("after", "0"), "after")
        found = self._sandbox.calls.of(request.query.get("method"), after, MOST_CALLS)
        return {"calls": [call.shape() for call in found], "total": self._sandbox.calls.total}


def fault_of(body: Json) -> Fault:
    """Return the fault; raises Wrong when a field of it makes no sense."""
    if "kind" not in body:
        raise Wrong('The field "kind" of a fault is missing.')
    try:
        return Fault(**{name: value for name, value in body.items() if value is not None})
    except (ValueError, TypeError, AttributeError) as error:
        raise Wrong(f"This fault does not work: {error}.") from None


def number(body: Json, name: str) -> float:
    """Return a number, 0 when it is missing; raises Wrong for anything else."""
    value = body.get(name, 0)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Wrong(f'The field "{name}" must be a number.')
    return value


def instant(body: Json, now: datetime) -> datetime:
    """Return the instant that a request means: "HH:MM" is the next such time in Moscow; raises Wrong."""
    if ("to" in body) == ("by" in body):
        raise Wrong('Give either "to" (a time "08:00" or an instant) or "by" (seconds).')
    if "by" in body:
        return now + timedelta(seconds=min(number(body, "by"), 1e9))
    text = body["to"]
    if not isinstance(text, str):
        raise Wrong('The field "to" must be a text.')
    try:
        if len(text) <= len("08:00"):
            return next_time(text, now)
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Wrong(f'"{text}" is neither a time like "08:00" nor an instant like "2026-11-24T08:00+03:00".') from None
    return (found.replace(tzinfo=HOME) if found.tzinfo is None else found).astimezone(UTC)


def next_time(text: str, now: datetime) -> datetime:
    """Return the next instant at which clocks in Moscow show that time; raises ValueError for no time."""
    shown_at = datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 - a time of day, the zone comes next
    here = now.astimezone(HOME)
    target = datetime.combine(here.date(), shown_at, HOME)
    if target <= here:
        target = datetime.combine(here.date() + timedelta(days=1), shown_at, HOME)
    return target.astimezone(UTC)

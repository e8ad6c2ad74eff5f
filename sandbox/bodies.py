"""Reading control requests, with a sentence for whatever is wrong in them."""

import json
from collections.abc import Sequence
from typing import Any

from aiohttp import web

from sandbox.wire import Json

BODY_BYTES = 2 * 1024 * 1024


class Wrong(Exception):
    """A request that cannot be carried out: the status and the sentence that goes back."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


async def read_json(request: web.Request) -> Any:
    """Return the decoded body; raises Wrong unless it is JSON and says so."""
    if request.content_type != "application/json":
        raise Wrong("The body must be JSON with Content-Type: application/json.", 415)
    if (request.content_length or 0) > BODY_BYTES:
        raise Wrong("The body is larger than 2 MB.", 413)
    try:
        return json.loads(await request.text())
    except ValueError:
        raise Wrong("The body is not valid JSON.") from None


async def read_object(request: web.Request, known: Sequence[str]) -> Json:
    """Return the decoded body; raises Wrong unless it is an object with known fields only."""
    return known_only(await read_json(request), known)


def known_only(value: object, known: Sequence[str]) -> Json:
    """Return the object; raises Wrong when it is none or has other fields than the known."""
    if not isinstance(value, dict):
        raise Wrong("A JSON object is expected.")
    for name in value:
        if name not in known:
            raise Wrong(f'There is no field "{name}" here; known are: {", ".join(known)}.')
    return value


def text_of(body: Json, name: str, default: str | None = None) -> str:
    """Return a text field; raises Wrong when it is missing without a default, or no text."""
    value = body.get(name, default)
    if value is None:
        raise Wrong(f'The field "{name}" is missing.')
    if not isinstance(value, str):
        raise Wrong(f'The field "{name}" must be a text.')
    return value


def optional_text(body: Json, name: str) -> str | None:
    """Return a text field or None."""
    return None if body.get(name) is None else text_of(body, name)


def whole(body: Json, name: str) -> int:
    """Return a whole number; raises Wrong when it is missing or none."""
    value = body.get(name)
    if value is None:
        raise Wrong(f'The field "{name}" is missing.')
    return whole_of(value, name)


def whole_of(value: object, name: str) -> int:
    """Return a whole number, also one written as text; raises Wrong for anything else."""
    if isinstance(value, str) and value.removeprefix("-").isdecimal() and len(value) < 19:
        return int(value)
    if type(value) is not int:
        raise Wrong(f'"{name}" must be a whole number.')
    return value


def truth(body: Json, name: str) -> bool:
    """Return a truth value; raises Wrong when it is missing or none."""
    value = body.get(name)
    if not isinstance(value, bool):
        raise Wrong(f'The field "{name}" must be true or false.')
    return value


def array(body: Json, name: str) -> list[Any]:
    """Return an array, empty when it is missing; raises Wrong for anything else."""
    value = body.get(name) or []
    if not isinstance(value, list):
        raise Wrong(f'The field "{name}" must be an array.')
    return value

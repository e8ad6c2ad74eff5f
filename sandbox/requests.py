"""Reading a call's parameters from HTTP: query, form, multipart and JSON."""

import json
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.multipart import BodyPartReader, MultipartReader
from yarl import URL

from sandbox.errors import ApiError, bad_request, too_large
from sandbox.wire import Json, Upload

PARAMETERS_BYTES = 1024 * 1024
UPLOAD_BYTES = 50 * 1024 * 1024
ATTACHED = "attach://"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
TOO_MANY = "too many parameters"
REPLACED = "\ufffd"


async def read_parameters(request: web.Request) -> Json:
    """Return the parameters of a call; raises ApiError when they cannot be read or are too many."""
    params: Json = read_form(request.rel_url.raw_query_string)
    if not request.body_exists:
        return params
    if request.content_type == MULTIPART:
        params.update(await read_multipart(await request.multipart()))
    else:
        if (request.content_length or 0) > PARAMETERS_BYTES:
            raise too_large(TOO_MANY)
        body = await request.content.read(PARAMETERS_BYTES + 1)
        while len(body) <= PARAMETERS_BYTES and (more := await request.content.read(PARAMETERS_BYTES)):
            body += more
        params.update(read_body(request.content_type, body))
    return params


async def read_client_response(response: aiohttp.ClientResponse) -> tuple[str, Json]:
    """Return the method that a webhook's answer asks for ("" for none) and its parameters."""
    try:
        if response.content_type == MULTIPART:
            params = await read_multipart(MultipartReader.from_response(response))
        else:
            params = read_body(response.content_type, await response.read())
    except (ApiError, ValueError):  # the update was taken; whatever else the bot wrote is not a call
        return "", {}
    return str(params.pop("method", "")), params


def read_body(content_type: str, body: bytes) -> Json:
    """Return the parameters of a form or of a JSON object; any other body has none."""
    if len(body) > PARAMETERS_BYTES:
        raise too_large(TOO_MANY)
    try:
        text = body.decode()
        if content_type == FORM:
            return read_form(text)
        if content_type == "application/json" and text.strip():
            value = json.loads(text)
            if not isinstance(value, dict):
                raise bad_request("object expected as the request's parameters")
            return {name: item for name, item in value.items() if item is not None}
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    except ValueError:
        raise bad_request("can't parse the request's parameters") from None
    return {}


def read_form(text: str) -> Json:
    """Return the fields of a form; raises ApiError when a text in it is no UTF-8."""
    if not text:
        return {}
    # yarl decodes in C, ten times faster than urllib; what it cannot decode becomes a replacement character.
    fields: Json = dict(URL.build(path="/", query_string=text, encoded=True).query)
    if any(REPLACED in value for value in fields.values()) and "%EF%BF%BD" not in text.upper() and REPLACED not in text:
        raise bad_request("strings must be encoded in UTF-8")
    return fields


async def read_multipart(reader: Any) -> Json:
    """Return the fields and files of a multipart body, with attach:// references resolved."""
    params: Json = {}
    files: dict[str, Upload] = {}
    size = 0
    async for part in reader:
        if not isinstance(part, BodyPartReader) or not part.name:
            continue
        data = await read_part(part)
        if part.filename is not None:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            files[part.name] = Upload(part.filename, mime, data)
            continue
        size += len(data)
        if size > PARAMETERS_BYTES:
            raise too_large(TOO_MANY)
        try:
            params[part.name] = data.decode()
        except UnicodeDecodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
    for name, value in params.items():
        if value.startswith(ATTACHED) and value.removeprefix(ATTACHED) in files:
            params[name] = files.pop(value.removeprefix(ATTACHED))
    return {**files, **params}


async def read_part(part: BodyPartReader) -> bytes:
    """Return a part's bytes; raises ApiError above 50 MB."""
    data = bytearray()
    while chunk := await part.read_chunk(256 * 1024):
        data += chunk
        if len(data) > UPLOAD_BYTES:
            raise too_large("the file is larger than 50 MB")
    return bytes(data)

"""answerCallbackQuery."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from sandbox.api import Api, Play
from sandbox.chats import Toast
from sandbox.errors import bad_request
from sandbox.wire import Json

TEXT_LENGTH = 200
CACHE_TIME_S = 30 * 86_400


def answer_callback_query(api: Api, params: Json) -> bool:
    """Play answerCallbackQuery."""
    text = params.get("text", "")
    if len(text) > TEXT_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")
    if not 0 <= params.get("cache_time", 0) <= CACHE_TIME_S:
        raise bad_request("invalid cache_time specified")
    url = params.get("url") or None
    if url is not None and urlsplit(url).netloc.lower() not in ("t.me", "telegram.me"):
        raise bad_request("URL_INVALID")
    toast = Toast(text=text, show_alert=params.get("show_alert", False), url=url)
    api.telegram.answer_query(params["callback_query_id"], toast)
    return True


METHODS: Mapping[str, Play] = {"answerCallbackQuery": answer_callback_query}

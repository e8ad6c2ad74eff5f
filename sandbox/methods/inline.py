"""answerInlineQuery, with results that are articles."""

import re
from collections.abc import Mapping

from sandbox.api import Api, Play
from sandbox.errors import bad_request
from sandbox.methods.messages import read_text
from sandbox.wire import Json

MOST_RESULTS = 50
OFFSET_BYTES = RESULT_ID_BYTES = 64
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


def answer_inline_query(api: Api, params: Json) -> bool:
    """Play answerInlineQuery."""
    results = params["results"]
    if len(results) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    if len(params.get("next_offset", "").encode()) > OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    if params.get("cache_time", 0) < 0:
        raise bad_request("invalid cache_time specified")
    ids = [result["id"] for result in results]
    if not all(1 <= len(one.encode()) <= RESULT_ID_BYTES for one in ids):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    if (button := params.get("button")) is not None:
        check_button(button)
    shown = [article(api, result) for result in results]
    api.telegram.inline.answer(params["inline_query_id"], {**params, "results": shown})
    return True


def check_button(button: Json) -> None:
    """Refuse a button above the results that leads nowhere."""
    if not button["text"].strip():
        raise bad_request("SWITCH_PM_TEXT_EMPTY")
    if ("web_app" in button) == ("start_parameter" in button):
        raise bad_request("exactly one of the fields web_app and start_parameter must be used")
    if "start_parameter" in button and not START_PARAMETER.fullmatch(button["start_parameter"]):
        raise bad_request("START_PARAM_INVALID")


def article(api: Api, result: Json) -> Json:
    """Return the result with the message that it would become."""
    if result["type"] != "article":
        raise bad_request(f"the local Telegram does not play inline results of the type {result['type']}")
    if not result["title"].strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    written = result["input_message_content"]
    if "message_text" not in written:
        raise bad_request("the local Telegram plays only texts as messages of inline results")
    content = read_text({**written, "text": written["message_text"]})
    markup = api.keyboards.read_inline(result.get("reply_markup"))
    message = {"text": content.text, "entities": content.entities, "reply_markup": markup.inline}
    return {**result, "message": message}


METHODS: Mapping[str, Play] = {"answerInlineQuery": answer_inline_query}

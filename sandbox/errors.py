"""Refusals of the Bot API with Telegram's texts."""

from sandbox.wire import Json

PREFIXES = {
    400: "Bad Request: ",
    401: "Unauthorized: ",
    403: "Forbidden: ",
    404: "Not Found: ",
    409: "Conflict: ",
    413: "Request Entity Too Large: ",
    429: "Too Many Requests: ",
    500: "Internal Server Error: ",
}

TERMINATED_BY_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
TERMINATED_BY_WEBHOOK = "terminated by setWebhook request"
WEBHOOK_IS_SET = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


class ApiError(Exception):
    """A call that Telegram refuses: the HTTP code, the description and the response parameters."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(text: str, parameters: Json | None = None) -> ApiError:
    """Return a 400 with the text as Telegram's server writes it (first letter lowered unless it is a raw code)."""
    return ApiError(400, PREFIXES[400] + lowered(text), parameters)


def forbidden(text: str) -> ApiError:
    """Return a 403."""
    return ApiError(403, PREFIXES[403] + text)


def conflict(text: str) -> ApiError:
    """Return a 409."""
    return ApiError(409, PREFIXES[409] + text)


def too_many(retry_after: int) -> ApiError:
    """Return a 429 that tells the seconds to wait."""
    return ApiError(429, f"{PREFIXES[429]}retry after {retry_after}", {"retry_after": retry_after})


def too_large(text: str) -> ApiError:
    """Return a 413."""
    return ApiError(413, PREFIXES[413] + text)


def lowered(text: str) -> str:
    """Return the text with its first letter lowered unless the second is `_` or upper case (tdlib/telegram-bot-api)."""
    if len(text) > 1 and (text[1] == "_" or text[1].isupper()):
        return text
    return text[:1].lower() + text[1:]

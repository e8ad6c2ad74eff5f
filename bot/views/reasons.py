"""Why deliveries did not end well, in words."""

from collections.abc import Callable

from bot.i18n import Translator
from bot.views.markup import line

GONE: dict[str, Callable[[Translator], str]] = {
    "blocked": lambda t: t("blocked the bot"),
    "deactivated": lambda t: t("deleted their account"),
    "never_started": lambda t: t("never started the bot"),
    "is_a_bot": lambda t: t("are bots themselves"),
    "kicked": lambda t: t("removed the bot from the group"),
    "not_a_member": lambda t: t("the bot is not in the group"),
    "chat_deleted": lambda t: t("the group was deleted"),
    "chat_not_found": lambda t: t("the chat does not exist"),
    "moved": lambda t: t("moved to a group that gets it anyway"),
}
FAILED: dict[str, Callable[[Translator], str]] = {
    "topic_gone": lambda t: t("the topic was deleted"),
    "no_rights": lambda t: t("the bot may not write there"),
    "bad_markup": lambda t: t("Telegram did not understand the formatting"),
    "too_long": lambda t: t("the text is too long"),
    "empty_text": lambda t: t("the text is empty"),
    "source_gone": lambda t: t("the message to copy was deleted"),
    "not_copyable": lambda t: t("the message cannot be copied"),
    "bad_request": lambda t: t("Telegram refused the message"),
    "bad_gateway": lambda t: t("Telegram was out of order"),
    "TelegramServerError": lambda t: t("Telegram was out of order"),
    "RestartingTelegram": lambda t: t("Telegram was out of order"),
    "moved_twice": lambda t: t("the group moved twice"),
    "TelegramNetworkError": lambda t: t("the connection failed"),
}
UNKNOWN: dict[str, Callable[[Translator], str]] = {
    "crashed": lambda t: t("on their way when the bot was interrupted"),
}
SKIPPED: dict[str, Callable[[Translator], str]] = {
    "no_news": lambda t: t("no new articles in their rubrics"),
    "late": lambda t: t("too late to be sent"),
    "stopped": lambda t: t("unsubscribed meanwhile"),
    "paused": lambda t: t("took a pause meanwhile"),
    "unreachable": lambda t: t("became unreachable meanwhile"),
    "cancelled": lambda t: t("not sent: the broadcast was stopped"),
    "withdrawn": lambda t: t("not sent: the article was withdrawn"),
}


def reason_words(t: Translator, state: str, reason: str) -> str:
    """Return a reason in words; one that nobody has worded yet as it is recorded."""
    match state:
        case "gone":
            return _worded(t, GONE, reason, t("unreachable ({reason})", reason=line(reason)))
        case "unknown":
            return _worded(t, UNKNOWN, reason, t("the answer was lost"))
        case "skipped":
            return _worded(t, SKIPPED, reason, t("not sent ({reason})", reason=line(reason)))
    return _worded(t, FAILED, reason, t("failed ({reason})", reason=line(reason)))


def _worded(t: Translator, known: dict[str, Callable[[Translator], str]], reason: str, otherwise: str) -> str:
    words = known.get(reason)
    return words(t) if words else otherwise

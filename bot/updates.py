"""Updates on their way in, polled or pushed: one that cannot be read or handled never stops those behind it."""

import logging

from aiogram import Bot, Dispatcher
from aiogram.exceptions import ClientDecodeError
from aiogram.types import Update
from aiogram.types.update import UpdateTypeLookupError
from pydantic import ValidationError

log = logging.getLogger(__name__)


def read(raw: object, bot: Bot) -> Update | None:
    """Return an update from its JSON; one that holds what we cannot read comes without that, None has no number."""
    try:
        return Update.model_validate(raw, context={"bot": bot})
    except ValidationError as error:
        number = raw.get("update_id") if isinstance(raw, dict) else None
        # No values: they are people's words.
        wrong = [".".join(map(str, item["loc"])) for item in error.errors(include_input=False, include_url=False)]
        log.warning("update passed over, it cannot be read id=%s: %s", number, ", ".join(wrong[:5]))
    return Update(update_id=number) if isinstance(number, int) else None


def salvaged(error: ClientDecodeError, bot: Bot) -> list[Update]:
    """Return what can be read of an answer to getUpdates that as a whole cannot: one bad update spoils all."""
    answer = error.data if isinstance(error.data, dict) else {}
    batch = answer.get("result")
    if not answer.get("ok") or not isinstance(batch, list):
        return []
    return [update for update in (read(raw, bot) for raw in batch) if update is not None]


async def feed(dispatcher: Dispatcher, bot: Bot, update: Update) -> None:
    """Let the dispatcher handle an update; a kind that we do not know is passed over, a failure is recorded."""
    try:
        update.event_type  # noqa: B018 - asked only for the error of an unknown kind, for which aiogram would warn
    except UpdateTypeLookupError:
        log.info("update passed over, its kind is unknown id=%s", update.update_id)
        return
    try:
        await dispatcher.feed_update(bot, update)
    except Exception:  # a boundary: one bad update must not stop the others
        log.exception("update failed id=%s", update.update_id)

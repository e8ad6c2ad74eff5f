"""The wire format of the buttons around links; the rules are those of bot.callbacks."""

from typing import Literal

from aiogram.filters.callback_data import CallbackData

from bot.callbacks import Id


class OnLink(CallbackData, prefix="li1"):
    """What becomes of a link that came in the middle of an article: the article's text, or a page to be read.

    `message` is the editor's own; the address stands in the question.
    """

    how: Literal["text", "page"]
    message: Id


class TakeAnew(CallbackData, prefix="la1"):
    """Reads the page of an article once more, as another draft."""

    article: Id

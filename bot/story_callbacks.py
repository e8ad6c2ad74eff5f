"""The wire format of the buttons around repeated texts and stories; the rules are those of bot.callbacks."""

from aiogram.filters.callback_data import CallbackData

from bot.callbacks import Count, Id


class CompareArticles(CallbackData, prefix="dm1"):
    """Two articles side by side, for editors: what is the same and what differs."""

    article: Id
    other: Id
    page: Count = 0

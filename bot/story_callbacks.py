"""The wire format of the buttons around repeated texts and stories; the rules are those of bot.callbacks."""

from aiogram.filters.callback_data import CallbackData

from bot.callbacks import Count, Id


class CompareArticles(CallbackData, prefix="dm1"):
    """Two articles side by side, for editors: what is the same and what differs."""

    article: Id
    other: Id
    page: Count = 0


class ShowStory(CallbackData, prefix="y1"):
    """What else was published on an article's story; the other fields are the page it was opened from.

    `listed`: it was opened from a list, and Back leads there. `turn` is the page of the list of the story.
    """

    edition: Id
    article: Id
    section: Count = 0
    page: Count = 0
    listed: bool = False
    turn: Count = 0
    trail: str = ""

"""The wire format of the buttons around repeated texts and stories; the rules are those of bot.callbacks."""

from aiogram.filters.callback_data import CallbackData

from bot.callbacks import Count, Id


class CompareArticles(CallbackData, prefix="dm1"):
    """Two articles side by side, for editors: what is the same and what differs."""

    article: Id
    other: Id
    page: Count = 0


class ShowPlot(CallbackData, prefix="dg1"):
    """What an article's story consists of, for editors."""

    article: Id


class SayStory(CallbackData, prefix="dh1"):
    """An editor says whether an article and another are one story; `other` 0: the article and its whole story.

    `compared`: said where the two stand side by side.
    """

    article: Id
    other: Id
    same: bool
    compared: bool = False


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

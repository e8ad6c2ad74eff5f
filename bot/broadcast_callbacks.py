"""The wire format of the buttons around broadcasts; the rules are those of bot.callbacks."""

from typing import Literal

from aiogram.filters.callback_data import CallbackData

from bot.callbacks import Count, Id


class ShowSendable(CallbackData, prefix="bl1"):
    """Published articles, for one to be sent."""

    page: Count = 0


class AskSend(CallbackData, prefix="ba1"):
    """Asks whether an article is to be sent, and says to how many."""

    article: Id


class Proposal(CallbackData, prefix="bp1"):
    """What becomes of something proposed: an article, or (article 0) a message in this chat that is to be copied.

    `paid` sends it faster, for Telegram Stars.
    """

    how: Literal["send", "paid", "test", "drop"]
    article: Id
    message: Id


class OnBroadcast(CallbackData, prefix="bb1"):
    """Something that is done with a broadcast.

    `recall`, `resend` (what is unclear) and `retry` (what failed) ask first; `sure`: the answer was yes.
    """

    broadcast: Id
    how: Literal["show", "pause", "resume", "stop", "recall", "resend", "retry", "report"]
    sure: bool = False


class ShowBroadcasts(CallbackData, prefix="bk1"):
    """The list of announcements, or of digests."""

    digests: bool
    page: Count = 0

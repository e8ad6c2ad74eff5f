"""The wire format of the buttons around sources; the rules are those of bot.callbacks."""

from typing import Literal

from aiogram.filters.callback_data import CallbackData

from bot.callbacks import Count, Id


class ShowSources(CallbackData, prefix="sl1"):
    """The list of sources."""

    page: Count = 0


class AskSource(CallbackData, prefix="sa1"):
    """Asks for the address of a new source."""


class OnSource(CallbackData, prefix="sb1"):
    """Something that is done with a source. `delete` asks first; `sure`: the answer was yes."""

    source: Id
    how: Literal["show", "poll", "on", "off", "trust", "doubt", "delete"]
    sure: bool = False


class ShowSourceRubrics(CallbackData, prefix="sc1"):
    """Where to file what a source brings."""

    source: Id
    page: Count = 0


class FileSource(CallbackData, prefix="sf1"):
    """Files what a source brings under a rubric."""

    source: Id
    rubric: Id

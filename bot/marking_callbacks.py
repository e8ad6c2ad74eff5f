"""The wire format of the buttons that correct how a text was cut; the rules are those of bot.callbacks.

A correction names the article, the line by its digest and what it is to be, so a tap repeated changes nothing.
"""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.callbacks import Count, Id

DOUBTFUL, REMOVED, HEADINGS, ALL = "d", "r", "h", "a"

Which = Annotated[str, Field(pattern="^[drha]?$")]  # the lines of a list; empty: the first that has any
Line = Annotated[str, Field(pattern=r"^[0-9a-f]{12}\.[0-9]{1,6}$")]


class ShowMarks(CallbackData, prefix="xl1"):
    """A list of an article's lines and what they were taken for."""

    article: Id
    which: Which = ""
    page: Count = 0


class ShowLine(CallbackData, prefix="xo1"):
    """A line in full, with all that it may be; the other fields are the list it was opened from."""

    article: Id
    line: Line
    which: Which = ""
    page: Count = 0


class MarkLine(CallbackData, prefix="xm1"):
    """Lets a line be something; the other fields are the list to show again."""

    article: Id
    line: Line
    label: Annotated[str, Field(pattern="^[thxcf]$")]
    which: Which = ""
    page: Count = 0


class ShowRules(CallbackData, prefix="xr1"):
    """What is remembered of the article's source."""

    article: Id
    page: Count = 0


class DropRule(CallbackData, prefix="xd1"):
    """Forgets one of those rules."""

    article: Id
    rule: Id
    page: Count = 0

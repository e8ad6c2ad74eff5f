"""The wire format of the buttons around searches; the rules are those of bot.callbacks."""

from typing import Annotated, Literal

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.callbacks import Count, Id
from digests.periods import Period


class ShowFound(CallbackData, prefix="h1"):
    """A page of what a kept search finds."""

    query: Id
    page: Count = 0


class AskSearch(CallbackData, prefix="ha1"):
    """Asks what to search for."""


class ShowFilter(CallbackData, prefix="hf1"):
    """The rubrics or the periods by which a search can be narrowed."""

    query: Id
    which: Literal["rubric", "period"]
    page: Count = 0


class NarrowRubric(CallbackData, prefix="hr1"):
    """Searches again in a rubric; -1: in all of them."""

    query: Id
    rubric: Annotated[int, Field(ge=-1, lt=2**63)]


class NarrowPeriod(CallbackData, prefix="hp1"):
    """Searches again in a period."""

    query: Id
    period: Period


class Widen(CallbackData, prefix="hx1"):
    """Searches again: everywhere and at any time, or without quotation marks."""

    query: Id
    how: Literal["everywhere", "loose"]


class TryWord(CallbackData, prefix="hw1"):
    """Searches for a word of the archive; no longer than digests.entries offers them."""

    word: str

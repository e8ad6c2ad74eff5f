"""The wire format of the archive's buttons; the rules are those of bot.callbacks."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.callbacks import Count


class ShowMonth(CallbackData, prefix="y1"):
    """The days of a month that have articles, as YYYYMM; 0: the newest such month."""

    month: Annotated[int, Field(ge=0, le=220012)] = 0


class ShowDay(CallbackData, prefix="yd1"):
    """The articles of a day, as YYYYMMDD."""

    day: Annotated[int, Field(ge=0, le=22001231)]
    page: Count = 0


class ShowEditionOf(CallbackData, prefix="ye1"):
    """The edition of a day: the reader's own, else any."""

    day: Annotated[int, Field(ge=0, le=22001231)]

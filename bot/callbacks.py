"""Every button's wire format in one place.

A button carries an absolute target, never "next", so that a double tap is harmless and an old button still works.
A prefix ends in its version; one that was released is never given other fields. Telegram allows 64 bytes.
"""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

DATA_LIMIT = 64  # bytes; Bot API, InlineKeyboardButton.callback_data

# Data that says more than these is no button of ours: it matches no target and is answered as an unknown one.
Id = Annotated[int, Field(ge=0, lt=2**63)]  # 0: none
Count = Annotated[int, Field(ge=0, lt=2**15)]


# --- reading -------------------------------------------------------------------------------------------------------


class ShowCover(CallbackData, prefix="c1"):
    """The head of an edition."""

    edition: Id


class ShowContents(CallbackData, prefix="o1"):
    """All headlines of an edition."""

    edition: Id
    page: Count = 0


class ShowRubric(CallbackData, prefix="r1"):
    """A rubric's headlines in an edition."""

    edition: Id
    rubric: Id
    page: Count = 0


class ShowSection(CallbackData, prefix="s1"):
    """A page of a section of an article. `edition` is 0 outside of one; `trail` says where Back leads (bot.trails)."""

    edition: Id
    article: Id
    section: Count = 0
    page: Count = 0
    trail: str = ""


class ShowRelated(CallbackData, prefix="q1"):
    """The related list of an article; the other fields are the page it was opened from."""

    edition: Id
    article: Id
    section: Count
    page: Count
    trail: str = ""


class KeepArticle(CallbackData, prefix="k1"):
    """Saves an article or lets it go; the other fields are the page to show again."""

    on: bool
    edition: Id
    article: Id
    section: Count
    page: Count
    trail: str = ""


class FinishReading(CallbackData, prefix="f1"):
    """The end of an edition."""

    edition: Id


class MakeDigest(CallbackData, prefix="g1"):
    """A fresh digest, in a message of its own."""


class ShowLatest(CallbackData, prefix="l1"):
    """The newest articles of the reader's rubrics."""

    page: Count = 0


class ShowSaved(CallbackData, prefix="v1"):
    """The reader's saved articles."""

    page: Count = 0


class Nothing(CallbackData, prefix="n1"):
    """A label that is not for pressing, such as a position."""


# --- a reader's settings -------------------------------------------------------------------------------------------


class ShowStep(CallbackData, prefix="t1"):
    """A step of the first start: 1 rubrics, 2 time and zone, 3 done."""

    step: Annotated[int, Field(ge=1, le=3)]


class ShowSettings(CallbackData, prefix="e1"):
    """A screen of the settings: main, rubrics, time, zone, days, language, pause, or `start`: the first step's list."""

    screen: str = "main"
    page: Count = 0


class ChooseRubric(CallbackData, prefix="er1"):
    """Takes a rubric (0: all of them) into the digest or out of it. `back` is the screen: `start` or `settings`."""

    rubric: Id
    on: bool
    back: str
    page: Count = 0


class ChooseTime(CallbackData, prefix="et1"):
    """Sets the digest's time; -1 asks for one to be typed."""

    minutes: Annotated[int, Field(ge=-1, lt=24 * 60)]
    back: str


class ChooseZone(CallbackData, prefix="ez1", sep="|"):
    """Sets the zone; an empty one asks for a city to be typed."""

    zone: str
    back: str


class ChooseDays(CallbackData, prefix="ed1"):
    """Sets the days of the week; bit 0 is Monday."""

    days: Annotated[int, Field(ge=0, le=127)]


class ChooseLanguage(CallbackData, prefix="el1"):
    """Sets the language."""

    language: str


class TakePause(CallbackData, prefix="ep1"):
    """Pauses digests for so many days; 0: until told otherwise; -1: ends the pause."""

    days: Annotated[int, Field(ge=-1, le=366)]


class Leave(CallbackData, prefix="ex1"):
    """Unsubscribing: `ask` first; then `weekly` instead, or `stop`, or `stay`."""

    how: str


class TakeData(CallbackData, prefix="em1"):
    """A file with all that is kept about the reader."""


class Forget(CallbackData, prefix="ef1"):
    """Erasing one's data: `ask` or `yes` or `no`."""

    how: str


# --- the desk ------------------------------------------------------------------------------------------------------


class FinishPaste(CallbackData, prefix="dp1"):
    """No more parts will come: show the draft."""

    article: Id


class ShowDraft(CallbackData, prefix="dd1"):
    """A draft's (or an article's) card."""

    article: Id


class ShowDrafts(CallbackData, prefix="dl1"):
    """The list of drafts."""

    page: Count = 0


class ShowArticles(CallbackData, prefix="da1"):
    """The list of published articles, for editors."""

    page: Count = 0


class ShowRemoved(CallbackData, prefix="dv1"):
    """What was taken out of a draft's text."""

    article: Id
    page: Count = 0


class ShowRubricChoice(CallbackData, prefix="dc1"):
    """Where to file an article."""

    article: Id
    page: Count = 0


class FileUnder(CallbackData, prefix="df1"):
    """Files an article under a rubric."""

    article: Id
    rubric: Id


class AskRubric(CallbackData, prefix="dn1"):
    """Asks for a new rubric's name, for an article."""

    article: Id


class AskTitle(CallbackData, prefix="dt1"):
    """Asks for a new title."""

    article: Id


class AskText(CallbackData, prefix="dx1"):
    """Asks for a text that replaces an article's."""

    article: Id


class AskCorrection(CallbackData, prefix="dy1"):
    """Asks what was wrong in a published article, to tell those who were sent it."""

    article: Id


class ShowRelatedChoice(CallbackData, prefix="dr1"):
    """Candidates for the editor's own choice of related articles."""

    article: Id
    page: Count = 0


class ChooseRelated(CallbackData, prefix="dk1"):
    """Takes an article into the editor's related articles or out of them."""

    article: Id
    target: Id
    on: bool
    page: Count = 0


class Publish(CallbackData, prefix="du1"):
    """Publishes a draft as it was when the button was made."""

    article: Id
    revision: Id


class Discard(CallbackData, prefix="dz1"):
    """Deletes a draft; first asks."""

    article: Id
    sure: bool


class Withdraw(CallbackData, prefix="dw1"):
    """Withdraws a published article; first asks."""

    article: Id
    sure: bool


class DropQuestion(CallbackData, prefix="dq1"):
    """The question needs no answer any more."""

"""The first start in three taps, and the welcome to those who were here before."""

from collections.abc import Sequence
from datetime import datetime

from bot import zones
from bot.callbacks import ChooseZone, MakeDigest, ShowLatest, ShowSettings, ShowStep
from bot.i18n import Translator
from bot.views import settings
from bot.views.lists import Row
from bot.views.markup import bold
from bot.views.upcoming import upcoming
from bot.views.view import View, button
from digests.readers import Reader
from digests.rubrics import Choice, Rubric

NONE = Choice.of(())


def rubrics_step(t: Translator, reader: Reader, known: Sequence[Rubric], page: int, now: datetime) -> View:
    """Return step 1: what to read."""
    promise = t("Nothing here is obligatory: leave it all as it is, and the digest will come anyway.")
    blocks = [
        t("Hello! Every day I send a short digest of the rubrics you choose: one message, with pages to turn inside."),
        bold(t("Step 1 of 3. What would you like to read?")),
        "" if known else t("There are no rubrics yet. You will get everything that comes out."),
        promise if reader.preferences.rubrics != NONE else "",
        upcoming(t, reader, now),
    ]
    keyboard = (
        *settings.rubric_toggles(t, reader, known, page, settings.IN_START),
        (button(t.short("Next ▶"), ShowStep(step=2)),),
    )
    return View(text="\n\n".join(filter(None, blocks)), keyboard=keyboard)


def time_step(t: Translator, reader: Reader, now: datetime) -> View:
    """Return step 2: when to send it."""
    question = t(
        "It is {time} where you are, right? ({city})",
        time=t.clock(now, now.tzinfo),
        city=zones.city(reader.preferences.schedule.zone, t.language),
    )
    keyboard = (
        *settings.time_buttons(t, reader, settings.IN_START),
        (
            button(t.short("Yes ▶"), ShowStep(step=3)),
            button(t.short("Another city"), ChooseZone(zone="", back=settings.IN_START)),
        ),
    )
    blocks = [bold(t("Step 2 of 3. When should it come?")), question, upcoming(t, reader, now)]
    return View(text="\n\n".join(blocks), keyboard=keyboard)


def done_step(t: Translator, reader: Reader, known: Sequence[Rubric], now: datetime) -> View:
    """Return step 3: what comes next."""
    blocks = [
        bold(t("Step 3 of 3. Done")),
        t("Rubrics: {names}", names=settings.chosen_names(t, reader, known)),
        upcoming(t, reader, now),
    ]
    return View(text="\n\n".join(blocks), keyboard=_doors(t, t.short("Show an example")))


def welcome(t: Translator, reader: Reader, now: datetime) -> View:
    """Return the answer to /start from someone who receives digests already."""
    blocks = [t("Hello again! You are subscribed, and your settings are as you left them."), upcoming(t, reader, now)]
    return View(text="\n\n".join(blocks), keyboard=_doors(t, t.short("Fresh digest")))


def welcome_back(t: Translator, reader: Reader, now: datetime) -> View:
    """Return the answer to /start from someone who had stopped, paused or blocked the bot."""
    blocks = [t("Welcome back! Your settings were kept, digests go on."), upcoming(t, reader, now)]
    return View(text="\n\n".join(blocks), keyboard=_doors(t, t.short("Fresh digest")))


def _doors(t: Translator, digest: str) -> tuple[Row, ...]:
    return (
        (button(digest, MakeDigest()),),
        (button(t.short("Settings"), ShowSettings()), button(t.short("Latest articles"), ShowLatest())),
    )

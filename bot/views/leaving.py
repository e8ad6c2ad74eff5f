"""Going away and coming back: unsubscribing, and what is kept about one."""

from datetime import datetime

from bot.callbacks import Forget, Leave, MakeDigest, ShowSettings, TakeData, TakePause
from bot.i18n import Translator
from bot.views.markup import bold
from bot.views.upcoming import upcoming
from bot.views.view import View, button
from digests.readers import Reader


def offer(t: Translator) -> View:
    """Return the question that comes before unsubscribing: perhaps less often?"""
    text = t("Perhaps less often? The settings stay as they are, whatever you choose.")
    keyboard = (
        (button(t.short("Weekly, on Sat"), Leave(how="weekly")),),
        (button(t.short("Pause"), ShowSettings(screen="pause")),),
        (button(t.short("Leave for good"), Leave(how="stop")), button(t.short("Stay"), Leave(how="stay"))),
    )
    return View(text=text, keyboard=keyboard)


def weekly(t: Translator, reader: Reader, now: datetime) -> View:
    """Return the confirmation of a digest once a week."""
    return _to_settings(t, t("Done: once a week, on Saturdays."), upcoming(t, reader, now))


def stayed(t: Translator, reader: Reader, now: datetime) -> View:
    """Return the confirmation that all stays as it was."""
    return _to_settings(t, t("Glad you are staying. Nothing has changed."), upcoming(t, reader, now))


def stopped(t: Translator) -> View:
    """Return the farewell."""
    text = t("You are unsubscribed: no more digests. The settings are kept, and /start brings everything back.")
    return View(text=text, keyboard=((button(t.short("Subscribe again"), TakePause(days=-1)),),))


def ask_forget(t: Translator) -> View:
    """Return the question that comes before erasing one's data."""
    text = t(
        "Erase everything I know about you: the subscription, the settings, the saved articles and the record of "
        "deliveries? This cannot be undone."
    )
    keyboard = ((button(t.short("Erase everything"), Forget(how="yes")), button(t.short("Keep it"), Forget(how="no"))),)
    return View(text=text, keyboard=keyboard)


def forgotten(t: Translator) -> View:
    """Return the confirmation that one's data is gone."""
    return View(text=t("Everything is erased. If you want the digest again, press /start."))


def kept(t: Translator) -> View:
    """Return the confirmation that nothing was erased."""
    return View(text=t("Nothing was erased."))


def data_caption(t: Translator) -> str:
    """Return the line below the file with one's data."""
    return t("All that is kept about you. To erase it: /forget")


def privacy(t: Translator) -> View:
    """Return what is kept about a reader, and what is not."""
    blocks = [
        bold(t("What I keep about you")),
        t(
            "Your Telegram number, language, time zone, rubrics, time and days of the digest, the articles you saved, "
            "and which digest was sent to you when."
        ),
        t("The words of a search are kept without a name, so that its buttons work later; old ones are dropped."),
        t("What you read and which buttons you press is not recorded. Nothing is passed on to anyone."),
        t("A copy of your data: /mydata. To erase everything: /forget."),
    ]
    keyboard = ((button(t.short("My data"), TakeData()), button(t.short("Erase everything"), Forget(how="ask"))),)
    return View(text="\n\n".join(blocks), keyboard=keyboard)


def _to_settings(t: Translator, *blocks: str) -> View:
    keyboard = ((button(t.short("Fresh digest"), MakeDigest()), button(t.short("Settings"), ShowSettings())),)
    return View(text="\n\n".join(blocks), keyboard=keyboard)

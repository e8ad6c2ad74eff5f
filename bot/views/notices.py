"""Short answers when something is not as the tapper thought."""

from bot.callbacks import ShowLatest, ShowSettings
from bot.i18n import Translator
from bot.views.digest import to_cover
from bot.views.help import doors
from bot.views.markup import escaped
from bot.views.view import View, button


def sentence(text: str) -> View:
    """Return a plain sentence."""
    return View(text=escaped(text))


def gone(t: Translator, text: str, edition: int) -> View:
    """Return what is shown in place of something that is no more; `edition` 0: outside of one."""
    if edition:
        return View(text=escaped(text), keyboard=((to_cover(t, edition),),))
    return View(text=escaped(text), keyboard=doors(t))


def no_articles(t: Translator) -> View:
    """Return the answer to /digest while nothing has been published in the reader's rubrics."""
    text = t("There are no articles in your rubrics yet. As soon as there are, the digest will bring them.")
    return View(text=text, keyboard=((button(t.short("Rubrics"), ShowSettings(screen="rubrics")),),))


def stale(t: Translator) -> View:
    """Return the fresh screen that follows a button nobody knows any more."""
    return View(text=t("That button came from an older version. These are fresh:"), keyboard=doors(t))


def broken(t: Translator) -> View:
    """Return the apology."""
    text = t("Something went wrong on our side; it has been recorded. Please try again in a minute.")
    return View(text=text, keyboard=((button(t.short("Latest articles"), ShowLatest()),),))

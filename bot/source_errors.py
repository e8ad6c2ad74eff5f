"""What was wrong with a page or a file that an article was to be taken from, in words."""

from bot.i18n import Translator
from bot.views.markup import clipped
from digests import source_errors as errors
from digests.errors import DigestError

_QUOTED_UTF16 = 60  # of a file's name
_MEGABYTE = 1024 * 1024


def about_sources(error: DigestError, t: Translator) -> str:
    """Return the sentence about what could not be read; empty for other errors."""
    match error:
        case errors.PageEmpty():
            return t("There is no text of an article on the page. Send the text itself.")
        case errors.PageOfScripts():
            return t("The page shows its text only in a browser. Open it there, copy the text and send it.")
        case errors.PageOfLinks():
            return t("This page is a list of articles. Send a link to one of them.")
        case errors.PageOfFeed():
            return t(
                "This is the address of a feed, not of an article. /sources follows feeds; or send a link to an "
                "article."
            )
        case errors.PostOfTelegram():
            return t("This link leads into Telegram. Forward the post itself, and it becomes a draft.")
        case errors.PageTooLarge(size, limit):
            return t(
                "The page is too large: {size} MB, and pages of up to {limit} MB are read.",
                size=t.number(-(-size // _MEGABYTE)),
                limit=t.number(limit // _MEGABYTE),
            )
        case errors.ReadingTooLong():
            return t("Reading it took too long, so it was given up. Send the text itself.")
        case errors.ReadingFailed():
            return t("It could not be read: it is broken or far too complicated. Send the text itself.")
    return _about_documents(error, t)


def _about_documents(error: DigestError, t: Translator) -> str:
    match error:
        case errors.OldDocument(name):
            return t("“{name}” is of an old format of Word. Save it as .docx and send it again.", name=_quoted(name))
        case errors.DocumentLocked(name):
            return t("“{name}” has a password. Save it without one and send it again.", name=_quoted(name))
        case errors.NoDocument(name):
            return t("“{name}” is no Word document, whatever its name says.", name=_quoted(name))
        case errors.DocumentBroken(name):
            return t("“{name}” is damaged. Save it once more, or send the text itself.", name=_quoted(name))
    return ""


def _quoted(name: str) -> str:
    return clipped(name, _QUOTED_UTF16)

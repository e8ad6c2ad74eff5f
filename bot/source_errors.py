"""What was wrong with a page or a file that an article was to be taken from, in words."""

from bot.i18n import Translator
from digests import source_errors as errors
from digests.errors import DigestError

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
    return ""

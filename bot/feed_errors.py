"""What was wrong with a source that was to be polled, in words."""

from bot.i18n import Translator
from digests import feed_errors as errors
from digests.errors import DigestError


def about_feeds(error: DigestError, t: Translator) -> str:
    """Return the sentence about what is no source; empty for other errors."""
    match error:
        case errors.NoAddress():
            return t("That is no address. Send one like https://example.com or https://example.com/rss.")
        case errors.NoSource():
            return t("There is neither an RSS feed nor a WordPress site there. Look for “RSS” on the site.")
        case errors.NotAFeed():
            return t("What is there is no RSS feed.")
        case errors.NotWordPress():
            return t("What is there does not answer as WordPress does.")
        case errors.SourceMissing():
            return t("This source is not here any more.")
    return ""

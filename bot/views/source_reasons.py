"""Why a source is not polled, and why what it brings did not go further, in words."""

from collections.abc import Callable

from bot.i18n import Translator

STATUS = "BadStatus "
REFUSALS: dict[str, Callable[[Translator], str]] = {
    "401": lambda t: t("it asks for a password (401)"),
    "403": lambda t: t("it lets nobody in (403)"),
    "404": lambda t: t("there is nothing at its address (404)"),
    "410": lambda t: t("it was closed for good (410)"),
    "429": lambda t: t("it asks to come less often (429)"),
}
TROUBLES: dict[str, Callable[[Translator], str]] = {
    "NotAFeed": lambda t: t("its address holds no RSS feed"),
    "NotWordPress": lambda t: t("its address does not answer as WordPress does"),
    "HostUnknown": lambda t: t("there is no such site"),
    "CertificateRefused": lambda t: t("its certificate is not good"),
    "WrongKind": lambda t: t("its address holds no RSS feed"),
    "TooLarge": lambda t: t("it sends too much"),
    "TooSlow": lambda t: t("it answers too slowly"),
    "Slow": lambda t: t("reading it takes too long"),
    "ReadingTooLong": lambda t: t("reading it takes too long"),
    "ReadingFailed": lambda t: t("what it sends cannot be read"),
    "Broken": lambda t: t("what it sends cannot be read"),
}
HELD: dict[str, Callable[[Translator], str]] = {
    "no_title": lambda t: t("no title"),
    "no_rubric": lambda t: t("no rubric of that name"),
    "RubricNotChosen": lambda t: t("no rubric of that name"),
    "no_text": lambda t: t("no text"),
    "BodyMissing": lambda t: t("no text"),
    "teaser": lambda t: t("only the beginning of the text came"),
    "repeat": lambda t: t("much like another article"),
}
REFUSED: dict[str, Callable[[Translator], str]] = {
    "EmptyText": lambda t: t("no text"),
    "NoLetters": lambda t: t("no text"),
    "TextTooLong": lambda t: t("longer than an article may be"),
}


def trouble(t: Translator, reason: str) -> str:
    """Return why a source could not be polled."""
    if reason.startswith(STATUS):
        status = reason.removeprefix(STATUS)
        known = REFUSALS.get(status)
        return known(t) if known else t("its server answers with an error ({status})", status=status)
    words = TROUBLES.get(reason)
    return words(t) if words else t("it cannot be reached")


def held(t: Translator, reason: str) -> str:
    """Return why an article of a trusted source waits for an editor."""
    words = HELD.get(reason)
    return words(t) if words else t("it is not complete")


def refused(t: Translator, reason: str) -> str:
    """Return why an item became no draft."""
    words = REFUSED.get(reason)
    return words(t) if words else t("it could not be read")

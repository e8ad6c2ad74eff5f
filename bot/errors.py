"""What went wrong, in words: every DigestError has its text here, and no update ends in silence."""

import logging
from collections.abc import Awaitable, Callable

from aiogram import Router
from aiogram.exceptions import AiogramError, TelegramForbiddenError, TelegramRetryAfter
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import CallbackQuery, ErrorEvent, Message

from bot.callbacks import ShowContents, ShowCover, ShowRubric, ShowSection
from bot.feed_errors import about_feeds
from bot.i18n import Catalogs, Translator
from bot.show import send, show
from bot.source_errors import about_sources
from bot.views import notices
from bot.views.fetching import about_fetching
from bot.views.markup import clipped
from digests import errors
from digests.errors import DigestError

log = logging.getLogger(__name__)

QUOTED_UTF16 = 60  # of what people typed, in an answer about it
KILOBYTE = 1024

PLAIN: dict[type[DigestError], Callable[[Translator], str]] = {
    errors.EmptyText: lambda t: t("There is no text in it. Send the text of the article."),
    errors.NoLetters: lambda t: t("There is not a single letter in it, so it cannot be an article."),
    errors.TitleMissing: lambda t: t("A title needs at least one letter or digit."),
    errors.RubricNameMissing: lambda t: t("A rubric's name needs at least one letter or digit."),
    errors.RubricNotChosen: lambda t: t("Choose a rubric first: without one the article finds no readers."),
    errors.BodyMissing: lambda t: t("There is only a title. Send the text too, then publish."),
    errors.ArticleMissing: lambda t: t("This article is not here any more."),
    errors.DraftMissing: lambda t: t("This draft is not here any more."),
    errors.DraftChanged: lambda t: t("The draft has changed since. Look at it once more, then publish."),
    errors.AlreadyPublished: lambda t: t(
        "The article is published already, so this cannot be done. Withdraw it first."
    ),
    errors.LineGone: lambda t: t("The text has changed since: this line is not there any more. Open the list again."),
    errors.NothingWouldBeLeft: lambda t: t("Without this line nothing would be left of the article, so it stays."),
    errors.BroadcastMissing: lambda t: t("This broadcast is not here any more."),
    errors.CorrectionEmpty: lambda t: t("A correction needs at least one word."),
    errors.NothingToSearch: lambda t: t("There is not a single letter or digit to search for."),
    errors.OnlyUnwanted: lambda t: t("Say what to find too, not only what to leave out, for example: bridge -repairs."),
    errors.QueryMissing: lambda t: t("This search is too old. Please ask again: /search"),
    errors.EditionMissing: lambda t: t("This edition is not here any more."),
    errors.ReaderMissing: lambda t: t("We have not met yet. Press /start, and the digest will come."),
    errors.NoDays: lambda t: t("At least one day is needed. To receive nothing: /pause or /stop."),
}


def describe(error: DigestError, t: Translator) -> str:
    """Return the sentence about an error, as plain text."""
    plain = PLAIN.get(type(error))
    if plain:
        return plain(t)
    about = _about_input(error, t) or about_sources(error, t) or about_fetching(error, t)
    return about or about_feeds(error, t) or _about_search(error, t) or _about_settings(error, t)


def router() -> Router:
    """Return the router of what went wrong."""
    wrong = Router(name="errors")
    wrong.error.register(gone, ExceptionTypeFilter(errors.ArticleMissing, errors.EditionMissing, errors.QueryMissing))
    wrong.error.register(refused, ExceptionTypeFilter(DigestError))
    wrong.error.register(unheard, ExceptionTypeFilter(TelegramForbiddenError, TelegramRetryAfter))
    wrong.error.register(failed)
    return wrong


async def gone(event: ErrorEvent, catalogs: Catalogs, t: Translator | None = None) -> None:
    """An article, an edition or a search is not there: the tapped message becomes a way to what is."""
    t = t or catalogs.translator(None)
    query = event.update.callback_query
    if not query:
        await refused(event, catalogs, t)
    elif isinstance(event.exception, DigestError):
        edition = _edition(query) if isinstance(event.exception, errors.ArticleMissing) else 0
        await _tell(event, show(query, notices.gone(t, describe(event.exception, t), edition)))


async def refused(event: ErrorEvent, catalogs: Catalogs, t: Translator | None = None) -> None:
    """The domain said no: pass on why."""
    asked = event.update.message or event.update.callback_query
    if asked and isinstance(event.exception, DigestError):
        sentence = notices.sentence(describe(event.exception, t or catalogs.translator(None)))
        await _tell(event, send(asked, sentence))


async def unheard(event: ErrorEvent) -> None:
    """The work was done and the answer not taken: the reader blocked the bot meanwhile, or wrote too much too fast."""
    log.warning("answer not taken update=%s: %s", event.update.update_id, event.exception)


async def failed(event: ErrorEvent, catalogs: Catalogs, t: Translator | None = None) -> None:
    """Something is broken: keep a record and say so."""
    asked = event.update.message or event.update.callback_query
    user = asked.from_user if asked else None
    log.error("update failed update=%s user=%s", event.update.update_id, user and user.id, exc_info=event.exception)
    if not asked:
        return
    apology = notices.broken(t or catalogs.translator(user.language_code if user else None))
    await _tell(event, send(asked, apology))


async def _tell(event: ErrorEvent, answer: Awaitable[Message | None]) -> None:
    try:
        await answer
    except AiogramError as error:  # an error of the error handler would be told to nobody
        log.warning("answer not taken update=%s: %s", event.update.update_id, error)


def _edition(query: CallbackQuery) -> int:
    """Return the edition that the tapped button belonged to; 0 outside of one."""
    for target in (ShowSection, ShowRubric, ShowContents, ShowCover):
        try:
            return target.unpack(query.data or "").edition
        except (TypeError, ValueError):
            continue
    return 0


def _about_input(error: DigestError, t: Translator) -> str:
    match error:
        case errors.TextTooLong(characters, limit):
            return t.many(
                "The text is too long: {n} character, and an article holds {limit}. This message is not added.",
                "The text is too long: {n} characters, and an article holds {limit}. This message is not added.",
                characters,
                limit=t.number(limit),
            )
        case errors.FileTooLarge(size, limit):
            return t(
                "The file is too large: {size} KB, and files of up to {limit} KB are read.",
                size=t.number(-(-size // KILOBYTE)),
                limit=t.number(limit // KILOBYTE),
            )
        case errors.NotText(name):
            return t("“{name}” holds no text that can be read, whatever its name says.", name=_quoted(name))
        case errors.UnsupportedFile(name):
            return t(
                "Files like “{name}” are not read. Send the text itself or a .txt, .html, .md or .docx file.",
                name=_quoted(name),
            )
        case errors.FileUnavailable():
            return t("Telegram does not give the file. Please send it once more.")
        case errors.CorrectionTooLong(characters, limit):
            return t.many(
                "A correction is one sentence of up to {limit} characters; this is {n} character.",
                "A correction is one sentence of up to {limit} characters; these are {n} characters.",
                characters,
                limit=limit,
            )
        case errors.TitleTooLong(characters, limit):
            return t.many(
                "The title is too long: {n} character, and {limit} fit.",
                "The title is too long: {n} characters, and {limit} fit.",
                characters,
                limit=limit,
            )
        case errors.RubricNameTooLong(characters, limit):
            return t.many(
                "The rubric's name is too long: {n} character, and {limit} fit on a button.",
                "The rubric's name is too long: {n} characters, and {limit} fit on a button.",
                characters,
                limit=limit,
            )
    return ""


def _about_search(error: DigestError, t: Translator) -> str:
    match error:
        case errors.QueryTooLong(characters, limit):
            return t.many(
                "Too long for a search: {n} character, and {limit} will do. Keep the words that matter most.",
                "Too long for a search: {n} characters, and {limit} will do. Keep the words that matter most.",
                characters,
                limit=limit,
            )
        case errors.UnknownRubric(name, ()):
            return t("There is no rubric “{name}”.", name=_quoted(name))
        case errors.UnknownRubric(name, known):
            return t("There is no rubric “{name}”. There are: {known}.", name=_quoted(name), known=", ".join(known))
    return ""


def _about_settings(error: DigestError, t: Translator) -> str:
    match error:
        case errors.UnknownZone(text, suggestions) if suggestions:
            return t(
                "I do not know the city “{text}”. Perhaps: {cities}? An offset will do too, for example +3.",
                text=_quoted(text),
                cities=", ".join(suggestions),
            )
        case errors.UnknownZone(text):
            return t(
                "I do not know the city “{text}”. Type a larger one nearby or an offset from UTC, for example +3.",
                text=_quoted(text),
            )
        case errors.BadTime(text):
            return t("“{text}” is no time of day. Type it like 8:00 or 19:30.", text=_quoted(text))
        case errors.DatabaseTooNew(found):
            return t(
                "The database was written by a newer version of the program (revision {found}). Update the program.",
                found=found,
            )
        case errors.DatabaseUnusable(where, why):
            return t("The database {where} cannot be used: {why}.", where=where, why=why)
    return t("This cannot be done.")


def _quoted(text: str) -> str:
    return clipped(text, QUOTED_UTF16)

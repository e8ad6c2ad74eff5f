"""`svodka check`: what an operator should know before the bot runs."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

import aiohttp

from bot.endpoint import connected
from bot.i18n import Catalogs
from bot.settings import Settings
from digests import zones
from digests.answers import Rejected, checked
from digests.blocks import paragraph
from digests.clock import Clock, SystemClock
from digests.errors import DatabaseTooNew, DatabaseUnusable, UnknownZone
from digests.storage.engine import Database
from digests.storage.migrate import HEAD, revision_of
from digests.summaries import Told, summary
from digests.summarizing import TIME_LIMIT_S, AskFailed

CLOCK_TOLERANCE_S = 30
TIMEOUT_S = 15
SAMPLE_TITLE = "The bridge on Garden Street will be closed until spring"
SAMPLE = (
    "The bridge on Garden Street will be closed for repairs from 1 December until 15 May, the city council said on "
    "Monday. Buses 4 and 17 will take River Street instead. The repairs will cost 210 million."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check found."""

    subject: str
    ok: bool
    text: str


async def findings(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Finding]:
    """Yield what each check finds, cheap ones first; a failed one does not stop the others."""
    yield _owners(settings)
    yield _catalogs(settings)
    yield _zones(settings)
    yield await _database(settings.database_url.get_secret_value())
    if settings.summarizer_url:
        yield await _summarizer(settings)
    async for finding in _telegram(settings, clock or SystemClock()):
        yield finding


def _owners(settings: Settings) -> Finding:
    if settings.owner_ids:
        return Finding(subject="owners", ok=True, text=f"{len(settings.owner_ids)} in OWNER_IDS")
    return Finding(subject="owners", ok=False, text="OWNER_IDS is empty: nobody could push an article")


def _catalogs(settings: Settings) -> Finding:
    try:
        catalogs = Catalogs.read(settings.default_language)
    except ValueError as error:
        return Finding(subject="texts", ok=False, text=f"DEFAULT_LANGUAGE: {error}")
    return Finding(subject="texts", ok=True, text=", ".join(catalogs.languages))


def _zones(settings: Settings) -> Finding:
    try:
        zone = zones.find(settings.default_timezone)
    except UnknownZone as error:
        hint = f"; perhaps {', '.join(error.suggestions)}" if error.suggestions else ""
        return Finding(subject="time zone", ok=False, text=f"DEFAULT_TIMEZONE names no zone or city{hint}")
    return Finding(subject="time zone", ok=True, text=zone)


async def _database(url: str) -> Finding:
    try:
        found = await revision_of(url)
        async with Database.opened(url) as database:
            kind = database.dialect
    except DatabaseTooNew as error:
        text = f"was written by a newer Svodka (revision {error.found}): update the program"
        return Finding(subject="database", ok=False, text=text)
    except DatabaseUnusable as error:
        return Finding(subject="database", ok=False, text=f"{error.where}: {error.why}")
    state = "up to date" if found == HEAD else "will be migrated by the next run"
    return Finding(subject="database", ok=True, text=f"{kind}, {state}")


async def _summarizer(settings: Settings) -> Finding:
    told = Told(SAMPLE_TITLE, [paragraph(SAMPLE)], [])
    try:
        async with asyncio.timeout(TIME_LIMIT_S), connected(settings) as endpoint:
            answer = await endpoint.ask(told.title, SAMPLE)
        checked(answer, told, summary(told))
    except (AskFailed, TimeoutError) as error:
        text = f"SUMMARIZER_URL gives no summary ({str(error) or f'nothing within {TIME_LIMIT_S:g} s'})"
        return Finding(subject="summaries", ok=False, text=text)
    except Rejected as error:
        text = f"answers, but a summary of three sentences was not usable ({error}): try another SUMMARIZER_MODEL"
        return Finding(subject="summaries", ok=False, text=text)
    return Finding(subject="summaries", ok=True, text=f"{settings.summarizer_model} answers usably")


async def _telegram(settings: Settings, clock: Clock) -> AsyncIterator[Finding]:
    token = settings.bot_token.get_secret_value()
    if not token:
        yield Finding(subject="token", ok=False, text="BOT_TOKEN is not set: take one from @BotFather")
        return
    try:
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(f"{settings.telegram_api_url}/bot{token}/getMe") as response,
        ):
            status, date = response.status, response.headers.get("Date")
            body = await response.json(content_type=None) if status == 200 else {}
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        # Never the error's text: it holds the address and so the token.
        yield Finding(subject="token", ok=False, text=f"Telegram is out of reach ({type(error).__name__})")
        return
    if status != 200:
        yield Finding(subject="token", ok=False, text=f"Telegram refuses BOT_TOKEN (HTTP {status})")
        return
    yield Finding(subject="token", ok=True, text=f"@{body.get('result', {}).get('username')}")
    if date:
        yield _clock(date, clock)


def _clock(date: str, clock: Clock) -> Finding:
    drift = (clock.now() - parsedate_to_datetime(date).astimezone(UTC)).total_seconds()
    if abs(drift) <= CLOCK_TOLERANCE_S:
        return Finding(subject="clock", ok=True, text="agrees with Telegram's")
    text = f"{abs(drift):.0f} s {'ahead of' if drift > 0 else 'behind'} Telegram's: digests would come at a wrong time"
    return Finding(subject="clock", ok=False, text=text)

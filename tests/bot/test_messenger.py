"""Digests over the local Telegram, and what every answer makes of a delivery."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetMe, TelegramMethod

from bot.callbacks import ShowCover
from bot.gateway import Gateway
from bot.messenger import RENDERED, TelegramMessenger, outcome
from bot.views.view import View, button
from digests.delivery import Failed, Gone, Later, Moved, Outcome, Sent, Unknown
from digests.editions import Edition, EditionId
from digests.parcels import Leaflet
from digests.readers import ChatId
from digests.storage.engine import Database
from digests.storage.migrate import migrate
from sandbox import Fault, Player, Sandbox
from tests.clocks import FakeClock
from tests.sandbox.conftest import QuickSession

TOKEN = "1000:demo"
EDITION = Edition(
    id=EditionId(5),
    language="ru",
    local_date=date(2026, 11, 24),
    slot=time(8),
    until=datetime(2026, 11, 24, 5, tzinfo=UTC),
    stories=(),
    parts=(),
)
METHOD: TelegramMethod[object] = GetMe()  # type: ignore[assignment]  # an error wants one, whichever


class Printer:
    """Renders covers and counts them."""

    def __init__(self) -> None:
        self.rendered = 0
        self.text = '<b>Доброе утро!</b> <a href="https://example.org/">Подробности</a>'

    def __call__(self, edition: Edition | Leaflet) -> View:
        assert isinstance(edition, Edition)
        self.rendered += 1
        return View(text=self.text, keyboard=((button("Читать ▶", ShowCover(edition=edition.id)),),))


@pytest.fixture
def printer() -> Printer:
    return Printer()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox.serve(clock=FakeClock(), token=TOKEN) as running:
        running.deliver_to(ignore)
        yield running


async def ignore(_update: object) -> None:
    """What a bot does that answers nothing."""


@pytest.fixture
async def anna(sandbox: Sandbox) -> Player:
    player = sandbox.player("Анна")
    await player.send("/start")
    return player


@pytest.fixture
async def messenger(sandbox: Sandbox, tmp_path: Path, printer: Printer) -> AsyncIterator[TelegramMessenger]:
    url = f"sqlite+aiosqlite:///{tmp_path}/svodka.db"
    await migrate(url)
    async with Database.opened(url) as database:
        session = QuickSession(api=TelegramAPIServer.from_base(sandbox.url))
        session.middleware(Gateway(database, FakeClock(), messages_per_second=30))
        yield TelegramMessenger(Bot(TOKEN, session=session), printer)
        await session.close()


async def test_an_edition_arrives_as_one_formatted_message_with_its_buttons(
    sandbox: Sandbox, messenger: TelegramMessenger, anna: Player
) -> None:
    delivered = await messenger.deliver(ChatId(anna.id), EDITION)
    assert delivered == Sent(anna.last.message_id)
    assert anna.last.text == "Доброе утро! Подробности"
    assert anna.last.labels == ["Читать ▶"]
    call = [each for each in sandbox.calls if each.method == "sendMessage"][-1]
    assert call.params is not None
    assert "is_disabled" in str(call.params["link_preview_options"])


async def test_a_cover_is_rendered_once_for_all_its_readers(
    sandbox: Sandbox, messenger: TelegramMessenger, anna: Player, printer: Printer
) -> None:
    boris = sandbox.player("Борис")
    await boris.send("/start")
    for player in (anna, boris, anna):
        await messenger.deliver(ChatId(player.id), EDITION)
    assert printer.rendered == 1
    printer.text = "Исправлено"
    await messenger.deliver(ChatId(anna.id), replace(EDITION))  # read anew, perhaps corrected
    assert anna.last.text == "Исправлено"
    assert printer.rendered == 2


async def test_only_so_many_covers_are_kept(messenger: TelegramMessenger, anna: Player, printer: Printer) -> None:
    for number in range(RENDERED + 5):
        await messenger.deliver(ChatId(anna.id), replace(EDITION, id=EditionId(number)))
    assert len(messenger._rendered) == RENDERED
    assert printer.rendered == RENDERED + 5


async def test_a_blocked_chat_is_gone(messenger: TelegramMessenger, anna: Player) -> None:
    await anna.block()
    assert await messenger.deliver(ChatId(anna.id), EDITION) == Gone("blocked")


async def test_a_chat_that_never_was_is_gone(sandbox: Sandbox, messenger: TelegramMessenger) -> None:
    stranger = sandbox.player("Чужой")
    assert isinstance(await messenger.deliver(ChatId(stranger.id), EDITION), Gone)
    assert await messenger.deliver(ChatId(424242), EDITION) == Gone("chat_not_found")


async def test_markup_that_telegram_refuses_is_our_own_failure(
    messenger: TelegramMessenger, anna: Player, printer: Printer
) -> None:
    printer.text = "<h1>Заголовок</h1>"
    assert await messenger.deliver(ChatId(anna.id), EDITION) == Failed("bad_markup")
    assert not [message for message in anna.messages if message.from_bot]


@pytest.mark.parametrize("kind", ["500", "502", "502_html"])
async def test_errors_in_passing_are_for_later(
    sandbox: Sandbox, messenger: TelegramMessenger, anna: Player, kind: str
) -> None:
    sandbox.faults.set([Fault(kind=kind, method="sendMessage", times=1)])
    later = await messenger.deliver(ChatId(anna.id), EDITION)
    assert isinstance(later, Later)
    assert not later.everyone
    assert isinstance(await messenger.deliver(ChatId(anna.id), EDITION), Sent)


@pytest.mark.parametrize("kind", ["reset_before", "reset_after", "lost_answer"])
async def test_nobody_knows_what_became_of_a_call_that_left_and_was_not_answered(
    sandbox: Sandbox, messenger: TelegramMessenger, anna: Player, kind: str
) -> None:
    sandbox.faults.set([Fault(kind=kind, method="sendMessage", times=1)])
    assert isinstance(await messenger.deliver(ChatId(anna.id), EDITION), Unknown)
    assert isinstance(await messenger.deliver(ChatId(anna.id), EDITION), Sent)


async def test_without_a_connection_nothing_left(messenger: TelegramMessenger, sandbox: Sandbox) -> None:
    messenger._bot.session.api = TelegramAPIServer.from_base("http://127.0.0.1:9")
    later = await messenger.deliver(ChatId(1), EDITION)
    assert isinstance(later, Later)


async def test_a_flood_is_for_everyone_and_the_next_call_is_not_even_made(
    sandbox: Sandbox, messenger: TelegramMessenger, anna: Player
) -> None:
    sandbox.faults.set([Fault(kind="429", method="sendMessage", retry_after=600, times=1)])
    assert await messenger.deliver(ChatId(anna.id), EDITION) == Later(timedelta(seconds=600), "flood", everyone=True)
    calls = len(sandbox.calls)
    held = await messenger.deliver(ChatId(anna.id), EDITION)
    assert isinstance(held, Later)
    assert held.everyone
    assert held.after >= timedelta(seconds=600)
    assert len(sandbox.calls) == calls


FORBIDDEN = [
    ("bot was blocked by the user", "blocked"),
    ("user is deactivated", "deactivated"),
    ("bot can't initiate conversation with a user", "never_started"),
    ("the bot can't send messages to the bot", "is_a_bot"),
    ("bot was kicked from the group chat", "kicked"),
    ("bot was kicked from the supergroup chat", "kicked"),
    ("bot was kicked from the channel chat", "kicked"),
    ("bot is not a member of the channel chat", "not_a_member"),
    ("the group chat was deleted", "chat_deleted"),
    ("something that Telegram says next year", "forbidden"),
]
BAD_REQUEST: list[tuple[str, Outcome]] = [
    ("chat not found", Gone("chat_not_found")),
    ("private chat not found", Gone("chat_not_found")),
    ("chat_id is empty", Gone("chat_not_found")),
    ("PEER_ID_INVALID", Gone("chat_not_found")),
    ("USER_IS_BLOCKED", Gone("blocked")),
    ("INPUT_USER_DEACTIVATED", Gone("deactivated")),
    ("message thread not found", Failed("topic_gone")),
    ("not enough rights to send text messages to the chat", Failed("no_rights")),
    ("have no write access to the chat", Failed("no_rights")),
    ("need administrator rights in the channel chat", Failed("no_rights")),
    ("CHAT_WRITE_FORBIDDEN", Failed("no_rights")),
    ('can\'t parse entities: Unsupported start tag "h1" at byte offset 0', Failed("bad_markup")),
    ("message is too long", Failed("too_long")),
    ("text is too long", Failed("too_long")),
    ("message text is empty", Failed("empty_text")),
    ("text must be non-empty", Failed("empty_text")),
    ("BUTTON_DATA_INVALID", Failed("bad_request")),
]


@pytest.mark.parametrize(("words", "reason"), FORBIDDEN)
def test_every_403_parks_the_reader_under_its_class(words: str, reason: str) -> None:
    assert outcome(TelegramForbiddenError(METHOD, f"Forbidden: {words}")) == Gone(reason)


@pytest.mark.parametrize(("words", "expected"), BAD_REQUEST)
def test_every_400_has_its_class(words: str, expected: Outcome) -> None:
    assert outcome(TelegramBadRequest(METHOD, f"Bad Request: {words}")) == expected


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (TelegramMigrateToChat(METHOD, "upgraded", -100123), Moved(ChatId(-100123))),
        (TelegramRetryAfter(METHOD, "flood", 7), Later(timedelta(seconds=7), "flood", everyone=True)),
        (TelegramNetworkError(METHOD, "timeout"), Unknown("TelegramNetworkError")),
        (ClientDecodeError("no", ValueError(), "<html>"), Later(timedelta(0), "bad_gateway")),
        (ClientDecodeError("no", ValueError(), {"ok": True, "result": {"message_id": 9}}), Sent(9)),
        (TelegramUnauthorizedError(METHOD, "Unauthorized"), Later(timedelta(minutes=1), "token_refused", True)),
        (TelegramNotFound(METHOD, "Not Found"), Later(timedelta(minutes=1), "token_refused", True)),
        (TelegramEntityTooLarge(METHOD, "Request Entity Too Large"), Failed("bad_request")),
        (TelegramAPIError(METHOD, "I am a teapot"), Failed("bad_request")),
    ],
)
def test_every_other_answer_is_an_outcome_too(error: TelegramAPIError | ClientDecodeError, expected: Outcome) -> None:
    assert outcome(error) == expected

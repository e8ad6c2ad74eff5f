"""What has happened in the chats before a person opens the page: one reader subscribed, an article perhaps waits."""

from bot.demo import words
from bot.demo.stage import Stage
from bot.i18n import Catalogs
from sandbox import Player

AT_ONCE_S = 0.01


async def perform(stage: Stage, text: str | None) -> None:
    """Bring the people in; Oliver subscribes from London; a text is pasted into the editor's chat, ready to publish."""
    stage.sandbox.player(words.ANNA)
    oliver = stage.sandbox.player(words.OLIVER, language="en")
    oliver.quiet_s = stage.editor.quiet_s = AT_ONCE_S
    await _subscribe(oliver)
    if text:
        await stage.editor.send("/add")
        await stage.editor.send(text)
        await stage.editor.send("/done")


async def _subscribe(oliver: Player) -> None:
    t = Catalogs.read("en").translator("en")
    await oliver.send("/start")
    await oliver.tap(t.short("Next ▶"))
    await oliver.tap(t.short("Another city"))
    await oliver.send(words.OLIVERS_CITY)
    await oliver.tap(t.short("Yes ▶"))

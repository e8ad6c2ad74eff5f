"""What has happened in the chats before a person opens the page: one reader subscribed, an article perhaps waits."""

from bot.demo import words
from bot.demo.stage import Stage
from bot.i18n import Catalogs
from sandbox import Player

AT_ONCE_S = 0.01


async def perform(stage: Stage, text: str | None) -> bool:
    """Bring the people in; Oliver subscribes from London; a text is pasted into the editor's chat.

    Return whether an article waits there to be published.
    """
    stage.sandbox.player(words.ANNA)
    oliver = stage.sandbox.player(words.OLIVER, language="en")
    oliver.quiet_s = stage.editor.quiet_s = AT_ONCE_S
    await _subscribe(oliver)
    return await _paste(stage.editor, text) if text else False


async def _paste(editor: Player, text: str) -> bool:
    t = Catalogs.read("ru").translator("ru")
    await editor.send("/add")
    await editor.send(text)
    await editor.send("/done")
    return t.short("Publish") in editor.last.labels


async def _subscribe(oliver: Player) -> None:
    t = Catalogs.read("en").translator("en")
    await oliver.send("/start")
    await oliver.tap(t.short("Next ▶"))
    await oliver.tap(t.short("Another city"))
    await oliver.send(words.OLIVERS_CITY)
    await oliver.tap(t.short("Yes ▶"))

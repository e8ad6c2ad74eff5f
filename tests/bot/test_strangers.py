"""Other people's servers and messages: what nobody of ours would send, and what nobody of theirs would take."""

from tests.bot.conftest import World
from tests.bot.test_desk import ARTICLE


async def test_every_parameter_sent_is_of_todays_bot_api(world: World) -> None:
    anna = world.reader()
    await world.publish(ARTICLE)
    await anna.send("/start")
    await anna.send("/digest")
    await anna.tap("Читать ▶")
    sent = [call for call in world.sandbox.calls if call.method in ("sendMessage", "editMessageText")]
    assert sent
    assert not [call for call in sent if "disable_web_page_preview" in (call.params or {})]

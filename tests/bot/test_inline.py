"""In any chat: the bot's name and words find articles, and what is sent leads back to the bot."""

from tests import factories
from tests.bot.conftest import NOON, World

LINK = "https://t.me/svodka_bot?start=a"


async def archive(world: World) -> None:
    database = world.app.database
    content = factories.cut_text("Ставки <снизили>", sections={"": "Ипотека подорожала."})
    await factories.article(database, "Ставки <снизили>", at=NOON, content=content, summary="Ставки & ипотека.")
    for number in range(25):
        await factories.article(database, f"Мост {number}", content=factories.cut_text(f"Мост {number}", sections={}))
    await world.app.searching.catch_up()


async def test_an_article_is_found_and_sent_with_a_link_that_opens_it(world: World) -> None:
    await archive(world)
    anna = world.reader()
    answer = await anna.ask_inline("ипотеки")
    (result,) = answer["results"]
    assert (result["title"], result["description"]) == ("Ставки <снизили>", "Ипотека подорожала.")
    message = result["message"]
    assert message["text"] == "Ставки <снизили>\n\nСтавки & ипотека.\n\nЧитать в боте"
    (button,) = message["reply_markup"]["inline_keyboard"][0]
    assert button["url"].startswith(LINK)
    await anna.send(f"/start {button['url'].partition('start=')[2]}")
    assert "Ставки <снизили>" in anna.messages[1].text
    assert anna.last.text != anna.messages[1].text  # somebody new is asked what to read
    await anna.send(f"/start {button['url'].partition('start=')[2]}")
    assert anna.last.text == anna.messages[1].text


async def test_without_words_come_the_latest_and_pages_go_on(world: World) -> None:
    await archive(world)
    anna = world.reader()
    first = await anna.ask_inline("")
    assert first["results"][0]["title"] == "Мост 24"
    seen, offset = len(first["results"]), first["next_offset"]
    while offset:
        page = await anna.ask_inline("", offset)
        seen, offset = seen + len(page["results"]), page.get("next_offset")
    assert seen == 26
    found = await anna.ask_inline("мост", "20")
    assert (len(found["results"]), found.get("next_offset")) == (5, None)


async def test_nothing_found_leads_to_the_search_in_the_bot(world: World) -> None:
    await archive(world)
    anna = world.reader()
    for typed in ("бармаглот", "😀", "-мост", "рубрика:Нет мост", "мост " * 60, "«"):
        answer = await anna.ask_inline(typed)
        if not answer["results"]:
            assert answer["button"]["start_parameter"] == "search"
    await anna.send("/start search")
    assert anna.last.text.startswith("Что искать?")
    await anna.send("ипотека")
    assert "найдена 1" in anna.last.text


async def test_a_link_to_what_is_gone_says_so_and_still_greets(world: World) -> None:
    anna = world.reader()
    await anna.send("/start a999")
    assert anna.messages[1].text == "Этой статьи больше нет."
    assert len(anna.messages) == 3


async def test_the_list_speaks_the_language_of_who_asks(world: World) -> None:
    await archive(world)
    john = world.reader("John", language="en")
    answer = await john.ask_inline("ипотека")
    assert answer["results"][0]["message"]["text"].endswith("Read in the bot")
    assert answer["is_personal"] is True

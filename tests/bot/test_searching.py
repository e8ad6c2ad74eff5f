"""A reader searches: words however they are inflected, a passage with them in bold, and the way back."""

from datetime import timedelta

import pytest

from sandbox.player import Player
from tests import factories
from tests.bot.conftest import NOON, World


async def archive(world: World) -> Player:
    """Seven articles about a bridge in two rubrics, one about mortgages, and somebody new."""
    database = world.app.database
    sections = {"Почему закрывают": "Опоры устали.", "Сколько стоит": "Ипотека подорожала вместе с мостами."}
    await factories.article(
        database, "Ставки снизили", at=NOON, content=factories.cut_text("Ставки снизили", sections=sections)
    )
    for day in range(7):
        title = f"Мост {day}"
        content = factories.cut_text(title, lead=f"Через реку ведёт мост номер {day}.", sections={})
        rubric = "Экономика" if day == 6 else "Город"
        await factories.article(
            database, title, content=content, rubric_name=rubric, at=NOON - timedelta(days=10 * day + 1)
        )
    await world.app.searching.catch_up()
    return world.reader()


def bold(player: Player) -> list[str]:
    text = player.last.text.encode("utf-16-le")
    return [
        text[2 * each["offset"] : 2 * (each["offset"] + each["length"])].decode("utf-16-le")
        for each in player.last.entities
        if each["type"] == "bold"
    ]


async def test_a_word_in_any_form_is_found_and_shown_in_bold(world: World) -> None:
    anna = await archive(world)
    await anna.send("/search ипотеки")
    assert anna.last.text == (
        "🔎 «ипотеки» — найдена 1\n\n1. Ставки снизили — сегодня\nИпотека подорожала вместе с мостами."
    )
    assert bold(anna) == ["«ипотеки»", "Ставки снизили", "Ипотека"]


async def test_a_tap_opens_the_section_where_the_word_is_and_back_leads_to_the_results(world: World) -> None:
    anna = await archive(world)
    await anna.send("/search ипотеку")
    results = anna.last.text
    await anna.tap("1")
    assert "раздел 2 из 2" in anna.last.text
    await world.restart()
    await anna.tap("◀ К найденному")
    assert anna.last.text == results


async def test_what_was_found_is_turned_over_and_narrowed(world: World) -> None:
    anna = await archive(world)
    await anna.send("/search мост")
    assert "найдено 8" in anna.last.text
    assert [button.text for button in anna.last.buttons()][-3:] == ["Ещё ▶", "Рубрика: все ▾", "Период: любой ▾"]
    await anna.tap("Ещё ▶")
    assert "6. " in anna.last.text
    await anna.tap("7")
    await anna.tap("◀ К найденному")
    assert "6. " in anna.last.text
    await anna.tap("Рубрика: все ▾")
    await anna.tap("Экономика")
    assert "найдена 1" in anna.last.text
    await anna.tap("Экономика ▾")
    await anna.tap("Все рубрики")
    await anna.tap("Период: любой ▾")
    await anna.tap("Месяц")
    assert "найдено 4" in anna.last.text
    await anna.tap("Период: месяц ▾")
    await anna.tap("За всё время")
    assert "найдено 8" in anna.last.text


async def test_a_search_without_words_asks_for_them(world: World) -> None:
    anna = await archive(world)
    await anna.send("/search")
    assert anna.last.text.startswith("Что искать?")
    await anna.send("?!")
    assert anna.last.text == "Искать нечего: в запросе нет ни буквы, ни цифры."
    await world.restart()
    await anna.send("«вместе с мостом»")
    assert anna.last.text.startswith("🔎 «вместе с мостом» — найдена 1")


async def test_nothing_found_offers_the_nearest_words(world: World) -> None:
    anna = await archive(world)
    await anna.send("/search ипотикование")
    assert anna.last.text.startswith("🔎 «ипотикование»: ничего не нашлось. Попробуйте: ипотека")
    await anna.tap("ипотека")
    assert "найдена 1" in anna.last.text


async def test_nothing_in_a_rubric_is_searched_for_everywhere(world: World) -> None:
    anna = await archive(world)
    await anna.send("/search рубрика:Экономика ипотека")
    assert "здесь ничего нет. Во всех рубриках и за всё время — 1 статья." in anna.last.text
    await anna.tap("Искать везде")
    assert "найдена 1" in anna.last.text


async def test_words_that_stand_apart_are_found_without_the_quotation_marks(world: World) -> None:
    anna = await archive(world)
    await anna.send("/search «мост через реку»")
    assert "рядом эти слова нигде не стоят" in anna.last.text
    await anna.tap("Без кавычек")
    assert "найдено 7" in anna.last.text


async def test_a_slip_of_the_finger_is_named(world: World) -> None:
    anna = await archive(world)
    await anna.send("/search ипатеки")
    assert "Показано по запросу «ипотека»." in anna.last.text


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/search 😀", "Искать нечего"),
        ("/search -мост", "Напишите не только"),
        ("/search рубрика:Космос мост", "Рубрики «Космос» нет. Есть: Город, Экономика."),
        ("/search " + "мост " * 700, "Для поиска это слишком длинно: 3 499 знаков"),
        ("/search <b>мост</b> & \" ' NEAR(", "🔎 «<b>мост</b> & \" ' NEAR(» — найдено 8"),
    ],
)
async def test_whatever_is_typed_gets_one_clear_answer(world: World, typed: str, answer: str) -> None:
    anna = await archive(world)
    await anna.send(typed)
    assert anna.last.text.replace("\u00a0", " ").startswith(answer)


async def test_a_text_that_is_no_command_can_be_searched_for(world: World) -> None:
    anna = await archive(world)
    await anna.send("ипотеки")
    await anna.tap("🔎 Искать «ипотеки»")
    assert "найдена 1" in anna.last.text


async def test_a_search_that_is_no_longer_kept_says_so(world: World) -> None:
    anna = await archive(world)
    await anna.send("/search мост")
    await anna.tap_data("h1:999:0")
    assert anna.last.text == "Этот поиск слишком давний. Спросите ещё раз: /search"


async def test_the_results_speak_the_readers_language(world: World) -> None:
    await archive(world)
    john = world.reader("John", language="en")
    await john.send("/search мост")
    assert "8 found" in john.last.text

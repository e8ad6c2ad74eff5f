"""A reader reads: one message, one gesture in one place, and every way back leads where one came from."""

from datetime import UTC, datetime, timedelta

import pytest

from digests.articles import Article, ArticleState
from digests.blocks import squeezed
from sandbox.faults import Fault, Kind
from sandbox.player import Player
from tests import factories
from tests.bot.conftest import NOON, World

MORNING = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
SECTIONS = {"Почему закрывают": "Опоры устали.", "Как ехать": "По Речной.", "Сколько стоит": "Дорого. " * 700}


async def paper(world: World) -> list[Article]:
    """Three articles in two rubrics; the first has three sections, the last of them three pages long."""
    database = world.app.database
    long = factories.cut_text(sections=SECTIONS, links=("Чего у нас нет",))
    return [
        await factories.article(database, content=long, at=NOON),
        await factories.article(database, "Каток откроют в субботу", at=NOON - timedelta(minutes=1)),
        await factories.article(database, "Ставка снизилась", rubric_name="Экономика", at=NOON - timedelta(minutes=2)),
    ]


async def with_digest(world: World) -> Player:
    await paper(world)
    anna = world.reader()
    await anna.send("/start")
    await anna.send("/digest")
    return anna


async def test_one_button_reads_the_whole_edition_in_one_message(world: World) -> None:
    anna = await with_digest(world)
    count, message = len(anna.messages), anna.last
    assert "3 статьи · 2 рубрики" in message.text
    await anna.tap("Читать ▶")
    seen = message.text
    while message.keyboard[0][-1].text in ("Следующий раздел ▶", "Следующая статья ▶"):
        await anna.tap_data(message.keyboard[0][-1].data or "", message.message_id)
        seen += message.text
    for words in (*SECTIONS, "Каток откроют в субботу", "Ставка снизилась"):
        assert words in seen
    assert squeezed(seen).count("Дорого.") == 700
    await anna.tap("✔ На сегодня всё")
    assert message.text.startswith("✔ На сегодня всё\n\nЭто конец выпуска: воскресенье, 22 ноября.")
    assert len(anna.messages) == count


async def test_the_position_counts_sections_and_pages(world: World) -> None:
    anna = await with_digest(world)
    await anna.tap("Читать ▶")
    assert "раздел 1 из 3" in anna.last.text
    await anna.tap("Следующий раздел ▶")
    await anna.tap("Следующий раздел ▶")
    assert "раздел 3 из 3 · страница 1 из 2" in anna.last.text
    await anna.tap("Следующий раздел ▶")
    assert "раздел 3 из 3 · страница 2 из 2\nСколько стоит" in anna.last.text
    await anna.tap("◀ Предыдущий раздел")
    await anna.tap("◀ Предыдущий раздел")
    assert "раздел 2 из 3" in anna.last.text
    assert "По Речной." in anna.last.text


async def test_back_leads_to_the_rubric_the_contents_or_the_cover(world: World) -> None:
    anna = await with_digest(world)
    cover = anna.last.text
    await anna.tap("Экономика 1")
    assert anna.last.text.startswith("Экономика · рубрика 2 из 2\n\n1. Ставка снизилась")
    await anna.tap("1")
    await anna.tap("◀ К рубрике")
    assert "рубрика 2 из 2" in anna.last.text
    await anna.tap("Оглавление")
    await anna.tap("3")
    assert anna.last.text.startswith("Ставка снизилась")
    await anna.tap("◀ Оглавление")
    await anna.tap("◀ К выпуску")
    assert anna.last.text == cover


async def test_related_articles_open_and_lead_back_to_the_same_page(world: World) -> None:
    await world.publish("Мост закроют\n\nМост на Садовой закроют до весны, объезд по Речной.")
    await world.publish("Объезд моста\n\nСхема объезда моста на Садовой по Речной улице до весны.")
    anna = world.reader()
    await anna.send("/start")
    await anna.send("/latest")
    await anna.tap("1")
    page = anna.last.text
    await anna.tap("Статьи по теме")
    assert anna.last.text.startswith("🧵 Статьи по теме «Объезд моста»")
    assert "1. Мост закроют — сегодня\nпохожая тема: мост, объезд, Речной" in anna.last.text
    await anna.tap("1")
    assert anna.last.text.startswith("Мост закроют")
    await anna.tap("Статьи по теме")
    await anna.tap("1")
    await anna.tap("◀ К статье")
    await anna.tap("◀ К статье")
    assert anna.last.text == page
    await anna.tap("◀ К списку")
    assert anna.last.text.startswith("Последние статьи · 2 статьи")


async def test_saving_twice_saves_once(world: World) -> None:
    anna = await with_digest(world)
    await anna.tap("Читать ▶")
    save = anna.last.keyboard[1][-1].data or ""
    toast = await anna.tap_data(save)
    assert toast
    assert toast.text == "Статья в закладках. Все закладки: /saved"
    assert "✓ В закладках" in anna.last.labels
    await anna.tap_data(save)
    assert "✓ В закладках" in anna.last.labels
    await anna.send("/saved")
    assert anna.last.text.startswith("Закладки · 1 статья")
    await anna.tap("1")
    toast = await anna.tap("✓ В закладках")
    assert toast
    assert toast.text == "Убрано из закладок."
    await anna.tap("◀ Закладки")
    assert "Закладок пока нет." in anna.last.text


async def test_a_tap_on_what_is_shown_changes_nothing_and_says_nothing(world: World) -> None:
    anna = await with_digest(world)
    await anna.tap("Читать ▶")
    text, count = anna.last.text, len(anna.messages)
    data = anna.messages[-1].keyboard[0][-1].data or ""
    await anna.tap_data(data)
    moved = anna.last.text
    await anna.tap_data(data)
    assert (anna.last.text, len(anna.messages), anna.toasts) == (moved, count, [])
    assert moved != text


async def test_old_buttons_work_after_a_restart(world: World) -> None:
    anna = await with_digest(world)
    await world.restart()
    await anna.tap("Читать ▶")
    assert anna.last.text.startswith("Мост на Садовой закроют до весны")


async def test_a_correction_shows_at_the_same_button(world: World) -> None:
    await world.publish("Мост закроют\n\nОбъезд по Ручейной улице, сообщили в мэрии.")
    anna = world.reader()
    await anna.send("/start")
    await anna.send("/digest")
    world.clock.advance(3600)
    article = (await world.app.newsroom.published(offset=0, limit=1))[0][0]
    await world.app.newsroom.retitle(article.id, "Мост на Садовой закроют")
    await anna.tap("Читать ▶")
    assert anna.last.text.startswith("Мост на Садовой закроют\nГород · 22 ноября, 15:00 · обновлено 16:00 · 1 мин")


async def test_a_withdrawn_article_says_so_and_leads_on(world: World) -> None:
    anna = await with_digest(world)
    first = (await world.app.newsroom.published(offset=0, limit=1))[0][0]
    await world.app.newsroom.withdraw(first.id)
    await anna.tap("Читать ▶")
    assert "Эта статья отозвана редакцией." in anna.last.text
    await anna.tap("Следующая статья ▶")
    assert anna.last.text.startswith("Каток откроют в субботу")


async def test_drafts_stay_hidden_from_readers(world: World) -> None:
    draft = await factories.article(world.app.database, "Тайна", state=ArticleState.DRAFT)
    anna = await with_digest(world)
    await anna.tap_data(f"s1:0:{draft.id}:0:0:d")
    assert anna.last.text == "Этой статьи больше нет."
    assert "Тайна" not in "".join(message.text for message in anna.messages)


async def test_without_news_the_latest_articles_come(world: World) -> None:
    await factories.article(world.app.database, at=NOON - timedelta(days=3))
    anna = world.reader()
    await anna.send("/start")
    await anna.send("/digest")
    assert "За сутки ничего нового. Вот последние статьи." in anna.last.text


async def test_without_articles_digest_and_lists_say_so(world: World) -> None:
    anna = world.reader()
    await anna.send("/start")
    await anna.send("/digest")
    assert anna.last.text.startswith("По вашим рубрикам статей пока нет.")
    await anna.send("/latest")
    assert anna.last.text.startswith("Статей пока нет.")


async def test_long_lists_turn_over(world: World) -> None:
    await factories.numbered(world.app.database, 23)
    world.clock.set(factories.NOW)
    anna = world.reader()
    await anna.send("/start")
    await anna.send("/latest")
    await anna.tap("Ещё ▶")
    await anna.tap("Ещё ▶")
    assert "23. Новость номер 1 — сегодня" in anna.last.text
    await anna.tap_data("l1:99")
    assert "23. Новость номер 1 — сегодня" in anna.last.text
    await anna.tap("23")
    await anna.tap("◀ К списку")
    assert "23. Новость номер 1" in anna.last.text


async def test_a_message_that_cannot_be_edited_is_replaced(world: World) -> None:
    anna = await with_digest(world)
    refusal = "Bad Request: message can't be edited"
    world.sandbox.faults.set([Fault(kind=Kind.ERROR, method="editMessageText", times=1, description=refusal)])
    count = len(anna.messages)
    await anna.tap("Читать ▶")
    assert len(anna.messages) == count + 1
    assert anna.last.text.startswith("Мост на Садовой закроют до весны")


@pytest.mark.parametrize("message", [{"message_id": 2, "date": 0}, None])
async def test_a_tapped_message_out_of_reach_is_replaced(world: World, message: dict[str, object] | None) -> None:
    anna = await with_digest(world)
    person = {"id": anna.id, "is_bot": False, "first_name": "Анна", "language_code": "ru"}
    query: dict[str, object] = {"id": "1", "from": person, "chat_instance": "1", "data": "l1:0"}
    if message:
        query["message"] = {**message, "chat": {"id": anna.id, "type": "private", "first_name": "Анна"}}
    await world.app.dispatcher.feed_raw_update(world.app.bot, {"update_id": 99, "callback_query": query})
    assert anna.last.text.startswith("Последние статьи · 3 статьи")
    assert not anna.last.edited


async def test_a_tap_is_answered_before_its_work_is_done(world: World) -> None:
    anna = await with_digest(world)
    await anna.tap("Читать ▶")
    assert [call.method for call in world.sandbox.calls][-2:] == ["answerCallbackQuery", "editMessageText"]


async def test_an_answer_that_comes_too_late_does_not_stop_the_reading(world: World) -> None:
    anna = await with_digest(world)
    late = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    world.sandbox.faults.set([Fault(kind=Kind.ERROR, method="answerCallbackQuery", description=late)])
    await anna.tap("Читать ▶")
    assert anna.last.text.startswith("Мост на Садовой закроют до весны")


async def test_a_reader_who_blocks_the_bot_in_the_middle_of_an_answer_breaks_nothing(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    anna = await with_digest(world)
    blocked = "Forbidden: bot was blocked by the user"
    world.sandbox.faults.set([Fault(kind=Kind.ERROR, method="sendMessage", code=403, description=blocked)])
    await anna.send("/latest")
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


async def test_markup_typed_by_hand_is_shown_as_text(world: World) -> None:
    await world.publish("<script>alert('x')</script>\n\nТекст <b>не жирный</b> & всё.")
    anna = world.reader()
    await anna.send("/start")
    await anna.send("/digest")
    await anna.tap("Читать ▶")
    assert "<script>alert('x')</script>" in anna.last.text
    assert "Текст <b>не жирный</b> & всё." in anna.last.text

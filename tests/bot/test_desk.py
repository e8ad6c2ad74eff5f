"""Editors at work: pasting, previewing, filing, publishing; and those who are no editors."""

import asyncio
from pathlib import Path

import pytest

from bot.callbacks import Publish
from sandbox.faults import Fault
from tests.bot.conftest import World

SEED = Path(__file__).parents[3] / "shared/data/seed-article.txt"

ARTICLE = """Мост на Садовой закроют до весны

Движение перекроют 1 декабря, объезд пойдёт по Речной улице.

Почему закрывают

Опоры моста обследовали в октябре и нашли трещины. Ездить по нему опасно, решила комиссия.

Как ехать

Автобусы № 4 и № 17 пойдут по Речной. Пешеходам оставят мостки.

Статьи по теме

История моста за шестьдесят лет

Back to top button"""

LONG = "\n\n".join(
    f"Абзац номер {number}. " + "Слова идут своим чередом, и конца им не видно. " * 9 for number in range(40)
)


async def paste(world: World, text: str) -> None:
    await world.editor.send("/add")
    await world.editor.send(text)
    await world.editor.send("/done")


async def test_a_pasted_article_is_shown_as_readers_will_see_it_and_published(world: World) -> None:
    await paste(world, ARTICLE)
    preview, card = world.editor.messages[-2:]
    assert "Мост на Садовой закроют до весны" in preview.text
    assert "Почему закрывают" in preview.text
    assert "Черновик" in card.text
    assert "2 раздела" in card.text
    assert "«Back to top button»" in card.text
    await world.editor.tap("Выбрать рубрику")
    await world.editor.tap("Новая рубрика")
    await world.editor.send("🏙 Город")
    assert "Рубрика: 🏙 Город" in world.editor.last.text
    toast = await world.editor.tap("Опубликовать")
    assert toast
    assert toast.text == "Опубликовано"
    anna = world.reader()
    await anna.send("/latest")
    assert "Мост на Садовой закроют до весны" in anna.last.text


async def test_the_preview_pages_like_an_article(world: World) -> None:
    await paste(world, ARTICLE)
    await world.editor.tap("Следующий раздел ▶")
    page = next(message for message in world.editor.messages if message.from_bot and "Как ехать" in message.text)
    assert "Пешеходам оставят мостки" in page.text
    assert "раздел 2 из 2" in page.text
    await world.editor.tap("◀ К черновику")
    assert "Черновик" in page.text


async def test_a_double_tap_publishes_once(world: World) -> None:
    await world.publish(ARTICLE)
    published = await world.app.newsroom.published(offset=0, limit=10)
    button = Publish(article=published[0][0].id, revision=published[0][0].revision).pack()
    toast = await world.editor.tap_data(button)
    assert toast
    assert "уже опубликована" in toast.text
    assert (await world.app.newsroom.published(offset=0, limit=10))[1] == 1


async def test_a_long_paste_arrives_in_parts_and_nothing_is_lost(world: World) -> None:
    await world.editor.send("/add")
    await world.editor.send("Длинная статья\n\n" + LONG)
    assert len([message for message in world.editor.messages if not message.from_bot]) > 3
    await world.editor.send("/done")
    article = (await world.app.newsroom.drafts(offset=0, limit=1))[0][0]
    text = article.title + "".join(block.text for block in article.lead)
    text += "".join(section.title + "".join(block.text for block in section.blocks) for section in article.sections)
    assert "".join(text.split()) == "".join(("Длинная статья" + LONG).split())


async def test_a_draft_survives_a_restart_in_the_middle_of_a_paste(world: World) -> None:
    await world.editor.send("/add")
    await world.editor.send("Мост на Садовой закроют до весны\n\nДвижение перекроют 1 декабря.")
    await world.restart()
    await world.editor.send("Как ехать\n\nАвтобусы № 4 и № 17 пойдут по Речной, сказали в мэрии.")
    await world.editor.send("/done")
    drafts, total = await world.app.newsroom.drafts(offset=0, limit=10)
    assert total == 1
    assert drafts[0].sections[-1].title == "Как ехать"


async def test_only_the_newest_card_stays_below_a_paste(world: World) -> None:
    await world.editor.send("/add")
    for number in range(5):
        await world.editor.send(f"Часть {number}. Тут довольно длинный текст, чтобы было что собирать.")
    assert len([message for message in world.editor.messages if "Готово" in message.labels]) == 1


async def test_the_text_may_come_with_the_command(world: World) -> None:
    await world.editor.send("/add " + ARTICLE)
    assert "Черновик" in world.editor.last.text
    assert "Мост на Садовой закроют до весны" in world.editor.last.text
    assert "/add" not in world.editor.last.text


async def test_a_forwarded_post_becomes_a_draft_with_its_formatting(world: World) -> None:
    text = "Новость дня\n\nЭто важно и вот ссылка."
    bold = {"type": "bold", "offset": 17, "length": 5}
    link = {"type": "text_link", "offset": 29, "length": 6, "url": "https://solvinsk.example/a?b=1&c=2"}
    await world.editor.forward(text, entities=[bold, link], origin="Новости города")
    preview = world.editor.messages[-2]
    assert {entity["type"] for entity in preview.entities} >= {"bold", "text_link"}
    assert any(entity.get("url") == "https://solvinsk.example/a?b=1&c=2" for entity in preview.entities)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "koi8-r"])
async def test_a_text_file_in_any_encoding_becomes_a_draft(world: World, encoding: str) -> None:
    await world.editor.send_file("статья.txt", ARTICLE.encode(encoding, "ignore"))
    assert "Мост на Садовой закроют до весны" in world.editor.last.text


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", bytes(range(256)) * 40, "нет текста"),
        ("a.txt", b"", "нет текста"),
        ("a.exe", b"MZ\x90\x00" * 50, "не читаю"),
        ("a.txt", "слово ".encode() * 200_000, "слишком"),
    ],
)
async def test_a_file_that_is_no_article_gets_a_sentence_and_the_open_draft_stays(
    world: World, name: str, data: bytes, words: str
) -> None:
    await world.editor.send("/add")
    await world.editor.send("Начало статьи\n\nПервый абзац, который уже пришёл и не должен пропасть.")
    await world.editor.send_file(name, data)
    assert words in world.editor.last.text
    await world.editor.send("/done")
    assert "Начало статьи" in world.editor.last.text


@pytest.mark.parametrize("text", ["/add 🎉🎉🎉", "/add …!?"])
async def test_a_text_without_a_letter_gets_a_sentence(world: World, text: str) -> None:
    await world.editor.send(text)
    assert "ни одной буквы" in world.editor.last.text
    assert (await world.app.newsroom.drafts(offset=0, limit=1))[1] == 0


async def test_nothing_can_be_published_without_a_rubric(world: World) -> None:
    await paste(world, ARTICLE)
    toast = await world.editor.tap("Опубликовать")
    assert toast
    assert toast.show_alert
    assert "рубрику" in toast.text
    assert (await world.app.newsroom.published(offset=0, limit=1))[1] == 0


async def test_a_rubric_of_three_hundred_characters_is_asked_for_again(world: World) -> None:
    await paste(world, ARTICLE)
    await world.editor.tap("Выбрать рубрику")
    await world.editor.tap("Новая рубрика")
    await world.editor.send("Рубрика " * 38)
    assert "слишком длинное" in world.editor.last.text
    await world.editor.send("Город")
    assert "Рубрика: Город" in world.editor.last.text


async def test_the_title_can_be_changed_before_and_after_publication(world: World) -> None:
    await paste(world, ARTICLE)
    await world.editor.tap("Заголовок")
    await world.editor.send("Мост закроют <до весны> & надолго")
    assert "Мост закроют <до весны> & надолго" in world.editor.last.text
    await world.put_out()
    await world.editor.send("/articles")
    await world.editor.tap("1")
    await world.editor.tap("Заголовок")
    await world.editor.send("Мост закрыт")
    assert "Мост закрыт" in world.editor.last.text


async def test_all_that_was_removed_is_shown(world: World) -> None:
    await paste(world, ARTICLE)
    await world.editor.tap("Что убрано")
    for piece in ("Статьи по теме", "История моста за шестьдесят лет", "Back to top button"):
        assert piece in world.editor.last.text


async def test_a_withdrawn_article_is_gone_from_lists_and_its_old_button_says_so(world: World) -> None:
    await world.publish(ARTICLE)
    anna = world.reader()
    await anna.send("/latest")
    await world.editor.send("/articles")
    await world.editor.tap("1")
    await world.editor.tap("Отозвать")
    await world.editor.tap("Да, отозвать")
    await anna.tap("1")
    assert "отозвана" in anna.last.text
    await anna.send("/latest")
    assert "Мост на Садовой" not in anna.last.text


async def test_a_deleted_draft_is_gone_and_its_buttons_say_so(world: World) -> None:
    await paste(world, ARTICLE)
    card = world.editor.last
    await world.editor.tap("Удалить черновик")
    await world.editor.tap("Да, удалить")
    assert "удалён" in card.text
    await world.editor.send("/drafts")
    assert "Черновиков нет" in world.editor.last.text


@pytest.mark.parametrize("command", ["/add Текст статьи", "/done", "/drafts", "/articles", "/team"])
async def test_a_reader_is_politely_refused(world: World, command: str) -> None:
    anna = world.reader()
    await anna.send(command)
    assert "для" in anna.last.text
    assert (await world.app.newsroom.drafts(offset=0, limit=1))[1] == 0


async def test_a_forged_button_is_refused(world: World) -> None:
    await paste(world, ARTICLE)
    article = (await world.app.newsroom.drafts(offset=0, limit=1))[0][0]
    anna = world.reader()
    await anna.send("/start")
    for data in (
        Publish(article=article.id, revision=article.revision).pack(),
        f"dz1:{article.id}:1",
        f"dd1:{article.id}",
    ):
        toast = await anna.tap_data(data)
        assert toast
        assert "только для редакторов" in toast.text
    await anna.tap_data(f"s1:0:{article.id}:0:0:d")
    assert all("Садовой" not in message.text for message in anna.messages)
    assert (await world.app.newsroom.drafts(offset=0, limit=1))[1] == 1


async def test_an_owner_makes_an_editor_who_can_then_push(world: World) -> None:
    boris = world.reader("Борис")
    await world.editor.send(f"/team add {boris.id} Борис")
    assert "Борис" in world.editor.last.text
    await boris.send("/add " + ARTICLE)
    assert "Черновик" in boris.last.text
    await world.editor.send(f"/team remove {boris.id}")
    await boris.send("/drafts")
    assert "для редакторов" in boris.last.text


async def test_done_without_a_paste_says_how_to_begin(world: World) -> None:
    await world.editor.send("/done")
    assert "/add" in world.editor.last.text


@pytest.mark.skipif(not SEED.exists(), reason="the seed article lies beside the repository and is not there")
async def test_the_seed_article_has_six_sections_and_shows_what_was_removed(world: World) -> None:
    text = SEED.read_text("utf-8")
    await paste(world, text)
    card = world.editor.last
    assert "6 разделов" in card.text
    assert "«Статьи по теме» и «Back to top button»" in card.text
    article = (await world.app.newsroom.drafts(offset=0, limit=1))[0][0]
    assert article.title == text.splitlines()[0]
    assert article.sections[0].title == "Новый этап взаимодействия"


async def test_a_file_that_telegram_does_not_give_is_asked_for_again(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await world.editor.send("/add")
    world.sandbox.faults.set([Fault(kind="error", method="getFile", times=1)])
    await world.editor.send_file("article.txt", ARTICLE.encode())
    assert world.editor.last.text == "Telegram не отдал файл. Пришлите его, пожалуйста, ещё раз."
    assert "Traceback" not in caplog.text
    await world.editor.send_file("article.txt", ARTICLE.encode())
    assert "Мост на Садовой" in world.editor.last.text


async def together(world: World, texts: list[str]) -> None:
    """Let the editor's client send messages faster than the bot handles them."""
    people, editor = world.sandbox.people, world.editor
    coming = [people.write(editor.user, editor.chat, text)[1] for text in texts]
    await asyncio.gather(*(delivery.handled.wait() for delivery in coming if delivery))
    assert not [delivery.error for delivery in coming if delivery and delivery.error]


async def test_a_paste_of_many_messages_is_answered_when_all_of_it_is_here(world: World) -> None:
    await world.editor.send("/add")
    before = len(world.sandbox.calls.of("sendMessage"))
    await together(world, ["Мост закроют", *[f"Абзац {number}: движение перекроют завтра." for number in range(40)]])
    assert len(world.sandbox.calls.of("sendMessage")) - before <= 3
    assert "Пришло 1 442 знака" in world.editor.last.text.replace("\xa0", " ")


async def test_a_paste_that_is_too_long_is_refused_in_one_sentence(world: World) -> None:
    await world.editor.send("/add")
    before = len(world.sandbox.calls.of("sendMessage"))
    await together(world, ["Очень длинная статья", *["ъ" * 4000 + "." for _ in range(90)]])
    assert len(world.sandbox.calls.of("sendMessage")) - before <= 4
    assert "Текст слишком длинный" in world.editor.last.text
    await world.editor.send("/done")
    assert "248" in world.editor.last.text  # 62 messages of 4001 characters are there


async def test_what_came_is_counted_whole(world: World) -> None:
    await world.editor.send("/add")
    await world.editor.send(ARTICLE)
    typed = len(ARTICLE.replace("\n\n", ""))
    assert f"Пришло {typed} знак" in world.editor.last.text


async def test_an_answer_that_telegram_does_not_take_is_no_failure(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    flood = Fault(kind="429", method="sendMessage", retry_after=3600)
    await world.editor.send("/add")
    world.sandbox.faults.set([flood])
    for text in ("🎉", "Мост закроют до весны", "/help"):
        await world.editor.send(text)
    assert "Traceback" not in caplog.text
    world.sandbox.faults.set([])

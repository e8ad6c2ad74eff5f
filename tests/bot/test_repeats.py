"""Repeated texts: the editor hears that a draft was here before, from whom, and what differs."""

from tests.bot.conftest import World

PARAGRAPHS = (
    "Движение по мосту перекроют первого декабря, объезд пойдёт по Речной улице и набережной.",
    "Опоры моста обследовали в октябре и нашли трещины, ездить по нему опасно, решила комиссия.",
    "Автобусы четвёртого и семнадцатого маршрутов поедут по Речной, пешеходам оставят мостки.",
    "Ремонт обойдётся городу в двести миллионов рублей, подрядчика выберут на торгах до конца года.",
)
TITLE = "Мост на Садовой закроют до весны"
ARTICLE = "\n\n".join([TITLE, *PARAGRAPHS])


async def draft(world: World, *paragraphs: str) -> None:
    await world.editor.send("/add")
    await world.editor.send("\n\n".join(paragraphs))
    await world.editor.send("/done")


async def test_an_exact_repeat_of_a_published_article_is_named_plainly(world: World) -> None:
    await world.publish(ARTICLE)
    await draft(world, TITLE.upper(), *PARAGRAPHS)
    assert "⛔ Точный повтор статьи № 1, она уже опубликована" in world.editor.last.text


async def test_two_drafts_of_one_text_know_of_each_other(world: World) -> None:
    await draft(world, TITLE, *PARAGRAPHS)
    assert "повтор" not in world.editor.last.text
    await draft(world, TITLE, *PARAGRAPHS)
    assert "⛔ Точный повтор черновика № 1" in world.editor.last.text
    await draft(world, "Садовая останется без моста", *PARAGRAPHS)
    assert "⚠ Похоже на № 2 (9" in world.editor.last.text
    assert "⚠ Похоже на № 1 (9" in world.editor.last.text
    assert "Сравнить с № 1" in world.editor.last.labels


async def test_the_editor_compares_a_changed_text_with_what_was_published(world: World) -> None:
    await world.publish(ARTICLE)
    changed = PARAGRAPHS[1].replace("в октябре", "осенью")
    await draft(world, "Садовая останется без моста", PARAGRAPHS[0], changed, PARAGRAPHS[2], "Новый абзац о пробках.")
    assert "⚠ Похоже на № 1 (" in world.editor.last.text
    await world.editor.tap("Сравнить")
    shown = world.editor.last.text
    assert "№ 2 и № 1" in shown
    assert "Заголовок № 2: «Садовая останется без моста»" in shown
    assert f"Заголовок № 1: «{TITLE}»" in shown
    assert "опубликована 22 ноября" in shown
    assert "<b>в октябре</b>" not in shown
    assert "осенью" in shown
    assert "Новый абзац о пробках." in shown
    assert PARAGRAPHS[0] not in shown
    await world.editor.tap("◀ К № 2")
    assert "Черновик № 2" in world.editor.last.text


async def test_a_cut_half_says_that_all_of_it_is_there(world: World) -> None:
    await world.publish(ARTICLE)
    await draft(world, TITLE, *PARAGRAPHS[:2])
    assert "весь этот текст там уже есть" in world.editor.last.text


async def test_a_long_comparison_is_turned_over(world: World) -> None:
    many = [f"Абзац номер {number}: " + "слова идут своим чередом " * 30 for number in range(12)]
    await world.publish("\n\n".join([TITLE, *PARAGRAPHS, *many]))
    await draft(world, TITLE, *PARAGRAPHS, *(one.replace("номер", "под номером") for one in many))
    await world.editor.tap(next(label for label in world.editor.last.labels if label.startswith("Сравнить")))
    first = world.editor.last.text
    await world.editor.tap("Ещё ▶")
    assert world.editor.last.text != first
    assert "Заголовок один" in world.editor.last.text


async def test_other_news_raises_no_alarm(world: World) -> None:
    await world.publish(ARTICLE)
    await draft(world, "Театр открывает сезон", "Премьера комедии Островского пройдёт в субботу, билеты разобрали.")
    assert "Похоже" not in world.editor.last.text
    assert "Сравнить" not in world.editor.last.labels


async def test_repeats_are_found_after_a_restart_and_a_published_draft_is_one_article(world: World) -> None:
    await draft(world, TITLE, *PARAGRAPHS)
    await world.restart()
    await draft(world, TITLE, *PARAGRAPHS)
    assert "⛔ Точный повтор черновика № 1" in world.editor.last.text


async def test_a_reader_may_not_compare(world: World) -> None:
    await draft(world, TITLE, *PARAGRAPHS)
    await draft(world, TITLE, *PARAGRAPHS)
    anna = world.reader()
    await anna.send("/start")
    await anna.tap_data("dm1:2:1:0")
    assert "№ 2 и № 1" not in "".join(message.text for message in anna.messages)

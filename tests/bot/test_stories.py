"""A story that several outlets tell: one line in the digest, the others a tap away, a continuation on later days."""

from datetime import UTC, datetime, timedelta

from digests.articles import ArticleId, UserId
from digests.blocks import Block, Kind, Span, paragraph
from digests.origins import Origin, Sourced
from sandbox.player import Player
from tests.bot.conftest import NOON, World
from tests.tellings import CITY, LATER, OUTLET, THEATRE

MORNING = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # 08:00 in Moscow, the next day


async def publish(world: World, title: str, text: str, site: str = "", rubric: str = "Город") -> ArticleId:
    newsroom = world.app.newsroom
    heading = Block(kind=Kind.HEADING, spans=(Span(text=title),))
    origin = Origin(site=site, url=f"https://{site}/news") if site else None
    sourced = Sourced(blocks=(heading, paragraph(text)), origin=origin)
    draft = await newsroom.take(UserId(world.editor.id), sourced)
    filed = await newsroom.file_under(draft.id, (await newsroom.add_rubric(rubric)).id)
    return (await newsroom.publish(filed.id, filed.revision))[0].id


async def morning(world: World) -> Player:
    """Two outlets on one event and other news, and a reader who asks for a digest."""
    await publish(world, *CITY, site="gorod.example")
    await publish(world, *THEATRE)
    world.clock.advance(600)
    await publish(world, *OUTLET, site="rechnaya.example")
    return await subscriber(world)


async def subscriber(world: World) -> Player:
    anna = world.reader()
    await anna.send("/start")
    await anna.send("/digest")
    return anna


async def test_two_outlets_one_morning_one_line(world: World) -> None:
    anna = await morning(world)
    assert "2 статьи · 1 рубрика · около 2 минут" in anna.last.text
    assert "(ещё об этом: 1)" in anna.last.text
    assert anna.last.text.count("Садов") == 1
    await anna.tap("Город 2")
    assert anna.last.text.count("Садов") == anna.last.text.count(OUTLET[0]) + OUTLET[1].count("Садов")
    assert CITY[0] not in anna.last.text
    assert "1 мин · ещё об этом: 1" in anna.last.text


async def test_the_other_outlet_is_a_tap_away_with_its_name_and_time(world: World) -> None:
    anna = await morning(world)
    await anna.tap("Город 2")
    page = anna.last.text
    await anna.tap("1: ещё 1")
    assert f"Ещё об этом: «{OUTLET[0]}»" in anna.last.text
    assert f"1. {CITY[0]} — gorod.example · сегодня, 15:00" in anna.last.text
    assert "В тот же день" in anna.last.text
    await anna.tap("◀ К рубрике")
    assert anna.last.text == page


async def test_from_an_article_to_the_other_and_back_to_the_same_page(world: World) -> None:
    anna = await morning(world)
    await anna.tap("Читать ▶")
    page = anna.last.text
    await anna.tap("Ещё об этом: 1")
    assert THEATRE[0] not in anna.last.text
    listed = anna.last.text
    await anna.tap("1")
    assert CITY[0] in anna.last.text
    assert "Ещё об этом: 1" in anna.last.labels
    await anna.tap("◀ К статье")
    assert anna.last.text == page
    await anna.tap("Ещё об этом: 1")
    assert anna.last.text == listed
    await anna.tap("◀ К статье")
    assert anna.last.text == page


async def test_what_tells_the_same_story_stands_last_among_related_under_its_own_name(world: World) -> None:
    anna = await morning(world)
    await publish(world, "Набережную Речной улицы откроют летом", "На Речной улице у моста заменят опоры фонарей.")
    await anna.tap("Читать ▶")
    await anna.tap(next(label for label in anna.last.labels if label.startswith("Статьи по теме")))
    heading = anna.last.text.index("Об этом же")
    assert heading < anna.last.text.index(CITY[0])
    assert "Набережную" not in anna.last.text[heading:]


async def test_an_article_by_itself_has_no_such_button(world: World) -> None:
    await publish(world, *THEATRE)
    anna = await subscriber(world)
    assert "ещё об этом" not in anna.last.text
    await anna.tap("Читать ▶")
    assert not [label for label in anna.last.labels if "Ещё" in label]


async def test_the_button_goes_with_the_last_of_the_others(world: World) -> None:
    anna = await morning(world)
    await world.app.newsroom.withdraw(ArticleId(1))
    await anna.tap("Читать ▶")
    assert not [label for label in anna.last.labels if "Ещё" in label]


async def test_the_third_day_is_a_continuation_with_its_history(world: World) -> None:
    await publish(world, *CITY, site="gorod.example")
    anna = world.reader()
    await anna.send("/start")
    await world.at(MORNING)
    assert CITY[0] in anna.last.text or "Садовой" in anna.last.text
    assert "продолжение" not in anna.last.text
    world.clock.set(NOON + timedelta(days=1))
    await publish(world, *OUTLET, site="rechnaya.example")
    await world.at(MORNING + timedelta(days=1))
    world.clock.set(NOON + timedelta(days=2))
    await publish(world, *LATER)
    await publish(world, *THEATRE)
    await world.at(MORNING + timedelta(days=2))
    assert "(продолжение, ещё об этом: 2)" in anna.last.text
    assert "2 статьи" in anna.last.text
    await anna.tap("Город 2")
    assert "продолжение" in anna.last.text
    await anna.tap(next(label for label in anna.last.labels if label.endswith(": ещё 2")))
    told = anna.last.text
    assert "История вопроса" in told
    assert told.index(OUTLET[0]) < told.index(CITY[0])
    assert "rechnaya.example · вчера" not in told
    assert "rechnaya.example · 23 ноября, 15:00" in told
    assert "gorod.example · 22 ноября" in told


async def test_a_reader_of_one_rubric_hears_of_a_continuation_only_of_what_they_could_read(world: World) -> None:
    await publish(world, *CITY, rubric="Транспорт")
    await world.at(MORNING)
    world.clock.set(NOON + timedelta(days=1))
    await publish(world, *OUTLET)
    anna = world.reader()
    await anna.send("/start")
    await anna.send("/digest")
    assert "продолжение" in anna.last.text
    boris = world.reader("Борис")
    await boris.send("/start")
    await boris.send("/rubrics")
    await boris.tap(next(label for label in boris.last.labels if "Транспорт" in label))
    await boris.send("/digest")
    assert OUTLET[0] in boris.last.text or "Садовой" in boris.last.text
    assert "продолжение" not in boris.last.text


async def test_a_long_story_is_turned_over(world: World) -> None:
    for number in range(13):
        await publish(world, CITY[0], f"{CITY[1]} Подробности № {number}.", site=f"site{number}.example")
        world.clock.advance(60)
    anna = await subscriber(world)
    assert "1 статья" in anna.last.text
    await anna.tap("Читать ▶")
    await anna.tap("Ещё об этом: 12")
    assert "site11.example" in anna.last.text
    assert "site0.example" not in anna.last.text
    await anna.tap("Ещё ▶")
    assert "12. " in anna.last.text
    assert "site0.example" in anna.last.text
    await anna.tap("12")
    assert "Подробности № 0." in anna.last.text


async def test_an_editor_takes_an_article_out_of_a_story_with_one_tap_and_it_stays_out(world: World) -> None:
    await publish(world, *CITY, site="gorod.example")
    await publish(world, *OUTLET, site="rechnaya.example")
    await world.editor.send("/articles")
    await world.editor.tap("1")
    await world.editor.tap("История")
    assert f"1. {CITY[0]} — gorod.example · сегодня, 15:00" in world.editor.last.text
    toast = await world.editor.tap("Другая история")
    assert toast
    assert toast.text == "Запомнили: это другая история"
    assert "Других статей об этой истории пока нет." in world.editor.last.text
    await world.app.newsroom.retitle(ArticleId(2), "Садовый мост перекроют на ремонт с первого декабря")
    anna = await subscriber(world)
    assert "2 статьи" in anna.last.text
    await world.editor.tap(next(label for label in world.editor.last.labels if label.startswith("Та же:")))
    assert f"1. {CITY[0]}" in world.editor.last.text
    await anna.send("/digest")
    assert "1 статья" in anna.last.text


async def test_an_editor_says_of_two_articles_side_by_side_that_they_are_one_story(world: World) -> None:
    await publish(world, *CITY)
    await publish(world, *THEATRE)
    await world.editor.send("/articles")
    await world.editor.tap_data("dm1:2:1:0")
    await world.editor.tap("Та же история")
    assert "Другая история" in world.editor.last.labels
    anna = await subscriber(world)
    assert "1 статья" in anna.last.text
    await world.editor.tap("Другая история")
    assert "Та же история" in world.editor.last.labels
    await anna.send("/digest")
    assert "2 статьи" in anna.last.text


async def test_a_reader_decides_nothing(world: World) -> None:
    await publish(world, *CITY)
    await publish(world, *OUTLET)
    anna = await subscriber(world)
    await anna.tap_data("dh1:2:0:0:0")
    await anna.send("/digest")
    assert "1 статья" in anna.last.text


async def test_the_line_of_a_story_is_the_best_across_its_articles_below_the_title_it_came_with(world: World) -> None:
    bare = ("Мост на Садовой закроют до весны", "Мост на Садовой закроют на ремонт опор. Объезд по Речной.")
    told = (
        "Садовый мост перекроют на ремонт с 1 декабря",
        "Мост на Садовой закроют 1 декабря на четыре месяца: опорам нужен ремонт, сообщила мэрия. Объезд по Речной.",
    )
    await publish(world, *told)
    world.clock.advance(60)
    await publish(world, *bare)
    anna = await subscriber(world)
    assert "1 статья" in anna.last.text
    assert "Мост на Садовой закроют 1 декабря на четыре месяца: опорам нужен ремонт, сообщила мэрия." in anna.last.text
    await anna.tap("Город 1")
    assert told[0] in anna.last.text
    assert bare[0] not in anna.last.text
    assert "Мост на Садовой закроют 1 декабря на четыре месяца" in anna.last.text
    world.clock.advance(60)
    corrected = told[1].replace("1 декабря", "3 декабря")
    await world.app.newsroom.replace_text(ArticleId(1), 77, [paragraph(told[0]), paragraph(corrected)])
    await anna.tap("◀ К выпуску")
    assert "1 декабря" not in anna.last.text


async def test_when_the_article_that_stands_for_a_story_is_withdrawn_another_takes_its_place(world: World) -> None:
    anna = await morning(world)
    cover = anna.last
    await world.app.newsroom.withdraw(ArticleId(3))
    await anna.tap("Оглавление")
    assert CITY[0] in cover.text
    assert OUTLET[0] not in cover.text
    assert THEATRE[0] in cover.text
    await anna.tap("◀ К выпуску")
    assert "2 статьи" in cover.text
    assert "ещё об этом" not in cover.text
    assert "Садовой" in cover.text
    await anna.tap("Читать ▶")
    while "Следующая статья ▶" in cover.labels:
        assert CITY[0] in cover.text
        await anna.tap("Следующая статья ▶")
    assert THEATRE[0] in cover.text


async def test_a_draft_says_whose_story_it_tells_and_the_editor_may_differ(world: World) -> None:
    await publish(world, *CITY)
    await world.editor.send("/add")
    await world.editor.send("\n\n".join(OUTLET))
    await world.editor.send("/done")
    assert f"ℹ Та же история, что в № 1 «{CITY[0]}»: в дайджесте она будет один раз" in world.editor.last.text
    await world.editor.tap("Сравнить")
    await world.editor.tap("Другая история")
    await world.editor.tap("◀ К № 2")
    assert "Та же история" not in world.editor.last.text
    await world.editor.tap("Выбрать рубрику")
    await world.editor.tap("Город")
    await world.editor.tap("Опубликовать")
    anna = await subscriber(world)
    assert "2 статьи" in anna.last.text

"""Searching on both engines: what is found, in which order, and what is said when nothing is."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from digests.articles import ArticleState
from digests.entries import MARK
from digests.errors import NothingToSearch, OnlyUnwanted, QueryMissing, QueryTooLong, UnknownRubric
from digests.newsroom import Newsroom
from digests.related import RelatedIndex
from digests.searching import ALL_RUBRICS, BATCH, Kept, Page, Searching
from digests.storage.engine import Database
from digests.storage.schema_search import search_articles, search_stems
from tests import factories
from tests.clocks import FakeClock
from tests.factories import NOW


async def archive(database: Database, *titles: str, rubric: str = "Город") -> Searching:
    """Articles with the titles, the first one the newest, in the index."""
    for age, title in enumerate(titles):
        await factories.article(
            database,
            title,
            rubric_name=rubric,
            at=NOW - timedelta(days=age),
            content=factories.cut_text(title, lead="", sections={}),
        )
    searching = Searching(database)
    await searching.catch_up()
    return searching


async def found(searching: Searching, text: str, **chosen: object) -> list[str]:
    return titles(await page(searching, text, **chosen))


async def page(searching: Searching, text: str, **chosen: object) -> Page:
    return await searching.find(Kept(text=text, **chosen), NOW, limit=20)  # type: ignore[arg-type]  # fields by name


def titles(page: Page) -> list[str]:
    return [result.headline.title for result in page.results]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("ипотека", "Ставки по ипотеке снизили"),
        ("ИПОТЕКИ", "Ставки по ипотеке снизили"),
        ("елка", "Ёлку поставили на площади"),
        ("ёлки", "Ёлку поставили на площади"),
        ("рынок", "Рынка больше нет"),
        ("дни", "День открытых дверей"),
        ("ипатека", "Ставки по ипотеке снизили"),
        ("ипоткеа", "Ставки по ипотеке снизили"),
        ("ипотка", "Ставки по ипотеке снизили"),
        ("иппотека", "Ставки по ипотеке снизили"),
        ("bgjntrf", "Ставки по ипотеке снизили"),
        ("bgjntrjq", "Ставки по ипотеке снизили"),
        ("cnfdrb gj bgjntrt", "Ставки по ипотеке снизили"),
        ("ащщевфдд", "Fooddall opens in July"),
        ("ипот", "Ставки по ипотеке снизили"),
        ("opening", "Fooddall opens in July"),
        ("1234", "Дом 1234 сдали"),
        ("зеленсикй", "Зеленский переулок закрыт"),
        ("за́мок", "Замок открыт"),
        ("онлайн-касса", "Касса онлайн"),
        ("закрыты", "Зеленский переулок закрыт"),
        ("музеями", "Музей переехал"),
        ("погибли", "Погиб рыбак"),
        ("горожане", "Опрос горожан"),
        ("волковым", "Волков победил"),
    ],
)
async def test_a_word_is_found_however_it_is_typed(database: Database, typed: str, title: str) -> None:
    searching = await archive(
        database,
        "Ставки по ипотеке снизили",
        "Ёлку поставили на площади",
        "Рынка больше нет",
        "День открытых дверей",
        "Fooddall opens in July",
        "Дом 1234 сдали",
        "Зеленский переулок закрыт",
        "Замок открыт",
        "Касса онлайн",
        "Музей переехал",
        "Погиб рыбак",
        "Опрос горожан",
        "Волков победил",
    )
    assert (await found(searching, typed))[0] == title


async def test_all_words_are_wanted_and_else_most(database: Database) -> None:
    searching = await archive(database, "Мост через реку", "Ремонт реки", "Мост и ремонт", "Каток")
    assert await found(searching, "мост ремонт") == ["Мост и ремонт"]
    most = await found(searching, "мост ремонт каток реки")
    assert sorted(most) == ["Мост и ремонт", "Мост через реку", "Ремонт реки"]
    assert await found(searching, "мост бармаглот") == ["Мост через реку", "Мост и ремонт"]


async def test_a_phrase_stands_side_by_side_in_any_inflection(database: Database) -> None:
    searching = await archive(database, "Ставка по ипотеке растёт", "По ставке ипотека", "Ипотечная ставка")
    assert await found(searching, "«ставки по ипотеке»") == ["Ставка по ипотеке растёт"]
    assert await found(searching, '"ставки по ипотеке"') == ["Ставка по ипотеке растёт"]
    nothing = await page(searching, "«растёт ставка»")
    assert not nothing.results
    assert nothing.has_words


async def test_a_phrase_does_not_run_on_into_the_next_paragraph(database: Database) -> None:
    content = factories.cut_text("Мост закрыт", lead="Движения нет.", sections={"Объезд": "По Речной."})
    await factories.article(database, content=content)
    searching = Searching(database)
    await searching.catch_up()
    assert await found(searching, "«мост закрыт»") == ["Мост закрыт"]
    assert not await found(searching, "«закрыт движения»")
    assert not await found(searching, "«объезд по»")


async def test_a_phrase_is_found_in_an_article_of_any_length(database: Database) -> None:
    long = " ".join(f"слово{number}" for number in range(20_000)) + " редкая птица долетит. " + "Птица редкая. " * 300
    await factories.article(database, "Длинная", content=factories.cut_text("Длинная", sections={"": long}))
    searching = Searching(database)
    await searching.catch_up()
    assert await found(searching, "«редкую птицу»") == ["Длинная"]
    assert not await found(searching, "«птица долетит редкая»")
    assert not await found(searching, "длинная -«редкая птица»")
    assert await found(searching, "длинная -«долетит редкая»") == ["Длинная"]


async def test_what_stands_after_a_minus_is_not_found(database: Database) -> None:
    searching = await archive(database, "Мост открыт", "Мост закрыт", "Мост закрыт до весны")
    assert await found(searching, "мост -закрыты") == ["Мост открыт"]
    assert await found(searching, "мост −«до весны»") == ["Мост открыт", "Мост закрыт"]
    assert len(await found(searching, "мост - закрыт")) == 2
    assert len(await found(searching, "мост -бармаглот")) == 3


async def test_a_word_of_the_title_comes_first_and_of_equals_the_newest(database: Database) -> None:
    for age, (title, lead) in enumerate(
        [("Дороги", "Мост."), ("Мост", "Дороги."), ("Мосты", "Дороги."), ("Улицы", "Мост.")]
    ):
        at = NOW - timedelta(hours=age)
        await factories.article(database, title, at=at, content=factories.cut_text(title, lead=lead, sections={}))
    searching = Searching(database)
    await searching.catch_up()
    assert await found(searching, "мост") == ["Мост", "Мосты", "Дороги", "Улицы"]


async def test_a_rubric_and_a_time_can_be_typed_or_chosen(database: Database) -> None:
    for age, rubric in ((0, "Город"), (3, "Экономика"), (20, "Город"), (200, "Наука и жизнь"), (800, "Город")):
        title = f"Мост {age}"
        await factories.article(
            database, title, rubric_name=rubric, at=NOW - timedelta(days=age), content=factories.cut_text(title)
        )
    searching = Searching(database)
    await searching.catch_up()
    assert await found(searching, "мост рубрика:экономика") == ["Мост 3"]
    assert await found(searching, "рубрика: Наука и жизнь мост") == ["Мост 200"]
    assert await found(searching, "рубрика:Город") == ["Мост 0", "Мост 20", "Мост 800"]
    assert await found(searching, "мост за неделю") == ["Мост 0", "Мост 3"]
    assert await found(searching, "мост с 1 ноября") == ["Мост 0", "Мост 3", "Мост 20"]
    assert await found(searching, "мост с 1 ноября по 15 ноября") == ["Мост 20"]
    city = await factories.rubric(database, "Город")
    assert await found(searching, "мост", rubric=city.id, period="month") == ["Мост 0", "Мост 20"]
    assert await found(searching, "мост", period="year") == ["Мост 0", "Мост 3", "Мост 20", "Мост 200"]
    assert len(await found(searching, "мост рубрика:Экономика за неделю", rubric=ALL_RUBRICS, period="all")) == 5


async def test_nothing_found_says_what_to_try(database: Database) -> None:
    searching = await archive(database, "Ипотека дешевеет", "Ипподром открыт", "Кредит")
    nothing = await page(searching, "ипотикование")
    assert not nothing.results
    assert nothing.nearest[0] == "ипотека"
    economy = await factories.rubric(database, "Экономика")
    there = await page(searching, "ипотека", rubric=economy.id)
    assert (there.results, there.elsewhere) == ((), 1)


async def test_a_mistyped_word_is_named_with_the_one_that_was_meant(database: Database) -> None:
    searching = await archive(database, "Ипотека дешевеет")
    assert (await page(searching, "ипатека")).meant == {"ипатека": "ипотека"}
    assert (await page(searching, "ипотеку")).meant == {}


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", NothingToSearch),
        ("?!… 😀", NothingToSearch),
        ("\x00", NothingToSearch),
        ("-мост", OnlyUnwanted),
        ("мост " * 800, QueryTooLong),
        ("рубрика:Космос мост", UnknownRubric),
    ],
)
async def test_what_cannot_be_searched_for_is_refused_with_the_reason(
    database: Database, typed: str, refusal: type[Exception]
) -> None:
    searching = await archive(database, "Мост открыт")
    with pytest.raises(refusal):
        await page(searching, typed)


@pytest.mark.parametrize(
    "typed",
    [
        "мост NEAR(a, 2)",
        'мост "',
        "«мост",
        "мост*",
        "title:мост",
        "мост AND OR NOT",
        "мост' ; drop table articles",
        "{мост}:^",
        "мост\x00😀",
        "мост \ud83d",
        "( мост",
        "мост & | ! <->",
        "\\мост",
        " ".join(f"мост{n}" for n in range(30)) + " мост",
    ],
)
async def test_signs_of_the_engines_are_only_signs(database: Database, typed: str) -> None:
    searching = await archive(database, "Мост открыт")
    assert await found(searching, typed) == ["Мост открыт"]


async def test_every_change_of_an_article_is_searched_at_once(database: Database, clock: FakeClock) -> None:
    newsroom = Newsroom(database, clock, RelatedIndex())
    searching = Searching(database)
    draft = await factories.article(database, "Ледоход", state=ArticleState.DRAFT)
    assert not await found(searching, "ледоход")
    article, _ = await newsroom.publish(draft.id, draft.revision)
    assert await found(searching, "ледоход") == ["Ледоход"]
    article = await newsroom.retitle(article.id, "Половодье")
    assert await found(searching, "половодье") == ["Половодье"]
    assert not await found(searching, "ледоход")
    await newsroom.withdraw(article.id)
    nothing = await page(searching, "половодья")
    assert (nothing.total, nothing.nearest) == (0, ())
    assert await searching.catch_up() == 0


async def test_an_index_left_behind_catches_up(database: Database) -> None:
    searching = await archive(database, *(f"Новость {number}" for number in range(80)))
    assert (await page(searching, "новость")).total == 80
    assert await searching.catch_up() == 0


async def test_catching_up_and_correcting_at_once_leave_the_correction(database: Database, clock: FakeClock) -> None:
    newsroom = Newsroom(database, clock, RelatedIndex())
    searching = Searching(database)
    made = [await factories.article(database, f"Ледоход {number}") for number in range(12)]
    await asyncio.gather(
        searching.catch_up(), *(newsroom.retitle(one.id, f"Половодье {one.id}") for one in made), searching.catch_up()
    )
    await searching.catch_up()
    assert (await page(searching, "половодье")).total == 12
    assert not await found(searching, "ледоход")


async def test_catching_up_cut_off_and_by_two_programs_counts_every_article_once(
    database: Database, clock: FakeClock
) -> None:
    newsroom = Newsroom(database, clock, RelatedIndex())
    made = await factories.numbered(database, 2 * BATCH + 50)
    for steps in (0, 30, 100, 1_000):
        async with asyncio.TaskGroup() as group:
            task = group.create_task(Searching(database).catch_up())
            for _ in range(steps):
                await asyncio.sleep(0)  # a step of the event loop, no time
            task.cancel()
    await asyncio.gather(
        Searching(database).catch_up(),
        newsroom.retitle(made[0], "Половодье"),
        newsroom.withdraw(made[-1]),
        Searching(database).catch_up(),
    )
    assert await Searching(database).catch_up() == 0
    async with database.read() as connection:
        held = (
            await connection.execute(select(search_articles.c.title, search_articles.c.lead, search_articles.c.body))
        ).all()
        counted = (await connection.execute(select(search_stems.c.stem, search_stems.c.articles))).all()
    assert len(held) == len(made) - 1
    stems = Counter(stem for row in held for stem in {MARK, *" ".join(row).split()})
    assert {row.stem: row.articles for row in counted} == stems


async def test_of_very_many_the_newest_are_listed_and_those_with_the_words_in_their_titles(database: Database) -> None:
    for number in range(130):
        title = f"Мост {number}" if number == 129 else f"Новость {number}"
        content = factories.cut_text(title, lead="Через реку ведёт мост.", sections={})
        await factories.article(database, title, at=NOW + timedelta(minutes=129 - number), content=content)
    searching = Searching(database)
    await searching.catch_up()
    many = await page(searching, "мост")
    assert many.is_more
    assert titles(many)[0] == "Мост 129"


async def test_a_phrase_of_very_common_words_is_looked_for_in_the_newest_articles_and_that_is_said(
    database: Database,
) -> None:
    titles_ = [f"Река и мост {number}" if number in (3, 30) else f"Мост и река {number}" for number in range(40)]
    await archive(database, *titles_)
    searching = Searching(database, looked_at=20)
    partial = await page(searching, "«река и мост»")
    assert (titles(partial), partial.newest, partial.is_more) == (["Река и мост 30"], 20, False)
    assert (await page(Searching(database), "«река и мост»")).newest is None
    nothing = await page(searching, "«мост река»")
    assert (nothing.total, nothing.newest, nothing.has_words) == (0, 20, True)


async def test_a_search_is_kept_by_a_number_and_the_oldest_are_let_go(database: Database) -> None:
    searching = Searching(database)
    kept = Kept(text="ставки ипотеки", rubric=3, period="month")
    number = await searching.keep(kept)
    assert await searching.keep(kept) == number
    assert await searching.kept(number) == kept
    with pytest.raises(QueryMissing):
        await searching.kept(number + 1)


async def test_a_word_two_slips_away_is_offered_first(database: Database) -> None:
    searching = await archive(database, "Коронавирус отступает", "Карана", "Караван идёт")
    assert (await page(searching, "каранавирус")).nearest[0] == "коронавирус"


async def test_a_time_without_articles_is_told_from_one_with(database: Database) -> None:
    searching = await archive(database, "Мост открыт")
    later = NOW + timedelta(days=40)
    nothing = await searching.find(Kept(text="мост", period="month"), later)
    assert (nothing.results, nothing.elsewhere) == ((), 1)
    assert titles(await searching.find(Kept(text="мост", period="year"), later)) == ["Мост открыт"]


async def test_of_words_a_slip_away_the_commonest_is_meant(database: Database) -> None:
    searching = await archive(database, "Банк открыт", "Банк закрыт", "Бак пуст")
    assert (await page(searching, "бакн")).meant == {"бакн": "банк"}
    assert (await found(searching, "бакн"))[:2] == ["Банк открыт", "Банк закрыт"]

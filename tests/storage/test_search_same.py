"""Whatever is published and asked, both engines give the same list in the same order."""

import random
from datetime import timedelta

import pytest

from digests.errors import DigestError
from digests.searching import Kept, Page, Searching
from digests.storage.engine import Database
from digests.words import vocabulary
from tests import factories
from tests.factories import NOW

WORDS = sorted(
    vocabulary(
        "мост моста мосты "
        "ремонт ремонта рынок рынка закрыт закрыта река реки и в на не год лет день дня суд ёлка ёлки "
        "кредит кредита банк банка "
        "банки Иванов Иванова covid19 the bridge bridges opened city cities 15 2026 ǆ İstanbul "
        "ß مدينة 北京 наи́более й"
    )
)
SIGNS = (
    "«{0} {1}»",
    '"{0} {1}"',
    "-{0}",
    "−«{0} {1}»",
    "{0}",
    "{0}",
    "{0}",
    "{0}{1}",
    "рубрика:Город",
    "за неделю",
    "{0}, {1}",
)
RUBRICS = ("Город", "Экономика")


async def fill(database: Database, chance: random.Random, count: int, **options: int) -> Searching:
    def text(most: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, most)))

    for number in range(count):
        content = factories.cut_text(text(5), lead=text(9), sections={text(3): text(40), "": text(300)})
        at = NOW - timedelta(hours=chance.randint(0, 200))
        await factories.article(
            database, content.title, content=content, at=at, rubric_name=RUBRICS[number % len(RUBRICS)]
        )
    searching = Searching(database, **options)
    await searching.catch_up()
    return searching


def question(chance: random.Random) -> str:
    pieces = [
        chance.choice(SIGNS).format(chance.choice(WORDS), chance.choice(WORDS)) for _ in range(chance.randint(1, 4))
    ]
    return " ".join(pieces)


async def answer(searching: Searching, text: str) -> Page | type[DigestError]:
    try:
        return await searching.find(Kept(text=text), NOW, limit=50)
    except DigestError as refusal:
        return type(refusal)


def described(page: Page) -> list[object]:
    """Return what is seen of a page; the two databases number their articles differently."""
    results = [(one.headline.title, one.headline.published_at, one.passage) for one in page.results]
    return [results, page.total, page.meant, page.unknown, page.nearest, page.elsewhere, page.has_words, page.newest]


@pytest.mark.postgres
async def test_phrases_of_very_common_words_are_looked_for_in_the_same_articles(
    both: tuple[Database, Database],
) -> None:
    one, other = [await fill(database, random.Random(7), 60, looked_at=12) for database in both]
    chance, bounded = random.Random(7), 0
    for _ in range(40):
        text = f"«{chance.choice(WORDS)} {chance.choice(WORDS)}»"
        here, there = await answer(one, text), await answer(other, text)
        assert isinstance(here, Page)
        assert isinstance(there, Page)
        assert described(here) == described(there), text
        bounded += bool(here.newest and here.results)
    assert bounded > 10


@pytest.mark.postgres
@pytest.mark.parametrize("seed", range(4))
async def test_both_engines_give_the_same_answers(both: tuple[Database, Database], seed: int) -> None:
    one, other = [await fill(database, random.Random(seed), 40) for database in both]
    chance, found = random.Random(seed), 0
    for _ in range(60):
        text = question(chance)
        here, there = await answer(one, text), await answer(other, text)
        if isinstance(here, Page) and isinstance(there, Page):
            found += len(here.results) > 1
            assert described(here) == described(there), text
        else:
            assert here == there, text
    assert found > 20

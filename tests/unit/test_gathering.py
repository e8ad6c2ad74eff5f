"""Articles are gathered into stories: by likeness to the nearest and to the first, within days, as editors say."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from digests.articles import ArticleId
from digests.gathering import Pair, Piece, gathered, pair
from digests.same_story import Rule, profile, shipped, signs

MORNING = datetime(2026, 11, 23, 6, tzinfo=UTC)
RULE = Rule(weights=(), nearest=0.6, core=0.35)


def piece(number: int, hours: float = 0) -> Piece:
    return Piece(ArticleId(number), MORNING + timedelta(hours=hours))


def stories(pieces: list[Piece], chances: dict[tuple[int, int], float], **said: dict[Pair, bool]) -> dict[int, int]:
    def chance(one: int, other: int) -> float:
        return chances.get((min(one, other), max(one, other)), 0.0)

    found = gathered(pieces, {}, chance, RULE, said.get("said"))
    return {int(article): int(story) for article, story in found.items()}


def test_two_outlets_on_one_event_are_one_story_named_by_the_first() -> None:
    assert stories([piece(5), piece(3, 1), piece(4, 2)], {(3, 5): 0.8}) == {5: 5, 3: 5, 4: 4}


def test_small_steps_do_not_lead_from_one_event_to_another() -> None:
    chain = {(1, 2): 0.7, (2, 3): 0.7, (3, 4): 0.7, (1, 3): 0.4}
    assert stories([piece(number, number) for number in range(1, 5)], chain) == {1: 1, 2: 1, 3: 1, 4: 4}


def test_a_story_goes_on_over_days_but_not_after_a_silence() -> None:
    alike = {(1, 2): 0.8, (1, 3): 0.8, (2, 3): 0.8, (3, 4): 0.8, (1, 4): 0.8, (2, 4): 0.8}
    days = [piece(1), piece(2, 70), piece(3, 140), piece(4, 240)]
    assert stories(days, alike) == {1: 1, 2: 1, 3: 1, 4: 4}


def test_of_two_stories_the_more_likely_is_joined() -> None:
    chances = {(1, 3): 0.7, (2, 3): 0.9}
    assert stories([piece(1), piece(2, 1), piece(3, 2)], chances)[3] == 2


def test_what_editors_say_outweighs_likeness() -> None:
    three = [piece(1), piece(2, 1), piece(3, 2)]
    said = {pair(ArticleId(1), ArticleId(2)): False, pair(ArticleId(3), ArticleId(1)): True}
    assert stories(three, {(1, 2): 0.99, (2, 3): 0.9}, said=said) == {1: 1, 2: 2, 3: 1}


NUMBERS = st.integers(1, 7)
CHANCES = st.dictionaries(st.tuples(NUMBERS, NUMBERS).filter(lambda two: two[0] < two[1]), st.floats(0, 1))
DECISIONS = st.dictionaries(st.tuples(NUMBERS, NUMBERS).filter(lambda two: two[0] < two[1]), st.booleans(), max_size=4)
PIECES = st.lists(st.builds(piece, NUMBERS, st.integers(0, 200)), unique_by=lambda one: one.id, min_size=1)


@given(PIECES.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))), CHANCES, DECISIONS)
def test_the_order_in_which_articles_are_looked_at_does_not_matter(
    orders: tuple[list[Piece], list[Piece]], chances: dict[tuple[int, int], float], said: dict[Pair, bool]
) -> None:
    found = stories(orders[0], chances, said=said)
    assert found == stories(orders[1], chances, said=said)
    first = {story: min((one for one in orders[0] if found[one.id] == story), key=lambda one: one.order) for story in
             found.values()}  # fmt: skip
    assert all(one.id == story for story, one in first.items())


@given(PIECES, CHANCES)
def test_every_member_is_near_another_and_like_the_first(
    pieces: list[Piece], chances: dict[tuple[int, int], float]
) -> None:
    found = stories(pieces, chances)
    at = {one.id: one for one in pieces}
    for number, story in found.items():
        if number == story:
            continue
        before = [one for one in pieces if found[one.id] == story and one.order < at[ArticleId(number)].order]
        assert any(chances.get(pair(ArticleId(number), one.id), 0) >= RULE.nearest for one in before)
        assert chances.get(pair(ArticleId(number), ArticleId(story)), 0) >= RULE.core


@given(PIECES, CHANCES)
def test_the_newest_article_changes_nothing_that_was_gathered_before(
    pieces: list[Piece], chances: dict[tuple[int, int], float]
) -> None:
    *rest, last = sorted(pieces, key=lambda one: one.order)
    before = stories(rest, chances)
    after = stories(pieces, chances)
    assert {number: story for number, story in after.items() if number != last.id} == before


BRIDGE = profile(
    "Мост на Садовой закроют до весны",
    "Движение по мосту на Садовой перекроют 1 декабря. Опоры моста устали, ремонт займёт четыре месяца, сообщила "
    "мэрия. Автобусы № 4 и № 17 поедут по Речной.",
)
SAME = profile(
    "Садовый мост перекроют на ремонт с 1 декабря",
    "В мэрии рассказали, что мост на Садовой закроют: его опоры нуждаются в ремонте, который займёт четыре месяца. "
    "Объезд организуют по Речной, по ней пойдут автобусы № 4 и № 17.",
)


def test_two_retellings_are_one_story_and_other_news_is_not() -> None:
    rule = shipped()
    assert rule.chance(BRIDGE, SAME) >= rule.nearest
    other = profile("Театр открывает сезон", "Премьера комедии Островского пройдёт в субботу, билеты разобрали за час.")
    assert rule.chance(BRIDGE, other) < rule.core / 2


def test_the_answer_is_the_same_both_ways() -> None:
    assert signs(BRIDGE, SAME) == signs(SAME, BRIDGE)


def test_pieces_of_a_series_are_no_story() -> None:
    text = "Днём ожидается до 3 градусов, ветер северный, без осадков, сообщает Гидрометцентр. В городе {} сухо."
    two = [profile(f"Погода в {city} на 24 ноября", text.format(city)) for city in ("Туле", "Твери")]
    assert shipped().chance(*two) == 0
    days = [profile(f"Курс доллара на {day} ноября", f"Курс доллара на {day} ноября составит 78 рублей.") for day in
            (24, 25)]  # fmt: skip
    assert shipped().chance(*days) == 0


@given(st.text(max_size=80), st.text(max_size=200), st.text(max_size=80), st.text(max_size=200))
def test_any_two_texts_get_a_chance(one: str, text: str, other: str, more: str) -> None:
    first, second = profile(one, text), profile(other, more)
    assert 0 <= shipped().chance(first, second) <= 1
    assert shipped().chance(first, second) == shipped().chance(second, first)
    assert all(0 <= value <= 1 for value in signs(first, second))

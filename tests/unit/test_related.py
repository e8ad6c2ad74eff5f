"""The index of similar articles: on made-up news, on random changes, and measured on real texts."""

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.articles import ArticleId
from digests.records import Records
from digests.related import THRESHOLD, RelatedIndex
from digests.terms import key_of
from digests.words import stems

DATA = Path(__file__).parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="real texts are not beside the project")

START = datetime(2026, 11, 1, tzinfo=UTC)
NEWS = {
    1: ("Ставка по ипотеке выросла", "Банк поднял ставку по ипотеке до 16 %. Заёмщики спешат подать заявки на кредит."),
    2: (
        "Ипотека для молодых семей продлена",
        "Льготную ставку по ипотеке сохранят. Банк ждёт заявки на кредит от семей.",
    ),
    3: ("Мост на Садовой закроют", "Мост на Садовой улице закрывают на ремонт. Автобусы пустят по Речной набережной."),
    4: (
        "Ремонт набережной на Речной",
        "Речную набережную закрывают на ремонт. Автобусы с моста на Садовой едут в объезд.",
    ),
    5: ("Хоккеисты выиграли кубок", "Команда забила пять шайб в финале. Болельщики встретили хоккеистов на вокзале."),
}


def index_of(*numbers: int) -> RelatedIndex:
    index = RelatedIndex()
    for number in numbers or NEWS:
        add(index, number, *NEWS[number])
    return index


def add(index: RelatedIndex, number: int, title: str, text: str, hours: int | None = None) -> None:
    index.add(ArticleId(number), title, text, START + timedelta(hours=number if hours is None else hours))


def listed(index: RelatedIndex, number: int, limit: int = 5) -> list[int]:
    return [found for found, _ in index.similar(ArticleId(number), limit)]


def test_articles_on_one_topic_find_one_another() -> None:
    index = index_of()
    assert listed(index, 1) == [2]
    assert listed(index, 2) == [1]
    assert listed(index, 3) == [4]


def test_unrelated_news_has_no_list() -> None:
    assert listed(index_of(), 5) == []


def test_an_article_is_never_similar_to_itself_and_scores_are_cosines() -> None:
    found = index_of().similar(ArticleId(1))
    assert all(number != 1 and THRESHOLD <= score <= 1 for number, score in found)


def test_an_unknown_or_empty_article_has_no_list_and_no_neighbours() -> None:
    index = index_of()
    add(index, 6, "", "")
    assert 6 in index
    assert 7 not in index
    for number in (6, 7):
        assert listed(index, number) == []
        assert index.neighbours(ArticleId(number)) == []


def test_a_removed_article_is_found_no_more() -> None:
    index = index_of()
    index.remove(ArticleId(2))
    index.remove(ArticleId(2))
    assert listed(index, 1) == []
    assert 2 not in index
    assert len(index) == len(NEWS) - 1


def test_adding_again_replaces() -> None:
    index = index_of()
    add(index, 2, *NEWS[5])
    assert len(index) == len(NEWS)
    assert listed(index, 1) == []
    assert listed(index, 5) == [2]


def test_reprints_of_one_text_are_listed_once() -> None:
    index = index_of(1, 2, 5)
    add(index, 6, NEWS[2][0], NEWS[2][1] + " Подробности позже.")
    assert listed(index, 1) == [2]
    index.remove(ArticleId(2))
    assert listed(index, 1) == [6]


def test_equal_articles_are_listed_newer_first_whatever_their_order() -> None:
    texts = {
        6: "Ставку по ипотеке подняли. Новосёлы ждут осени.",
        7: "Ставку по ипотеке подняли. Строители ждут весны.",
        8: "Ставку по ипотеке подняли. Риелторы ждут зимы.",
    }
    for order in permutations(texts):
        index = index_of(1, 5)
        for number in order:
            add(index, number, "Новости рынка", texts[number], hours=100 - number)
        assert listed(index, 1) == [6, 7, 8]


def test_neighbours_are_those_whose_lists_have_the_article() -> None:
    index = index_of()
    assert index.neighbours(ArticleId(2)) == [1]
    assert index.neighbours(ArticleId(5)) == []


def test_a_full_list_that_would_not_change_is_no_neighbour() -> None:
    index = index_of(3, 5)
    for number in range(10, 16):
        add(index, number, NEWS[1][0], f"{NEWS[1][1]} Обзор{number} рынка{number} вышел{number} вчера{number}.")
    add(index, 20, "Ипотека", "Банк рассказал про ипотеку, погоду, дачу, урожай, рыбалку, шахматы и театр.")
    near = [number for number, _ in index.nearest(ArticleId(20), 10)]
    assert 10 in near
    assert index.neighbours(ArticleId(20)) == []


def test_of_near_equals_the_newer_stands_first_but_a_better_one_stays_before_a_newer() -> None:
    index = index_of(1, 5)
    add(index, 6, "Рынок", "Ставку по ипотеке подняли. Новосёлы ждут осени, строители весны.", hours=0)
    add(index, 7, "Рынок", "Ставку по ипотеке подняли. Новосёлы ждут зимы, строители лета.", hours=24 * 90)
    add(index, 8, "Погода", "Ставку не подняли. Синоптики рассказали про снег, дождь, ветер и град.", hours=24 * 90)
    assert listed(index, 1)[:2] == [7, 6]


def test_an_article_that_is_not_held_is_compared_as_if_it_were() -> None:
    index, other = index_of(1, 3, 4, 5), index_of()
    assert [found for found, _ in index.similar_to(*NEWS[2])] == listed(other, 2)
    assert 2 not in index
    assert RelatedIndex().similar_to(*NEWS[2]) == []


def test_many_are_compared_at_once_as_two_are() -> None:
    index = index_of()
    for one in NEWS:
        for other, score in index.nearest(ArticleId(one), 10):
            assert index.likeness(ArticleId(one), other) == pytest.approx(score, abs=1e-4)


def test_what_two_articles_share_most_comes_first() -> None:
    shared = index_of().shared(ArticleId(1), ArticleId(2))
    assert {key_of(stem) for stem in stems("ставка ипотека банк заявки кредит")} == set(shared)
    assert shared[0] in {key_of(stem) for stem in stems("ставка ипотека")}


def test_the_oldest_are_dropped_beyond_capacity() -> None:
    index = RelatedIndex(capacity=3)
    for number in (4, 3, 2, 1, 5):
        add(index, number, *NEWS[number])
    assert [number for number in NEWS if number in index] == [3, 4, 5]


def test_very_long_texts_keep_their_heaviest_stems() -> None:
    index = index_of()
    noise = " ".join(f"слово{number}" for number in range(5_000))
    add(index, 6, "Ставка по ипотеке", f"Ипотека и ставка банка. {'Ипотека, ставка, кредит, заявки. ' * 20}{noise}")
    assert 6 in listed(index, 1)


CHANGES = st.lists(
    st.tuples(
        st.integers(1, 8), st.none() | st.lists(st.sampled_from(["мост", "кубок", "банк", "снег", "театр"]), max_size=6)
    ),
    max_size=30,
)


@settings(max_examples=60)
@given(CHANGES)
def test_any_history_of_changes_ends_in_the_same_answers(changes: list[tuple[int, list[str] | None]]) -> None:
    check_history(changes)


@settings(max_examples=100)
@given(CHANGES)
def test_nor_does_the_laying_out_of_a_large_index_change_answers(changes: list[tuple[int, list[str] | None]]) -> None:
    with pytest.MonkeyPatch.context() as patched:
        for name, value in (("_YOUNG", 3), ("_YOUNG_ASKED", 2), ("BLOCK", 8)):
            patched.setattr(f"digests.postings.{name}", value)
        patched.setattr("digests.related._DEAD", 4)
        patched.setattr("digests.related.Records", lambda: Records(spilled_from=100))
        check_history(changes)


def check_history(changes: list[tuple[int, list[str] | None]]) -> None:
    index = RelatedIndex()
    held: dict[int, str] = {}
    for number, words in changes:
        if words is None:
            index.remove(ArticleId(number))
            held.pop(number, None)
        else:
            held[number] = " ".join(words)
            add(index, number, "", held[number])
    fresh = RelatedIndex()
    for number in sorted(held):
        add(fresh, number, "", held[number])
    assert len(index) == len(held)
    for number in sorted(held):
        assert index.nearest(ArticleId(number), 8) == fresh.nearest(ArticleId(number), 8)
    for number in range(1, 9):
        assert index.similar(ArticleId(number)) == fresh.similar(ArticleId(number))
        assert index.neighbours(ArticleId(number)) == fresh.neighbours(ArticleId(number))


# Measured: nDCG@10 against plain TF-IDF cosine of stems with the title counted three times, on the same texts.

Gains = Sequence[Mapping[int, float]]


@needs_data
def test_topical_neighbours_of_wikinews_are_found_better_than_by_plain_tf_idf() -> None:
    rows = [row for row in read("nerel_wikinews.jsonl") if row.get("wikinews")]
    frequency = Counter(entity for row in rows for entity in set(row["wikidata"]))
    weight = {entity: math.log(len(rows) / count) for entity, count in frequency.items() if count <= 40}
    sets = [set(row["wikidata"]) & weight.keys() for row in rows]
    gains: list[dict[int, float]] = []
    for number, mine in enumerate(sets):
        sums = {
            other: sum(weight[one] for one in mine & theirs) for other, theirs in enumerate(sets) if other != number
        }
        gains.append({other: value / 6 for other, value in sums.items() if value >= 6})
    documents = [(row["title"], row["text"]) for row in rows]
    assert measured(indexed(documents), gains) >= measured(plain(documents), gains) + 1.5


@needs_data
def test_related_articles_of_a_handbook_are_found_better_than_by_plain_tf_idf() -> None:
    rows = read("doka_articles.jsonl")
    place = {row["id"]: number for number, row in enumerate(rows)}
    gains = [{place[other]: 1.0 for other in row["related"] if other in place} for row in rows]
    code = re.compile("```.*?```", re.DOTALL)
    documents = [(row["title"], f"{row['description']}\n{code.sub('', row['markdown'])}") for row in rows]
    assert measured(indexed(documents), gains, every=3) >= measured(plain(documents), gains, every=3) + 1


def read(name: str) -> list[dict[str, Any]]:
    """Rows as the file has them. Any: the shape is JSON's own."""
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def measured(ranking: Callable[[int], list[int]], gains: Gains, every: int = 1) -> float:
    """Mean nDCG@10 over (every so many of) the articles that have any related one, times 100."""
    asked = [number for number, gain in enumerate(gains) if gain][::every]
    return 100 * sum(ndcg(ranking(number), gains[number]) for number in asked) / len(asked)


def ndcg(ranked: Sequence[int], gain: Mapping[int, float]) -> float:
    def discounted(values: Sequence[float]) -> float:
        return sum(value / math.log2(place + 2) for place, value in enumerate(values[:10]))

    return discounted([gain.get(number, 0) for number in ranked]) / discounted(sorted(gain.values(), reverse=True))


def indexed(documents: Sequence[tuple[str, str]]) -> Callable[[int], list[int]]:
    index = RelatedIndex()
    for number, (title, text) in enumerate(documents):
        add(index, number, title, text)
    return lambda number: [found for found, _ in index.nearest(ArticleId(number), 10)]


def plain(documents: Sequence[tuple[str, str]]) -> Callable[[int], list[int]]:
    counts = [Counter(stems(f"{title}\n{title}\n{title}\n{text}")) for title, text in documents]
    frequency = Counter(stem for count in counts for stem in count)
    vectors, postings = [], defaultdict(list)
    for number, count in enumerate(counts):
        raw = {stem: (1 + math.log(n)) * math.log(len(documents) / frequency[stem]) for stem, n in count.items()}
        length = math.hypot(*raw.values())
        vectors.append({stem: value / length for stem, value in raw.items()})
        for stem, value in vectors[-1].items():
            postings[stem].append((number, value))

    def ranking(number: int) -> list[int]:
        sums: dict[int, float] = defaultdict(float)
        for stem, value in vectors[number].items():
            for other, theirs in postings[stem]:
                sums[other] += value * theirs
        return sorted(sums.keys() - {number}, key=lambda other: (-sums[other], other))[:10]

    return ranking

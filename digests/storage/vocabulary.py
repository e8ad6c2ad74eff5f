"""The words that occur in published articles, and in how many of them each stem does."""

import json
from collections.abc import Collection, Mapping

from sqlalchemy import func, literal_column, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.storage.schema_search import search_stems, search_words

# What a parameter that holds many values is read with: a list, or the names and values of an object.
_LISTED = {"sqlite": "json_each(:{0})", "postgresql": "json_array_elements_text(cast(cast(:{0} as text) as json))"}
_PAIRED = {"sqlite": "json_each(:{0})", "postgresql": "json_each_text(cast(cast(:{0} as text) as json))"}


async def counts(connection: AsyncConnection, stems: Collection[str]) -> dict[str, int]:
    """Return in how many articles each of the stems occurs; those that occur nowhere are left out.

    The stems may be thousands.
    """
    listed = _LISTED[connection.dialect.name].format("stems")
    statement = text(
        f"select stem, articles from search_stems where stem in (select value from {listed} as given)"  # noqa: S608  our own
    )
    rows = await connection.execute(statement, {"stems": _json(sorted(stems))})
    return {row.stem: row.articles for row in rows}


async def known(connection: AsyncConnection, words: Collection[str]) -> dict[str, tuple[str, int]]:
    """Return those of the words that occur, each with its stem and in how many articles that does.

    The words may be thousands.
    """
    listed = _LISTED[connection.dialect.name].format("words")
    statement = text(
        f"select w.word, w.stem, s.articles from search_words w join search_stems s on s.stem = w.stem"  # noqa: S608  our own
        f" where w.word in (select value from {listed} as given)"
    )
    rows = await connection.execute(statement, {"words": _json(sorted(words))})
    return {row.word: (row.stem, row.articles) for row in rows}


async def of_stems(connection: AsyncConnection, stems: Collection[str]) -> dict[str, tuple[str, int]]:
    """Return the words of some stems, the shortest first, as `known` does."""
    word = search_words.c.word
    statement = (
        select(word, search_words.c.stem, search_stems.c.articles)
        .join(search_stems, search_stems.c.stem == search_words.c.stem)
        .where(search_words.c.stem.in_(stems))
        .order_by(func.length(word), word)
    )
    return {row.word: (row.stem, row.articles) for row in await connection.execute(statement)}


async def beginning(connection: AsyncConnection, head: str, limit: int) -> dict[str, tuple[str, int]]:
    """Return the words of the commonest stems that begin so; when none does, the commonest words. As `known` does.

    Many words begin with a short head, and their stems are fewer and hold their own counts.
    """
    stem, word, end = search_stems.c.stem, search_words.c.word, head + chr(0x10FFFF)
    commonest_first = search_stems.c.articles.desc()
    statement = select(stem).where(stem >= head, stem < end).order_by(commonest_first, stem).limit(limit)
    stems = list((await connection.execute(statement)).scalars())
    if stems:
        return await of_stems(connection, stems)
    words = (
        select(word, search_words.c.stem, search_stems.c.articles)
        .join(search_stems, search_stems.c.stem == search_words.c.stem)
        .where(word >= head, word < end)
        .order_by(commonest_first, word)
        .limit(limit)
    )
    return {row.word: (row.stem, row.articles) for row in await connection.execute(words)}


async def commonest(connection: AsyncConnection, letter: str, limit: int) -> dict[str, int]:
    """Return the stems of the most articles that begin with a letter, and how many those are."""
    stem, articles = search_stems.c.stem, search_stems.c.articles
    # As the index spells it: with parameters in their places neither planner would know it again.
    head = func.substr(stem, literal_column("1"), literal_column("1"))
    statement = select(stem, articles).where(head == letter).order_by(articles.desc(), stem).limit(limit)
    return {row.stem: row.articles for row in await connection.execute(statement)}


async def take_in(connection: AsyncConnection, stems: Mapping[str, int], words: Mapping[str, str]) -> None:
    """Count in how many articles more each stem occurs, and keep the words with their stems.

    Rows are touched in one order, so that two programs never wait for each other in a ring.
    """
    paired = _PAIRED[connection.dialect.name]
    counting = text(
        "insert into search_stems (stem, articles)"  # noqa: S608  our own fragments
        f" select key, cast(value as integer) from {paired.format('stems')} as given where true order by key"
        " on conflict (stem) do update set articles = search_stems.articles + excluded.articles"
    )
    await connection.execute(counting, {"stems": _json(stems)})
    keeping = text(
        "insert into search_words (word, stem)"  # noqa: S608  our own fragments
        f" select key, value from {paired.format('words')} as given where true order by key"
        " on conflict (word) do update set stem = excluded.stem where search_words.stem <> excluded.stem"
    )
    await connection.execute(keeping, {"words": _json(words)})


async def let_go(connection: AsyncConnection, stems: Mapping[str, int]) -> None:
    """Count in how many articles fewer each stem occurs; those that occur nowhere now go, with their words."""
    await take_in(connection, {stem: -count for stem, count in stems.items()}, {})
    given = {"stems": _json(sorted(stems))}
    listed = _LISTED[connection.dialect.name].format("stems")
    among = f"articles <= 0 and stem in (select value from {listed} as given)"  # noqa: S608  our own fragments
    for statement in (
        f"delete from search_words where stem in (select stem from search_stems where {among})",  # noqa: S608  ours
        f"delete from search_stems where {among}",  # noqa: S608  our own fragments
    ):
        await connection.execute(text(statement), given)


def _json(values: Mapping[str, int] | Mapping[str, str] | list[str]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True)

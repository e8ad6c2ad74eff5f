"""The words that occur in published articles, and in how many of them each stem does."""

import json
from collections.abc import Collection, Mapping

from sqlalchemy import func, select, text
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


async def of_stem(connection: AsyncConnection, stem: str, limit: int = 5) -> dict[str, tuple[str, int]]:
    """Return words of a stem, the shortest first, as `known` does."""
    word = search_words.c.word
    statement = (
        select(word, search_words.c.stem, search_stems.c.articles)
        .join(search_stems, search_stems.c.stem == search_words.c.stem)
        .where(search_words.c.stem == stem)
        .order_by(func.length(word), word)
        .limit(limit)
    )
    return {row.word: (row.stem, row.articles) for row in await connection.execute(statement)}


async def beginning(connection: AsyncConnection, head: str, limit: int) -> dict[str, tuple[str, int]]:
    """Return words that begin so, those of the most articles first, as `known` does."""
    word = search_words.c.word
    statement = (
        select(word, search_words.c.stem, search_stems.c.articles)
        .join(search_stems, search_stems.c.stem == search_words.c.stem)
        .where(word >= head, word < head + chr(0x10FFFF))
        .order_by(search_stems.c.articles.desc(), word)
        .limit(limit)
    )
    return {row.word: (row.stem, row.articles) for row in await connection.execute(statement)}


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

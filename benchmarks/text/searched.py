"""A large archive that is searched: entered straight into the tables, for stemming all of it would take an hour."""

import random
from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from benchmarks.text.archive import Piece
from digests.articles import Draft, Section, TitleOrigin
from digests.blocks import paragraph
from digests.entries import MARK, VERSION, Entry
from digests.rubrics import RubricId
from digests.storage import articles, rubrics, schema, search_engines
from digests.storage.engine import Database
from digests.storage.schema_search import search_articles, search_stems, search_words
from digests.words import stem_each, tokens

RUBRICS = ("City", "Business", "Culture", "Sport", "Science", "World")
FIRST_S, APART_S = 1_700_000_000, 900
_BATCH = 1_000
_LEAD, _PARAGRAPH = 2, 4  # sentences
_VECTORS = "ix_search_index_vector"

Values = dict[str, Any]  # Any: the values of a statement are of all sorts


class Stemmer:
    """Stems pieces a hundred times faster than their texts, for their sentences come again and again."""

    def __init__(self) -> None:
        self.words: dict[str, str] = {}
        self._known: dict[str, str] = {}

    def entry(self, piece: Piece) -> Entry:
        """Return the piece as the search sees it."""
        title, lead, *rest = (
            " ".join(f"{self._of(sentence)} {self._of(name)}" for sentence, name in part) + f" {MARK}"
            for part in parts(piece)
        )
        body = " ".join(rest)
        held = frozenset(f"{title} {lead} {body}".split())
        return Entry(title=title, lead=lead, body=body, stems=held, words={}, is_long=False)

    def _of(self, sentence: str) -> str:
        if sentence not in self._known:
            found = tokens(sentence)
            stems = stem_each(found)
            self.words.update((word, stem) for word, stem in zip(found, stems, strict=True) if word.isalpha())
            self._known[sentence] = " ".join(stems)
        return self._known[sentence]


def parts(piece: Piece) -> list[list[tuple[str, str]]]:
    """Return the title, the lead and the paragraphs: sentences, each with a name of the story or of its own."""
    told = [(sentence, piece.names[at % len(piece.names)]) for at, sentence in enumerate(piece.sentences)]
    rest = [told[at : at + _PARAGRAPH] for at in range(1 + _LEAD, len(told), _PARAGRAPH)]
    return [told[:1], told[1 : 1 + _LEAD], *rest]


def draft(piece: Piece) -> Draft:
    """Return the piece as an article."""
    title, lead, *rest = (
        " ".join(f"{sentence} {name.capitalize()}." for sentence, name in part) for part in parts(piece)
    )
    return Draft(
        title=title,
        title_origin=TitleOrigin.TEXT,
        lead=(paragraph(lead),),
        sections=(Section(blocks=tuple(map(paragraph, rest))),),
        removed=(),
        source_links=(),
    )


async def fill(database: Database, archive: Sequence[Piece], unsearched: int = 0) -> None:
    """Publish the archive, a quarter of an hour apart; the index is left without the newest `unsearched`."""
    stemmer, holding, chance = Stemmer(), Counter[str](), random.Random(4)
    async with database.write() as connection:
        under = [(await rubrics.add(connection, name, "")).id for name in RUBRICS]
        again = await _index_dropped(connection)
    made = [(number, chance.choice(under), piece) for number, piece in enumerate(archive, 1)]
    for start in range(0, len(made), _BATCH):
        batch = made[start : start + _BATCH]
        entries = [(number, rubric, stemmer.entry(piece)) for number, rubric, piece in batch]
        entries = [one for one in entries if one[0] <= len(archive) - unsearched]
        async with database.write() as connection:
            await connection.execute(insert(schema.articles), [_article(*one) for one in batch])
            await _put(connection, entries)
        for *_, entry in entries:
            holding.update(entry.stems)
    words = [{"word": word, "stem": stem} for word, stem in stemmer.words.items() if stem in holding]
    async with database.write() as connection:
        await connection.execute(insert(search_stems), [{"stem": one, "articles": n} for one, n in holding.items()])
        await connection.execute(insert(search_words), words)
        for statement in again:
            await connection.exec_driver_sql(statement)


async def _index_dropped(connection: AsyncConnection) -> list[str]:
    """Drop what PostgreSQL makes much faster of all vectors at once; return what makes it, and the statistics."""
    if connection.dialect.name != "postgresql":
        return []
    made = text("select indexdef from pg_indexes where indexname = :name")
    again = str((await connection.execute(made, {"name": _VECTORS})).scalar_one())
    await connection.exec_driver_sql(f"drop index {_VECTORS}")
    return [again, "analyze"]


async def _put(connection: AsyncConnection, entries: Sequence[tuple[int, RubricId, Entry]]) -> None:
    if not entries:
        return
    await connection.execute(insert(search_articles), [_searched(*one) for one in entries])
    if connection.dialect.name == "postgresql":
        statement = text(
            "insert into search_index (article_id, vector) values (:article, cast(cast(:vector as text) as tsvector))"
        )
        vectors = [(number, search_engines.vector(entry, rubric)) for number, rubric, entry in entries]
        await connection.execute(statement, [{"article": number, "vector": one} for number, one in vectors])


def _article(number: int, rubric: RubricId, piece: Piece) -> Values:
    at = FIRST_S + APART_S * number
    return {
        **articles.content_values(draft(piece)),
        "id": number,
        "state": "published",
        "rubric_id": rubric,
        "author_id": 1,
        "created_at": at,
        "updated_at": at,
        "published_at": at,
    }


def _searched(number: int, rubric: RubricId, entry: Entry) -> Values:
    return {
        "article_id": number,
        "revision": 1,
        "version": VERSION,
        "rubric_id": rubric,
        "published_at": FIRST_S + APART_S * number,
        "is_long": 0,
        "filed": search_engines.filed(entry, rubric),
        "title": entry.title,
        "lead": entry.lead,
        "body": entry.body,
    }

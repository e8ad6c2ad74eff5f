"""Service: what is known of a text's lines when it is cut, and what is learnt from the text once it is stored."""

import asyncio
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from digests import sections
from digests.articles import ArticleId
from digests.blocks import Block, squeezed
from digests.collecting import Part, joined_order
from digests.errors import TextTooLong
from digests.labels import Basis, Guide, Label, line_key, lines_of
from digests.rules import Source
from digests.sections import Cut, filled
from digests.sightings import Sightings, sight_of, text_key_of
from digests.sources import paste
from digests.storage import lines, rules
from digests.storage.engine import Database

Corrections = dict[str, Label]


async def blocks_of(pieces: Sequence[Part]) -> tuple[Block, ...]:
    """Return what the parts make together, in the order in which they were sent; a thread does the work."""
    raw = [part.blocks for part in joined_order(pieces)]
    return await asyncio.to_thread(lambda: paste.paragraphs(paste.join(raw)))


def check_length(pieces: Sequence[Part]) -> None:
    """Raise TextTooLong for what is surely too long, before it is cut, which takes many milliseconds."""
    characters = sum(len(squeezed(block.text)) for part in pieces for block in part.blocks)
    if characters > sections.ARTICLE_LIMIT:
        raise TextTooLong(characters, sections.ARTICLE_LIMIT)


async def cut(database: Database, pieces: Sequence[Part], source: Source, article: ArticleId | None = None) -> Cut:
    """Cut the parts of an article, or of one that is none yet, by all that is known by now of it and its source.

    Raises EmptyText, NoLetters or TextTooLong.
    """
    blocks = await blocks_of(pieces)
    async with database.read() as connection:
        sights = await lines.sights(connection, [source.key], besides=article)
        guide = Guide(
            rules=await rules.labels(connection, source.key),
            repeated=Sightings(sights[source.key]).repeated(text_key_of(blocks)),
            corrections={} if article is None else await lines.corrections(connection, article),
            is_exact=source.is_exact,
        )
    return await asyncio.to_thread(sections.cut_by, blocks, guide)


async def guide_then(connection: AsyncConnection, blocks: Sequence[Block], source: Source, article: ArticleId) -> Guide:
    """Return what was known when an article was last cut: what its source taught since is for the next ones."""
    keys = dict(zip(lines_of(filled(blocks)), filled(blocks), strict=True))
    noted = [(mark, keys[mark.line].text) for mark in await lines.noted(connection, article) if mark.line in keys]
    return Guide(
        rules={
            line_key(text, is_exact=source.is_exact): mark.label for mark, text in noted if mark.basis is Basis.RULE
        },
        repeated=frozenset(line_key(text, is_exact=True) for mark, text in noted if mark.is_repeated),
        corrections=await lines.corrections(connection, article),
        is_exact=source.is_exact,
    )


async def keep(connection: AsyncConnection, article: ArticleId, source: Source, found: Cut) -> None:
    """Store, with an article that was cut, what its lines were taken for and what they say of its source."""
    ruled = [mark for mark in found.marks if mark.basis is Basis.RULE]
    before = {mark.line for mark in await lines.noted(connection, article) if mark.basis is Basis.RULE}
    new = {line_key(mark.block.text, is_exact=source.is_exact) for mark in ruled if mark.line not in before}
    await rules.used(connection, source.key, dict.fromkeys(new, 1))
    await lines.note(connection, article, [mark for mark in found.marks if mark.is_notable])
    await lines.sight(connection, source.key, article, sight_of([mark.block for mark in found.marks]))

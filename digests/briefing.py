"""Service: gives articles that were published before there were briefs theirs, when an edition shows them."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from digests.articles import Article, ArticleId
from digests.editions import Edition
from digests.storage import articles, briefs
from digests.storage.engine import Database
from digests.summaries import Told, summary


async def briefed(database: Database, edition: Edition) -> Edition:
    """Return the edition with a brief for every article; those made now are stored."""
    missing = [headline.id for part in edition.parts for headline in part.headlines if not headline.brief]
    if not missing:
        return edition
    async with database.read() as connection:
        found = await articles.published_among(connection, missing)
    made = await asyncio.to_thread(_made, found)
    async with database.write() as connection:
        await briefs.add_missing(connection, made)
    parts = [
        replace(part, headlines=tuple(replace(one, brief=one.brief or made.get(one.id, "")) for one in part.headlines))
        for part in edition.parts
    ]
    return replace(edition, parts=tuple(parts))


def _made(found: Sequence[Article]) -> dict[ArticleId, str]:
    return {one.id: summary(Told(one.title, one.lead, one.sections)).brief for one in found}

"""Stories as an edition tells them: which article stands for each, and the lines that are best across all of them."""

import asyncio
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import Article, ArticleId, Headline
from digests.composing import standing
from digests.rubrics import Choice
from digests.shelving import text_of
from digests.storage import articles, stories
from digests.summaries import Summary, Told, summary

OPENING = 60  # characters by which the article is known that a line is from; its end may be trimmed
RETOLD = 5  # articles of a story whose sentences are weighed: the one that stands for it and those next to it

Ids = tuple[ArticleId, ...]
Lines = MutableMapping[
    Ids, tuple[Summary, ArticleId]
]  # by the articles that they are from, and which of these has them


@dataclass(frozen=True, slots=True)
class Plots:
    """News story by story, the most complete of each first; which story the news tell with others, and which of
    these stories began before all of the news on them."""

    stories: Sequence[Sequence[Headline]]
    told: Mapping[ArticleId, ArticleId]
    continued: frozenset[ArticleId]

    @property
    def key(self) -> str:
        """What is equal if and only if the same news are told as the same stories."""
        told = ",".join(f"{article}={story}" for article, story in sorted(self.told.items()))
        return f"{told}|" + ",".join(map(str, sorted(self.continued)))


@dataclass(frozen=True, slots=True)
class Retold:
    """One headline for each story, in its best words, and the articles that it stands for."""

    headlines: Sequence[Headline]
    behind: Mapping[ArticleId, tuple[ArticleId, ...]]


async def plots(connection: AsyncConnection, choice: Choice, news: Sequence[Headline]) -> Plots:
    """Return the stories that news tell; earlier articles count if they are of the chosen rubrics."""
    told = await stories.of(connection, [one.id for one in news]) if news else {}
    began = await stories.began(connection, set(told.values()), choice) if told else {}
    first: dict[ArticleId, datetime] = {}
    for headline in news:
        if headline.id in told:
            story = told[headline.id]
            first[story] = min(first.get(story, headline.published_at), headline.published_at)
    continued = frozenset(story for story, moment in began.items() if moment < first[story])
    return Plots(standing(news, told), told, continued)


async def retold(connection: AsyncConnection, found: Plots, known: Lines) -> Retold:
    """Return the headlines of an edition; `known` are lines of this hour that need not be chosen again."""
    wanted = {_weighed(story) for story in found.stories if len(story) > 1}
    missing = [ids for ids in wanted if ids not in known]
    if missing:
        texts = {
            one.id: one for one in await articles.among(connection, sorted({one for ids in missing for one in ids}))
        }
        known.update(await asyncio.to_thread(_chosen, missing, texts))
    headlines, behind = [], {}
    for story in found.stories:
        first, *others = _told_by(story, known)
        headlines.append(replace(first, continues=found.told.get(first.id) in found.continued))
        if others:
            behind[first.id] = tuple(one.id for one in others)
    return Retold(headlines, behind)


def _weighed(story: Sequence[Headline]) -> Ids:
    return tuple(headline.id for headline in story[:RETOLD])


def _told_by(story: Sequence[Headline], known: Lines) -> list[Headline]:
    """Return the headlines of a story, the one first that has its best lines, so that they stand below their title."""
    if len(story) == 1:
        return list(story)
    line, holder = known[_weighed(story)]
    first = next(one for one in story if one.id == holder)
    told = replace(first, summary=line.sentence, brief=line.brief)
    return [told, *(one for one in story if one.id != holder)]


def _chosen(wanted: Sequence[Ids], texts: Mapping[ArticleId, Article]) -> dict[Ids, tuple[Summary, ArticleId]]:
    return {ids: _best([texts[one] for one in ids]) for ids in wanted}


def _best(several: Sequence[Article]) -> tuple[Summary, ArticleId]:
    """Return what is best said of a story, and in which of its articles; the first if it is none's very words."""
    line = summary(*map(_told, several))
    opening = _flat(line.brief)[:OPENING]
    holder = next((one for one in several if opening in _flat(text_of(one))), several[0])
    return line, holder.id


def _flat(text: str) -> str:
    return " ".join(text.split())


def _told(article: Article) -> Told:
    return Told(article.title, article.lead, article.sections)

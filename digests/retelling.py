"""Stories as an edition tells them: which article stands for each, and the lines that are best across all of them."""

import asyncio
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import Article, ArticleId, Headline
from digests.composing import standing
from digests.rubrics import Choice
from digests.storage import articles, stories
from digests.summaries import Summary, Told, summary

RETOLD = 5  # articles of a story whose sentences are weighed: the one that stands for it and those next to it

Lines = MutableMapping[tuple[ArticleId, ...], Summary]  # by the articles that they were chosen from


@dataclass(frozen=True, slots=True)
class Plots:
    """News story by story, the article that stands for each first; which story the news tell with others, and which of
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
    headlines = [_headline(story, found, known) for story in found.stories]
    behind = {story[0].id: tuple(one.id for one in story[1:]) for story in found.stories if len(story) > 1}
    return Retold(headlines, behind)


def _weighed(story: Sequence[Headline]) -> tuple[ArticleId, ...]:
    return tuple(headline.id for headline in story[:RETOLD])


def _chosen(
    wanted: Sequence[tuple[ArticleId, ...]], texts: Mapping[ArticleId, Article]
) -> dict[tuple[ArticleId, ...], Summary]:
    return {ids: summary(*(_told(texts[one]) for one in ids if one in texts)) for ids in wanted}


def _told(article: Article) -> Told:
    return Told(article.title, article.lead, article.sections)


def _headline(story: Sequence[Headline], found: Plots, known: Lines) -> Headline:
    first = replace(story[0], continues=found.told.get(story[0].id) in found.continued)
    if len(story) == 1:
        return first
    line = known[_weighed(story)]
    return replace(first, summary=line.sentence, brief=line.brief)

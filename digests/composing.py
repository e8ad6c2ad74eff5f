"""What an edition consists of: articles by rubric, and the main stories of the day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from digests.articles import ArticleId, Headline
from digests.clipping import clipped
from digests.editions import RubricPart, Story
from digests.rubrics import Rubric
from digests.words import topical_stems

MAX_STORIES = 5
STORIES_LIMIT = 900  # characters of all stories, so that the cover fits a message with its counts and buttons
STORY_LIMIT = 256  # characters of one, as long as a title may be
# Stems shared by two sentences or titles on one event: three, and half of the shorter one's. Of pairs from the news
# of May 2020 this finds 68 % of those on one event and 0.1 % of the others.
SAME_STEMS, SAME_SHARE = 3, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """An edition before it is stored: parts in reading order and the stories of its cover."""

    parts: tuple[RubricPart, ...]
    stories: tuple[Story, ...]


def compose(headlines: Sequence[Headline], rubrics: Sequence[Rubric], max_stories: int = MAX_STORIES) -> Composition:
    """Return the composition of the headlines that belong to the rubrics, each once, in the order of the rubrics.

    Newest first within a rubric; empty rubrics are left out. The stories begin with the main one of each rubric. The
    same headlines give the same composition, whatever their order.
    """
    unique = {headline.id: headline for headline in headlines}.values()
    parts = []
    for rubric in dict.fromkeys(rubrics):
        filed = [headline for headline in unique if headline.rubric_id == rubric.id]
        if filed:
            filed.sort(key=lambda headline: (headline.published_at, headline.id), reverse=True)
            parts.append(RubricPart(rubric=rubric, headlines=tuple(filed)))
    return Composition(parts=tuple(parts), stories=tuple(_stories(parts, max_stories)))


def standing(headlines: Iterable[Headline], told: Mapping[ArticleId, ArticleId]) -> list[list[Headline]]:
    """Return the headlines story by story: first the most complete one, of equals the newest, which stands for it.

    `told` says which story an article tells, if others tell it too.
    """
    stories: dict[ArticleId, list[Headline]] = {}
    for headline in headlines:
        stories.setdefault(told.get(headline.id, headline.id), []).append(headline)
    return [sorted(found, key=_importance, reverse=True) for found in stories.values()]


def _stories(parts: Iterable[RubricPart], max_stories: int) -> Iterator[Story]:
    """Yield the main stories, no two of them alike, together no longer than STORIES_LIMIT."""
    told: set[str] = set()
    topics: list[frozenset[str]] = []
    left = STORIES_LIMIT
    for headline in _by_importance(parts):
        sentence = clipped(headline.summary or headline.title, STORY_LIMIT)
        about = [frozenset(topical_stems(text)) for text in (headline.title, sentence)]
        if not sentence or sentence in told or len(sentence) > left or _any_same(about, topics):
            continue
        if len(told) == max_stories:
            return
        told.add(sentence)
        topics += about
        left -= len(sentence)
        yield Story(article_id=headline.id, sentence=sentence)


def _by_importance(parts: Iterable[RubricPart]) -> Iterator[Headline]:
    """Yield the first of each rubric, then the second of each, and so on: longer ones first, then later ones."""
    ranked = [sorted(part.headlines, key=_importance, reverse=True) for part in parts]
    for place in range(max(map(len, ranked), default=0)):
        yield from sorted((row[place] for row in ranked if place < len(row)), key=_importance, reverse=True)


def _importance(headline: Headline) -> tuple[int, float, int]:
    return headline.minutes, headline.published_at.timestamp(), headline.id


def _any_same(about: Iterable[frozenset[str]], topics: Sequence[frozenset[str]]) -> bool:
    return any(_same(one, other) for one in about for other in topics)


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    return bool(one) and (one == other or (shared >= SAME_STEMS and shared >= SAME_SHARE * min(len(one), len(other))))

"""Gathering articles into stories, in the order in which they were published."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from digests.articles import ArticleId
from digests.same_story import Rule

WINDOW = timedelta(days=3)  # an article continues a story whose last article near it is no older

Pair = tuple[ArticleId, ArticleId]  # the lesser id first
Chance = Callable[[ArticleId, ArticleId], float]  # the same both ways


@dataclass(frozen=True, slots=True)
class Piece:
    """A published article, as far as its place in a story depends on it."""

    id: ArticleId
    published_at: datetime

    @property
    def order(self) -> tuple[datetime, ArticleId]:
        """What articles are put in order by."""
        return self.published_at, self.id


def pair(one: ArticleId, other: ArticleId) -> Pair:
    """Return two articles as decisions name them."""
    return (one, other) if one < other else (other, one)


def gathered(
    pieces: Collection[Piece],
    held: Mapping[ArticleId, ArticleId],
    chance: Chance,
    rule: Rule,
    decided: Mapping[Pair, bool] | None = None,
) -> dict[ArticleId, ArticleId]:
    """Return the story of each article, named by its first article; an article by itself is a story of one.

    An article joins the story of an earlier one, not older than WINDOW, that it is most alike, if it is also enough
    like the story's first article: else a chain of small steps would lead from one event to another. What editors
    decided of two articles (True: one story, False: two) comes before likeness, and True before False. Those in `held`
    stay where they are. The answer does not depend on the order of `pieces`.
    """
    stories: dict[ArticleId, list[Piece]] = {}
    places: dict[ArticleId, ArticleId] = {}
    for piece in sorted(pieces, key=lambda one: one.order):
        story = held.get(piece.id) if piece.id in held else _joined(piece, stories, chance, rule, decided or {})
        place = piece.id if story is None else story
        stories.setdefault(place, []).append(piece)
        places[piece.id] = place
    return {article: stories[place][0].id for article, place in places.items()}


def _joined(
    piece: Piece,
    stories: Mapping[ArticleId, Sequence[Piece]],
    chance: Chance,
    rule: Rule,
    decided: Mapping[Pair, bool],
) -> ArticleId | None:
    """Return the name of the story that an article joins; of equals the earlier."""
    best, found = (0.0, 0.0), None
    for name, members in stories.items():
        said = {decided.get(pair(piece.id, member.id)) for member in members}
        if True in said:
            worth = (2.0, 0.0)
        elif False in said:
            continue
        else:
            worth = _worth(piece, members, chance, rule)
        if worth > best:
            best, found = worth, name
    return found


def _worth(piece: Piece, members: Sequence[Piece], chance: Chance, rule: Rule) -> tuple[float, float]:
    """Return how likely an article belongs to a story's nearest and to its first article; nothing if not enough."""
    since = piece.published_at - WINDOW
    nearest = max((chance(piece.id, one.id) for one in members if one.published_at >= since), default=0.0)
    if nearest < rule.nearest:
        return 0.0, 0.0
    core = chance(piece.id, members[0].id)
    return (nearest, core) if core >= rule.core else (0.0, 0.0)

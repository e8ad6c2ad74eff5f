"""What the tour holds the bot to: claims that must be true, and texts that must add up."""

from collections.abc import Sequence
from dataclasses import dataclass

from digests.articles import Article, TitleOrigin
from digests.blocks import squeezed

# Isolates keep right-to-left titles from turning the lines around them; no one typed them (Unicode UAX 9).
ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


class Unmet(Exception):
    """A claim of the tour did not hold; the message says what was seen instead."""


def require(holds: bool, why: str) -> None:
    """Raise Unmet with the reason unless the claim holds."""
    if not holds:
        raise Unmet(why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """What was handed in for an article that is now published."""

    title: str
    rubric: str
    given: str  # as it was typed
    removed: tuple[str, ...]
    is_title_given: bool  # the title is a line of what was typed, and not made of its first words

    @classmethod
    def of(cls, article: Article, rubric: str, given: str) -> "Manuscript":
        """Return what there is to compare a published article with."""
        return cls(
            title=article.title,
            rubric=rubric,
            given=given,
            removed=tuple(removed.block.text for removed in article.removed),
            is_title_given=article.title_origin is TitleOrigin.TEXT,
        )

    def is_read_as(self, body: str) -> bool:
        """Return whether title, text read and what was removed make up what was typed, white space aside."""
        title = self.title if self.is_title_given else ""
        return adds_up(bare(self.given), bare(title + body), [bare(piece) for piece in self.removed])


def adds_up(given: str, shown: str, removed: Sequence[str]) -> bool:
    """Return whether `given` is `shown` with the removed pieces put in somewhere, in their order."""
    if not removed:
        return given == shown
    first, rest = removed[0], removed[1:]
    at = given.find(first)
    while at >= 0 and given[:at] == shown[:at]:
        if adds_up(given[at + len(first) :], shown[at:], rest):
            return True
        at = given.find(first, at + 1)
    return False


def bare(text: str) -> str:
    """Return the text without white space and without signs that only steer its direction."""
    return squeezed(text.translate(ISOLATES))

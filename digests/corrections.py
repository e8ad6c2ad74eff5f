"""Corrections: an editor says what was wrong in an article, and those who were sent the wrong text are told once."""

from digests.articles import Article, ArticleId, ArticleState, UserId
from digests.clock import Clock
from digests.errors import ArticleMissing, CorrectionEmpty, CorrectionTooLong
from digests.storage import articles, corrections
from digests.storage.engine import Database
from digests.storage.texts import storable
from digests.words import has_letters

TEXT_LIMIT = 200  # characters: a sentence


class Corrections:
    """Takes corrections of fact; planning puts them at the head of digests."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def announce(self, article: ArticleId, text: str, author: UserId) -> Article:
        """Let the next digest of everyone who was sent the article before its last change say what was wrong.

        Raises CorrectionEmpty, CorrectionTooLong, and ArticleMissing for an article that readers cannot open.
        """
        sentence = " ".join(storable(text).split())
        if not has_letters(sentence):
            raise CorrectionEmpty
        if len(sentence) > TEXT_LIMIT:
            raise CorrectionTooLong(len(sentence), TEXT_LIMIT)
        async with self._database.write() as connection:
            found = await articles.find(connection, article)
            if found is None or found.state is not ArticleState.PUBLISHED:
                raise ArticleMissing
            await corrections.add(connection, found, sentence, author, self._clock.now())
        return found

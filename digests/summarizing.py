"""Who sums articles up: their own sentences, or a service that the operator chose, within bounds."""

import asyncio
import hashlib
import logging
from collections import OrderedDict, defaultdict
from collections.abc import Awaitable, Callable
from typing import Protocol

from digests import summaries
from digests.answers import Rejected, checked, text_of
from digests.articles import ArticleId
from digests.clock import Clock
from digests.summaries import Summary, Told

log = logging.getLogger(__name__)

TIME_LIMIT_S = 8.0  # an editor waits so long at most
AT_ONCE = 4
KEPT = 500  # summaries, so that a revision is never asked about twice
FAILURES = 3  # in a row, after which the service is left alone
REST_S = 60.0


class Summarizer(Protocol):
    """Sums articles up."""

    async def summary(self, article: ArticleId, told: Told) -> Summary:
        """Return what stands for the article. Never fails; takes no longer than an editor would wait."""


class AskFailed(Exception):
    """The service gave no answer; the message says why, for the operator."""


Ask = Callable[[str, str], Awaitable[str]]  # of a title and a text; raises AskFailed


class Extractive:
    """Quotes the article's own sentences."""

    async def summary(self, article: ArticleId, told: Told) -> Summary:
        """Return the sentences that tell most of the story."""
        return await asyncio.to_thread(summaries.summary, told)


class Asking:
    """Asks a service for each text once, and falls back on the article's own sentences.

    An answer is shown only if it keeps to the article, so that nothing the article says to the service can do more
    than have its answer thrown away. Logs tell why, and nothing of texts.
    """

    def __init__(self, ask: Ask, clock: Clock, time_limit_s: float = TIME_LIMIT_S, at_once: int = AT_ONCE) -> None:
        self._ask = ask
        self._clock = clock
        self._time_limit_s = time_limit_s
        self._room = asyncio.Semaphore(at_once)
        self._known: OrderedDict[bytes, Summary] = OrderedDict()
        self._turns: defaultdict[bytes, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._failures = 0
        self._resting_until = 0.0

    async def summary(self, article: ArticleId, told: Told) -> Summary:
        """Return the service's summary if it came in time and keeps to the article, else the article's sentences."""
        text = await asyncio.to_thread(text_of, told)
        key = hashlib.sha256(text.encode("utf-8", "replace")).digest()
        turn = self._turns[key]
        try:
            async with turn:
                if key not in self._known:
                    self._keep(key, await self._made(article, told, text))
                return self._known[key]
        finally:
            if not turn.locked():
                self._turns.pop(key, None)

    async def _made(self, article: ArticleId, told: Told, text: str) -> Summary:
        own = await asyncio.to_thread(summaries.summary, told)
        if self._clock.monotonic() < self._resting_until:
            log.info("summary left to the article's own sentences article=%s reason=%s", article, "the service rests")
            return own
        try:
            async with asyncio.timeout(self._time_limit_s), self._room:
                answer = await self._ask(told.title, text)
            taken = await asyncio.to_thread(checked, answer, told, own)
        except (AskFailed, TimeoutError) as error:
            self._fail(article, str(error) or f"no answer within {self._time_limit_s:g} s")
        except Rejected as error:
            self._failures = 0
            log.warning("summary of the service not taken article=%s reason=%s", article, error)
        else:
            self._failures = 0
            return taken
        return own

    def _fail(self, article: ArticleId, reason: str) -> None:
        log.warning("no summary from the service article=%s reason=%s", article, reason)
        self._failures += 1
        if self._failures >= FAILURES:
            self._failures = 0
            self._resting_until = self._clock.monotonic() + REST_S
            log.warning("the summary service is left alone for %g s", REST_S)

    def _keep(self, key: bytes, made: Summary) -> None:
        self._known[key] = made
        while len(self._known) > KEPT:
            self._known.popitem(last=False)

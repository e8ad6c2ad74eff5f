"""Parcels: claimed deliveries with all that sending them takes."""

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, replace

from digests.articles import ArticleId, ArticleState
from digests.broadcasts import Copied, Told
from digests.clock import Clock
from digests.deliveries import BroadcastId, Claim, DeliveryState, Result, Skip
from digests.editions import Edition, EditionId
from digests.errors import ArticleMissing, BroadcastMissing, DatabaseUnusable, EditionMissing
from digests.lateness import Lateness
from digests.library import Library, SectionPage
from digests.readers import ChatId, ReaderState
from digests.storage import announcements
from digests.storage.engine import Database
from digests.storage.instants import seconds
from digests.storage.readers import Address

CONTENT_AGE_S = 60.0  # what is sent is read again after that, for titles and texts follow corrections
CONTENTS = 32  # kept in memory

# Readers may have left between planning and sending.
SKIPS = {ReaderState.STOPPED: Skip.STOPPED, ReaderState.PAUSED: Skip.PAUSED, ReaderState.PARKED: Skip.UNREACHABLE}


@dataclass(frozen=True, slots=True)
class Leaflet:
    """The first page of an article, for readers of a language."""

    page: SectionPage
    language: str
    is_paid: bool = False  # as it is delivered: faster, for Telegram Stars


Content = Edition | Leaflet | Copied


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed delivery, where it goes and what it is."""

    claim: Claim
    chat: ChatId
    content: Content


class Packer:
    """Finds what a claimed delivery consists of; that is read once a minute, however many readers get it."""

    def __init__(self, database: Database, clock: Clock, library: Library) -> None:
        self._database = database
        self._clock = clock
        self._library = library
        self._lateness = Lateness(database, clock)
        self._kept: dict[Hashable, tuple[Content, float]] = {}

    async def pack(self, claim: Claim, address: Address | None) -> Parcel | Result | None:
        """Return the parcel, or the result of a delivery that is not to be sent (now).

        None when the reader has erased their data meanwhile: the delivery went with it.
        """
        if address is None:
            return None
        if skip := SKIPS.get(address.state):
            return Result(claim=claim, state=DeliveryState.SKIPPED, reason=skip.value, attempts=0)
        try:
            return Parcel(claim, address.chat, await self._content(claim, address))
        except EditionMissing:
            return Result(claim=claim, state=DeliveryState.FAILED, reason="edition_missing")
        except ArticleMissing:
            return Result(claim=claim, state=DeliveryState.SKIPPED, reason=Skip.WITHDRAWN.value, attempts=0)
        except DatabaseUnusable:
            return Result(
                claim=claim, state=DeliveryState.PENDING, attempts=0, not_before=seconds(self._clock.now()) + 1
            )

    async def _content(self, claim: Claim, address: Address) -> Content:
        language = address.language
        if claim.edition is not None:
            return await self._edition(claim, claim.edition, address.zone)
        return await self._read_once(
            ("announcement", claim.broadcast, language), lambda: self._announced(claim.broadcast, language)
        )

    async def _edition(self, claim: Claim, number: EditionId, zone: str) -> Edition:
        late = await self._lateness.of(claim.covers + 1, zone)

        async def read() -> Edition:
            return replace(await self._library.edition(number), late=late)

        # The same instants are other times of day in another zone.
        content = await self._read_once(("edition", number, late, zone if late else ""), read)
        if not isinstance(content, Edition):
            raise EditionMissing
        return content

    async def _announced(self, number: BroadcastId, language: str) -> Content:
        async with self._database.read() as connection:
            found = await announcements.find(connection, number)
        if found is None:
            raise BroadcastMissing
        if isinstance(found.content, Told):
            return replace(await leaflet(self._library, found.content.article, language), is_paid=found.is_paid)
        return replace(found.content, is_paid=found.is_paid)

    async def _read_once(self, key: Hashable, read: Callable[[], Awaitable[Content]]) -> Content:
        now = self._clock.monotonic()
        content, read_at = self._kept.pop(key, (None, 0.0))
        if content is None or now - read_at > CONTENT_AGE_S:
            content, read_at = await read(), now
        self._kept[key] = content, read_at  # at the end: the first is the one longest unused
        if len(self._kept) > CONTENTS:
            del self._kept[next(iter(self._kept))]
        return content


async def leaflet(library: Library, article: ArticleId, language: str) -> Leaflet:
    """Return the first page of an article. Raises ArticleMissing when it is not published (any more)."""
    page = await library.page(article, 0, 0)
    if page.state is not ArticleState.PUBLISHED:
        raise ArticleMissing
    return Leaflet(page, language)

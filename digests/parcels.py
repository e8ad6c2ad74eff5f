"""Parcels: claimed deliveries with all that sending them takes."""

from dataclasses import dataclass

from digests.clock import Clock
from digests.deliveries import Claim, DeliveryState, Result, Skip
from digests.editions import Edition, EditionId
from digests.errors import DatabaseUnusable, EditionMissing
from digests.library import Library
from digests.readers import ChatId, ReaderState
from digests.storage.instants import seconds
from digests.storage.readers import Address

EDITION_AGE_S = 60.0  # an edition is read again after that, for its titles follow corrections
EDITIONS = 32  # kept in memory

# Readers may have left between planning and sending.
SKIPS = {ReaderState.STOPPED: Skip.STOPPED, ReaderState.PAUSED: Skip.PAUSED, ReaderState.PARKED: Skip.UNREACHABLE}


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed delivery, where it goes and what it is."""

    claim: Claim
    chat: ChatId
    edition: Edition


class Packer:
    """Finds what a claimed delivery consists of; an edition is read once a minute, however many readers get it."""

    def __init__(self, library: Library, clock: Clock) -> None:
        self._library = library
        self._clock = clock
        self._kept: dict[EditionId, tuple[Edition, float]] = {}

    async def pack(self, claim: Claim, address: Address | None) -> Parcel | Result | None:
        """Return the parcel, or the result of a delivery that is not to be sent (now).

        None when the reader has erased their data meanwhile: the delivery went with it.
        """
        if address is None:
            return None
        if skip := SKIPS.get(address.state):
            return Result(claim=claim, state=DeliveryState.SKIPPED, reason=skip.value, attempts=0)
        try:
            return Parcel(claim, address.chat, await self._edition(claim.edition))
        except EditionMissing:
            return Result(claim=claim, state=DeliveryState.FAILED, reason="edition_missing")
        except DatabaseUnusable:
            return Result(
                claim=claim, state=DeliveryState.PENDING, attempts=0, not_before=seconds(self._clock.now()) + 1
            )

    async def _edition(self, number: EditionId) -> Edition:
        now = self._clock.monotonic()
        edition, read_at = self._kept.pop(number, (None, 0.0))
        if edition is None or now - read_at > EDITION_AGE_S:
            edition, read_at = await self._library.edition(number), now
        self._kept[number] = edition, read_at  # at the end: the first is the one longest unused
        if len(self._kept) > EDITIONS:
            del self._kept[next(iter(self._kept))]
        return edition

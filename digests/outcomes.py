"""Outcomes: what can become of a message handed to a messenger, and what that makes of its delivery."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from typing import assert_never

from digests.deliveries import Claim, DeliveryState, Result
from digests.readers import ChatId
from digests.storage.instants import seconds

RETRIES_S = (2, 5, 15, 45, 120, 300, 600)  # after failures in passing; after one more it is not in passing any more
JITTER = 0.25  # of a delay, either way, so that what failed together does not come back together

_random = SystemRandom()


@dataclass(frozen=True, slots=True)
class Sent:
    """The message is in the chat."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Gone:
    """Nothing can be sent to this chat until its people do something."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat has another id now; nothing was sent."""

    chat_id: ChatId


@dataclass(frozen=True, slots=True)
class Later:
    """It failed in passing; not again before `after`. `everyone` says that until then no chat can be reached."""

    after: timedelta
    reason: str
    everyone: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """The message left and no answer came: it may be in the chat."""

    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Refused, and it would be again."""

    reason: str


Outcome = Sent | Gone | Moved | Later | Unknown | Failed


def result_of(claim: Claim, outcome: Outcome, now: datetime, *, hold: bool = False) -> Result:
    """Return what an outcome makes of a delivery.

    What failed in passing is tried again after growing delays, up to eight times in all; a failure that is nobody's
    in particular does not count. What nobody knows the end of is tried again too, or held for an editor.
    """
    match outcome:
        case Sent(message_id):
            return Result(claim=claim, state=DeliveryState.SENT, message_id=message_id)
        case Gone(reason):
            return Result(claim=claim, state=DeliveryState.GONE, reason=reason)
        case Moved():
            return Result(claim=claim, state=DeliveryState.FAILED, reason="moved_twice")
        case Failed(reason):
            return Result(claim=claim, state=DeliveryState.FAILED, reason=reason)
        case Unknown(reason) if hold:
            return Result(claim=claim, state=DeliveryState.UNKNOWN, reason=reason)
        case Unknown(reason):
            return _again(claim, Later(timedelta(0), reason), now)
        case Later():
            return _again(claim, outcome, now)
        case _:
            assert_never(outcome)


def _again(claim: Claim, outcome: Later, now: datetime) -> Result:
    if outcome.everyone:
        again = seconds(now + outcome.after)
        return Result(claim=claim, state=DeliveryState.PENDING, reason=outcome.reason, attempts=0, not_before=again)
    if claim.attempts >= len(RETRIES_S):
        return Result(claim=claim, state=DeliveryState.FAILED, reason=outcome.reason)
    delay = timedelta(seconds=RETRIES_S[claim.attempts] * _random.uniform(1 - JITTER, 1 + JITTER))
    again = seconds(now + max(outcome.after, delay)) + 1  # rounded up: not before
    return Result(claim=claim, state=DeliveryState.PENDING, reason=outcome.reason, not_before=again)

"""The watch: refusals park a broadcast, readers who left do not."""

from digests.broadcasts import Pause
from digests.deliveries import BroadcastId, Claim, DeliveryId, DeliveryState, Result
from digests.editions import EditionId
from digests.readers import ReaderId
from digests.watching import RUN, Alarm, Watch


def result(state: DeliveryState, reason: str | None = None, broadcast: int = 1) -> Result:
    claim = Claim(
        id=DeliveryId(1),
        broadcast=BroadcastId(broadcast),
        reader=ReaderId(1),
        edition=EditionId(1),
        attempts=0,
        lease_until=0,
        covers=0,
    )
    return Result(claim=claim, state=state, reason=reason)


SENT, FAILED = result(DeliveryState.SENT), result(DeliveryState.FAILED, "bad_markup")
BLOCKED = result(DeliveryState.GONE, "blocked")


def test_a_run_of_refusals_raises_one_alarm_and_then_counts_anew() -> None:
    watch = Watch()
    alarms = [watch.note(FAILED, 0.0) for _ in range(2 * RUN)]
    assert [number for number, alarm in enumerate(alarms, 1) if alarm] == [RUN, 2 * RUN]
    assert alarms[RUN - 1] == Alarm(Pause.REFUSALS, 100)


def test_a_success_in_between_ends_the_run() -> None:
    watch = Watch()
    assert not any(watch.note(FAILED, 0.0) or watch.note(SENT, 0.0) for _ in range(RUN + 5))


def test_a_share_of_failures_within_a_minute_raises_the_alarm() -> None:
    watch = Watch()
    notes = [FAILED if number % 16 == 0 else SENT for number in range(200)]
    found = [alarm for number, note in enumerate(notes) if (alarm := watch.note(note, number / 10))]
    assert found[0] == Alarm(Pause.ERRORS, 7)


def test_the_same_failures_over_an_hour_raise_none() -> None:
    watch = Watch()
    assert not any(watch.note(FAILED if number % 16 == 0 else SENT, number * 20.0) for number in range(180))


def test_readers_who_blocked_the_bot_are_no_failures() -> None:
    watch = Watch()
    assert not any(watch.note(BLOCKED, number / 10) for number in range(500))


def test_readers_whom_the_bot_never_met_are_when_all_are_like_that() -> None:
    watch = Watch()
    strangers = [watch.note(result(DeliveryState.GONE, "never_started"), 0.0) for _ in range(RUN)]
    assert strangers[-1] == Alarm(Pause.REFUSALS, 0)


def test_each_broadcast_is_watched_by_itself() -> None:
    watch = Watch()
    for number in range(RUN):
        assert watch.note(result(DeliveryState.FAILED, "bad_markup", broadcast=number), 0.0) is None

"""The pace within one chat: bursts are short, ordinary use never waits, and memory has an end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.chat_pacing import EDITS_BURST, EDITS_S, GROUP, MESSAGES, Allowance, ChatPacer
from tests.clocks import FakeClock

ANNA, GROUP_CHAT = 7, -100


def test_a_short_burst_passes_and_the_next_waits() -> None:
    pacer = ChatPacer(FakeClock())
    waits = [pacer.take(ANNA, is_edit=False, patience_s=60) for _ in range(7)]
    assert waits == pytest.approx([0, 0, 0, 3.2, 3.2, 3.2, 6.4])


def test_a_message_a_second_never_waits() -> None:
    clock = FakeClock()
    pacer = ChatPacer(clock)
    for _ in range(100):
        assert pacer.take(ANNA, is_edit=False, patience_s=60) == 0
        clock.advance(MESSAGES.within_s / MESSAGES.most + 1e-6)


def test_a_reader_who_turns_pages_quickly_does_not_wait_and_then_a_second_at_most() -> None:
    clock = FakeClock()
    pacer = ChatPacer(clock)
    waits = []
    for _ in range(EDITS_BURST * 3):
        waits.append(pacer.take(ANNA, is_edit=True, patience_s=60))
        clock.advance(waits[-1] + 0.3)
    assert waits[:EDITS_BURST] == [0] * EDITS_BURST
    assert max(waits) <= EDITS_S
    assert pacer.take(ANNA, is_edit=False, patience_s=60) == 0  # messages are counted apart


def test_who_has_no_patience_takes_no_turn() -> None:
    pacer = ChatPacer(FakeClock())
    waits = [pacer.take(ANNA, is_edit=False, patience_s=1) for _ in range(5)]
    assert waits == pytest.approx([0, 0, 0, 3.2, 3.2])


def test_one_chat_does_not_slow_another() -> None:
    pacer = ChatPacer(FakeClock())
    for _ in range(10):
        pacer.take(ANNA, is_edit=False, patience_s=60)
    assert pacer.take(8, is_edit=False, patience_s=60) == 0


def test_chats_without_end_are_forgotten_the_longest_unused_first() -> None:
    pacer = ChatPacer(FakeClock(), remembered=2)
    for _ in range(4):
        pacer.take(ANNA, is_edit=False, patience_s=60)
    pacer.take(8, is_edit=False, patience_s=60)
    assert pacer.take(ANNA, is_edit=False, patience_s=60) > 0
    pacer.take(9, is_edit=False, patience_s=60)
    pacer.take(10, is_edit=False, patience_s=60)
    assert pacer.take(ANNA, is_edit=False, patience_s=60) == 0


def within(times: list[float], allowance: Allowance) -> bool:
    pairs = zip(times, times[allowance.most :], strict=False)
    return all(later - earlier >= allowance.within_s - 1e-6 for earlier, later in pairs)


@given(
    st.sampled_from([ANNA, GROUP_CHAT]),
    st.lists(st.tuples(st.booleans(), st.floats(0, 4), st.sampled_from([0.0, 1.0, 15.0, 120.0])), max_size=80),
)
def test_no_stretch_holds_more_than_it_may(chat: int, calls: list[tuple[bool, float, float]]) -> None:
    clock = FakeClock()
    pacer = ChatPacer(clock)
    messages: list[float] = []
    edits: list[float] = []
    for is_edit, pause, patience in calls:
        clock.advance(pause)
        wait = pacer.take(chat, is_edit=is_edit, patience_s=patience)
        if wait <= patience:
            (edits if is_edit else messages).append(clock.monotonic() + wait)
    if chat == ANNA:
        assert within(messages, MESSAGES)
        assert within(edits, Allowance(2 * EDITS_BURST, EDITS_BURST * EDITS_S))
    else:
        everything = sorted(messages + edits)
        assert within(everything, MESSAGES)
        assert within(everything, GROUP)

"""Counting: no second of Telegram's, whichever way it tells them, gets more messages than the limit."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.counting import Counting, Manners
from benchmarks.simulated import Sending, Telegram, paced
from benchmarks.virtual import run
from digests.counting import GENERATION_S, OVERDUE_S, SLACK_S, InFlight, Recent, Seconds, Stretch, Tally
from digests.pacing import PROVEN_SECONDS

EVERY_WAY = [Counting.BUCKET, Counting.SECONDS, Counting.OTHER_SECONDS, Counting.STRETCH]
TOLD = [Counting.BUCKET, Counting.SECONDS]
FREE = Manners(per_second=30, latency_ms=(30, 80))
seeds = st.integers(0, 10_000)
phases = st.floats(0, 1)


def sending(manners: Manners, number: int, *, seed: int = 1, phase: float = 0.0, back: bool = False) -> Sending:
    return run(paced(Telegram(manners, seed=seed, phase=phase, back=back), manners, number))


@pytest.mark.parametrize("counting", EVERY_WAY)
@settings(max_examples=6)
@given(seed=seeds, phase=phases, low=st.integers(0, 60), spread=st.integers(0, 80), back=st.booleans())
def test_until_much_is_proven_no_way_of_counting_refuses(
    counting: Counting, seed: int, phase: float, low: int, spread: int, back: bool
) -> None:
    manners = replace(FREE, counting=counting, latency_ms=(low, low + spread))
    sent = sending(manners, PROVEN_SECONDS - 100, seed=seed, phase=phase, back=back)
    assert sent.refusals == 0
    assert sent.share >= 0.89


@pytest.mark.parametrize("counting", EVERY_WAY)
def test_the_free_rate_is_reached_without_a_refusal_however_it_is_counted(counting: Counting) -> None:
    sent = sending(replace(FREE, counting=counting), 1_800)
    assert sent.refusals == 0
    assert sent.share >= 0.95


@pytest.mark.parametrize("counting", TOLD)
@settings(max_examples=5)
@given(seed=seeds, phase=phases, back=st.booleans())
def test_once_proven_nearly_all_of_the_rate_is_used(counting: Counting, seed: int, phase: float, back: bool) -> None:
    sent = sending(replace(FREE, counting=counting), 5_000, seed=seed, phase=phase, back=back)
    assert sent.refusals == 0
    assert sent.share >= 0.97


@pytest.mark.parametrize("counting", TOLD)
def test_ten_thousand_messages_use_98_percent(counting: Counting) -> None:
    sent = sending(replace(FREE, counting=counting), 10_000)
    assert sent.refusals == 0
    assert sent.share >= 0.98


@pytest.mark.parametrize("counting", [Counting.OTHER_SECONDS, Counting.STRETCH])
def test_seconds_that_nobody_could_know_are_met_once_and_then_respected(counting: Counting) -> None:
    sent = sending(replace(FREE, counting=counting), 10_000)
    assert sent.refusals <= 5  # what was on its way at that instant
    assert sent.share >= 0.94


def test_at_the_paid_rate_as_well() -> None:
    manners = Manners(counting=Counting.SECONDS, per_second=1000, latency_ms=(1, 10))
    sent = run(paced(Telegram(manners, seed=3, phase=0.3), manners, 20_000, hands=256))
    assert sent.refusals == 0
    assert sent.share >= 0.98


def test_a_message_keeps_its_place_for_a_second_after_it_can_have_been_counted() -> None:
    flying = InFlight()
    stretch = Stretch(2, flying)
    for now in (10.0, 10.1):
        assert stretch.free_at(now) == now
        number = flying.add(now)
        sent = flying.take(number)
        assert sent == now
        stretch.answered(now, now + 0.05, is_usual=True)
    assert stretch.free_at(10.2) == pytest.approx(11.05 + SLACK_S)
    assert stretch.free_at(11.06) == 11.06


def test_an_answer_that_never_comes_frees_its_place_in_the_end() -> None:
    tally = Tally(1)
    tally.sent(10.0)
    assert tally.free_at(10.0, by_seconds=False) == 10.0 + OVERDUE_S
    assert tally.free_at(10.0 + OVERDUE_S, by_seconds=False) == 10.0 + OVERDUE_S


def test_answers_that_cannot_come_from_one_clock_are_not_built_upon() -> None:
    seconds = Seconds(30, InFlight())
    assert not seconds.is_sound
    seconds.answered(100.0, 100.05, 5_000)
    assert seconds.is_sound
    seconds.answered(101.0, 101.05, 5_003)
    assert not seconds.is_sound


def test_a_full_second_is_waited_out() -> None:
    seconds = Seconds(3, InFlight())
    for sent in (100.0, 100.3, 100.6):
        seconds.answered(sent, sent + 0.05, 5_000)
    free_at = seconds.free_at(100.7)
    assert 101.0 <= free_at <= 101.1
    assert seconds.free_at(free_at + 0.001) == free_at + 0.001


def test_what_was_learned_is_forgotten() -> None:
    recent = Recent()
    recent.see(1.0, 0.0)
    recent.see(5.0, GENERATION_S + 1)
    assert recent.least == 1.0
    recent.see(6.0, 2 * GENERATION_S + 2)
    assert recent.least == 5.0


def test_what_is_remembered_does_not_grow_with_the_broadcast() -> None:
    tally = Tally(1_000)
    for at in range(20_000):
        now = 100 + at / 1_000
        tally.answered(tally.sent(now), now + 0.001, 5_000 + at // 1_000)
        tally.free_at(now, by_seconds=True)
    assert len(tally._stretch._answered) <= 1_002
    assert len(tally._seconds._counted) <= 8
    assert len(tally._flying) == 0

"""Broadcasts that meet faults, with the program as a process of its own: the short form of `benchmarks.faults`.

Whatever happens, each reader's row and each reader's chat must tell the same story.
"""

from argparse import Namespace

import pytest

from benchmarks import faults
from benchmarks.faults import Scenario, fault, two
from benchmarks.postgres import found

FEW = Namespace(number=240, kills=4)
IN_SHORT: dict[str, Scenario] = {
    "killed four times": faults.kills,
    "answers lost": fault("lost_answer", 0.05),
    "connections reset": fault("reset_before", 0.05),
    "502 pages": fault("502_html", 0.05),
    "readers have blocked the bot": faults.blocked,
    "two instances, one is stopped": two(postgres=False, stop=True),
}


@pytest.mark.parametrize("scenario", IN_SHORT.values(), ids=IN_SHORT)
async def test_nobody_is_lost_and_nobody_repeated_beyond_what_was_in_flight(scenario: Scenario) -> None:
    verdict = await scenario(FEW)
    audit = verdict.audit
    assert audit.sent + audit.gone == FEW.number
    assert (audit.lost, audit.disagree, audit.still_open) == (0, 0, 0)
    assert audit.repeats <= verdict.allowed


async def test_with_hold_nothing_is_repeated_and_an_editor_decides() -> None:
    verdict = await faults.held(Namespace(number=600))
    audit = verdict.audit
    assert audit.sent + audit.unknown == 600
    assert (audit.lost, audit.disagree, audit.still_open, audit.repeats) == (0, 0, 0, 0)


@pytest.mark.postgres
@pytest.mark.skipif(not found(), reason="no PostgreSQL programs on this machine")
async def test_postgresql_crashes_in_the_middle_and_comes_back() -> None:
    verdict = await faults.postgres_restarted(FEW)
    assert verdict.is_met
    assert verdict.audit.sent == FEW.number

"""The team: who may push articles."""

import asyncio

import pytest

from digests.articles import UserId
from digests.storage.engine import Database
from digests.team import NAME_LIMIT, Role, Team
from tests.clocks import FakeClock

OWNER, ANNA, BORIS = UserId(1), UserId(100), UserId(200)


@pytest.fixture
def team(database: Database, clock: FakeClock) -> Team:
    return Team(database, clock, frozenset({OWNER}))


async def test_owners_come_from_the_settings_and_everyone_else_is_a_reader(team: Team) -> None:
    assert await team.role(OWNER) is Role.OWNER
    assert await team.role(ANNA) is None
    assert await team.editors() == []


async def test_an_editor_is_one_until_removed(team: Team) -> None:
    assert await team.add(ANNA, "Анна", OWNER) is True
    assert await team.add(ANNA, "Анна", OWNER) is False
    assert await team.role(ANNA) is Role.EDITOR
    assert await team.remove(ANNA) is True
    assert await team.remove(ANNA) is False
    assert await team.role(ANNA) is None


async def test_editors_are_listed_in_the_order_of_joining(team: Team, clock: FakeClock) -> None:
    await team.add(BORIS, "Борис", OWNER)
    clock.advance(60)
    await team.add(ANNA, "Анна", BORIS)
    assert await team.editors() == [(BORIS, "Борис"), (ANNA, "Анна")]


async def test_an_owner_needs_not_be_made_an_editor(team: Team) -> None:
    assert await team.add(OWNER, "Хозяин", OWNER) is False
    assert await team.editors() == []


async def test_added_by_two_owners_at_once_it_is_one_editor(team: Team) -> None:
    results = await asyncio.gather(*(team.add(ANNA, "Анна", OWNER) for _ in range(4)))
    assert results.count(True) == 1


async def test_any_name_can_be_kept(team: Team) -> None:
    await team.add(ANNA, "А\x00н\ud800на" + "я" * 500, OWNER)
    [(_, name)] = await team.editors()
    assert name.startswith("А н\ufffdна")
    assert len(name) == NAME_LIMIT

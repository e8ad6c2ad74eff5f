"""Stars are paid only where the operator allows it, for broadcasts that an editor has agreed to pay for."""

import pytest

from tests.bot.conftest import World

NEWS = "Завтра дайджест придёт на час позже"
CROWD = 31  # one more than goes for nothing in a second


async def crowded(world: World, *, may_pay: bool) -> None:
    """Let readers come, and the setting be so."""
    for number in range(CROWD):
        await world.reader(f"Читатель {number}").send("/start")
    world.settings = world.settings.model_copy(update={"allow_paid_broadcast": may_pay})
    await world.restart()


async def sent(world: World) -> list[object]:
    """Let the held minute pass; return what each of the readers' messages says of payment."""
    before = world.sandbox.calls.total
    world.clock.advance(61)
    await world.app.announcer.step()
    await world.app.courier.drain()
    calls = world.sandbox.calls.of("copyMessage", before)
    return [(call.params or {}).get("allow_paid_broadcast") for call in calls]


async def test_who_agrees_to_the_price_pays_and_only_for_that(world: World) -> None:
    await crowded(world, may_pay=True)
    await world.editor.send(f"/announce {NEWS}")
    assert "не дороже 1 звезды" in world.editor.last.text
    await world.editor.tap("Отправить за ⭐ 1")
    assert [str(value).lower() for value in await sent(world)] == ["true"] * CROWD


async def test_the_plain_button_costs_nothing(world: World) -> None:
    await crowded(world, may_pay=True)
    await world.editor.send(f"/announce {NEWS}")
    await world.editor.tap("Отправить")
    assert await sent(world) == [None] * CROWD


async def test_where_it_is_not_allowed_no_price_is_named(world: World) -> None:
    await crowded(world, may_pay=False)
    await world.editor.send(f"/announce {NEWS}")
    assert "⭐" not in world.editor.last.text
    assert not any("⭐" in label for label in world.editor.last.labels)


async def test_a_button_from_before_the_setting_was_changed_costs_nothing(world: World) -> None:
    await crowded(world, may_pay=True)
    await world.editor.send(f"/announce {NEWS}")
    world.settings = world.settings.model_copy(update={"allow_paid_broadcast": False})
    await world.restart()
    await world.editor.tap("Отправить за ⭐ 1")
    assert await sent(world) == [None] * CROWD


@pytest.mark.parametrize("may_pay", [True, False])
async def test_a_test_to_oneself_costs_nothing(world: World, may_pay: bool) -> None:
    await crowded(world, may_pay=may_pay)
    await world.editor.send(f"/announce {NEWS}")
    before = world.sandbox.calls.total
    await world.editor.tap("Тест себе")
    calls = world.sandbox.calls.of("copyMessage", before)
    assert [(call.params or {}).get("allow_paid_broadcast") for call in calls] == [None]

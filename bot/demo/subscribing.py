"""The tour's readers come, choose, change their minds, go and come back."""

from collections.abc import Collection
from datetime import time

from bot.demo.checks import require
from bot.demo.editing import labelled, quoted
from bot.demo.people import Person
from bot.demo.seeding import rubrics

MARK = "✓ "


async def subscribe(person: Person, keep: Collection[str], city: str | None = None) -> None:
    """Say /start and go through its three steps: only those rubrics, and a city typed by hand if one is given."""
    await person.say("/start")
    require(person.t.short("Next ▶") in person.screen.labels, f"/start offers no first step: {quoted(person.screen)}")
    for _, name in rubrics():
        await mark(person, name, is_on=name in keep)
    await person.press(person.t.short("Next ▶"))
    if city:
        await person.press(person.t.short("Another city"))
        await person.say(city)
        require(city in person.screen.text, f"{city} is not understood: {quoted(person.screen)}")
    await person.press(person.t.short("Yes ▶"))
    require("08:00" in person.screen.text, f"the last step does not tell the hour: {quoted(person.screen)}")
    for name in keep:
        require(name in person.screen.text, f"the last step does not name “{name}”: {quoted(person.screen)}")


async def mark(person: Person, rubric: str, *, is_on: bool) -> None:
    """Take a rubric in or out unless it is so already."""
    off = labelled(rubric)
    wanted, other = (MARK + off, off) if is_on else (off, MARK + off)
    if wanted not in person.screen.labels:
        await person.press(other)
    require(wanted in person.screen.labels, f"no button shows [ {wanted} ]: {person.screen.labels}")


async def change_time(person: Person, to: time) -> None:
    """Choose another time in /settings."""
    label = f"{to:%H:%M}"
    await person.say("/settings")
    await person.press(person.t.short("Time"))
    await person.press(label)
    require(MARK + label in person.screen.labels, f"{label} is not marked as chosen: {person.screen.labels}")
    await expect_settings(person, label)


async def expect_settings(person: Person, *words: str) -> None:
    """Open /settings and find the words there."""
    await person.say("/settings")
    for word in words:
        require(word in person.screen.text, f"/settings does not show “{word}”: {quoted(person.screen)}")

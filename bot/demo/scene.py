"""Who and what the tour plays with, and what it remembers on the way."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.app import App
from bot.demo.checks import Manuscript, Unmet, require
from bot.demo.people import Person
from bot.demo.stage import Stage
from bot.demo.transcript import Transcript
from sandbox import Message

PATIENCE_S = 15.0
STILL_S = 0.3  # a second copy of a digest would come right after the first


@dataclass(kw_only=True)
class Scene:
    """The tour's people, the stage they stand on, and the articles handed in so far."""

    stage: Stage
    transcript: Transcript
    text: str  # the article to push
    vera: Person
    anna: Person
    timur: Person
    manuscripts: list[Manuscript] = field(default_factory=list)  # what readers may find, newest last
    pages_read: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)  # set whenever something happens in a chat

    @property
    def app(self) -> App:
        """The bot that is up."""
        if self.stage.app is None:
            raise Unmet("the bot is down")
        return self.stage.app

    @property
    def pushed(self) -> Manuscript:
        """What the editor handed in last."""
        return self.manuscripts[-1]

    async def travel(self, to: datetime) -> None:
        """Move the clock on; whoever's hour comes on the way is served at that hour."""
        self.transcript.time(to)
        await self.stage.travel(to)

    async def next_message(self, person: Person, seen: int) -> Message:
        """Return the one message that came after the first `seen` of the bot; raises Unmet when none or more came."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while len(person.received) <= seen:
                    self.news.clear()
                    await self.news.wait()
        except TimeoutError:
            raise Unmet(f"nothing came to {person.name} at {self.stage.clock.now():%H:%M} UTC") from None
        await self.still(person, seen + 1)
        return person.screen

    async def told(self, person: Person, is_it: Callable[[Message], bool]) -> Message:
        """Return the message that is looked for, when it has come; raises Unmet if it does not."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not (found := [message for message in person.received if is_it(message)]):
                    self.news.clear()
                    await self.news.wait()
        except TimeoutError:
            raise Unmet(f"what {person.name} waits for does not come") from None
        await self.stage.sandbox.calls.quiet(STILL_S)
        return found[-1]

    async def still(self, person: Person, seen: int) -> None:
        """Wait a moment; raises Unmet unless the chat has just so many messages of the bot afterwards."""
        await self.stage.sandbox.calls.quiet(STILL_S)
        count = len(person.received)
        require(count == seen, f"{person.name} has {count} messages of the bot where {seen} were due")

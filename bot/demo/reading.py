"""The tour's readers read: every rubric, every section of every article, related ones, saved ones."""

from collections.abc import Collection
from dataclasses import dataclass

from aiogram.filters.callback_data import CallbackData

from bot.callbacks import ShowRubric, ShowSection
from bot.demo.checks import Manuscript, bare, require
from bot.demo.editing import quoted
from bot.demo.people import Person
from digests.blocks import utf16_length
from sandbox import Button, Message

GAP = "\n\n"
TITLE_SEEN = 80  # characters of a title that any list shows
PAGES_LIMIT = 20_000  # more means that the buttons walk in circles


@dataclass(slots=True)
class Copy:
    """An article as a reader has read it, page after page."""

    title: str
    body: str = ""
    pages: int = 0

    def add(self, message: Message, page: int) -> None:
        """Take in a page; a long section repeats its heading on every page, and it counts once."""
        head, *paragraphs = message.text.split(GAP)
        title = head.split("\n")[0]
        require(title == self.title, f"a page of “{self.title}” is headed “{title}”")
        heading = paragraphs[0] if paragraphs and is_bold(message, len(head) + len(GAP), paragraphs[0]) else ""
        if page and heading:
            paragraphs.pop(0)
        self.pages += 1
        self.body += GAP.join([*paragraphs, ""])


async def open_rubrics(person: Person, expected: Collection[Manuscript]) -> None:
    """Press each rubric's button on the cover, see its own articles there, and come back."""
    cover = person.screen
    for button in buttons_to(cover, ShowRubric):
        await person.press_on(cover, button)
        name = person.screen.text.split(" · ")[0].split(maxsplit=1)[-1]
        mine = [one for one in expected if one.rubric == name]
        require(bool(mine), f"nothing new was expected in “{name}”")
        shown = bare(person.screen.text)
        require(any(bare(one.title)[:TITLE_SEEN] in shown for one in mine), f"other articles are in “{name}”")
        await person.press(person.t.short("◀ To the edition"))
    require(person.screen.message_id == cover.message_id, "the way back to the edition is a message of its own")


async def walk_rubrics(person: Person, expected: Collection[Manuscript]) -> None:
    """Go from the first rubric to the last by its one button; every expected title comes by."""
    onward = person.t.short("Next section ▶")
    await person.press_on(person.screen, buttons_to(person.screen, ShowRubric)[0])
    seen = bare(person.screen.text)
    while onward in person.screen.labels:
        await person.press(onward)
        seen += bare(person.screen.text)
    for one in expected:
        require(bare(one.title)[:TITLE_SEEN] in seen, f"“{one.title}” is in no rubric of the edition")
    await person.press(person.t.short("◀ To the edition"))


async def read_through(person: Person) -> list[Copy]:
    """Read from the first section of the first article to the end, always by the button that leads on."""
    onward = (person.t.short("Next section ▶"), person.t.short("Next article ▶"))
    chats_length = len(person.received)
    copies: dict[int, Copy] = {}
    message = person.screen
    button = find(message, person.t.short("Read ▶"))
    for _ in range(PAGES_LIMIT):
        await person.press_on(message, button)
        place = ShowSection.unpack(button.data or "")
        copy = copies.setdefault(place.article, Copy(message.text.split("\n")[0]))
        copy.add(message, place.page)
        following = [each for each in message.buttons() if each.text in onward]
        if not following:
            break
        button = following[0]
    await person.press_on(message, find(message, person.t.short("✔ All for today")))
    require(len(person.received) == chats_length, "reading left new messages in the chat")
    return list(copies.values())


def compare(copies: list[Copy], expected: Collection[Manuscript]) -> None:
    """Raise Unmet unless just the expected articles were read, each word for word."""
    left = list(expected)
    for copy in copies:
        alike = [one for one in left if bare(one.title) == bare(copy.title)]
        require(bool(alike), f"“{copy.title}” was not expected in this edition, or comes twice")
        matching = [one for one in alike if one.is_read_as(copy.body)]
        require(bool(matching), f"what “{copy.title}” reads like is not what was published")
        left.remove(matching[0])
    require(not left, "missing in the edition: " + ", ".join(f"“{one.title}”" for one in left))


async def look_aside(person: Person) -> None:
    """Open an article's related list, an article from it, and come back to the very page one left."""
    related, back_label = person.t.short("Related articles"), person.t.short("◀ To the article")
    before = await open_article(person, related)
    opened = before.split("\n")[0]
    back, first = find(person.screen, back_label), find(person.screen, "1")
    targets = [ShowSection.unpack(button.data or "").article for button in (back, first)]
    require(targets[0] != targets[1], f"“{opened}” is related to itself")
    await person.press_on(person.screen, first)
    await person.press(back_label)
    require(person.screen.text == before, f"the way back does not lead to the page of “{opened}” that was left")


async def keep(person: Person) -> None:
    """Save the article on the screen and find it under /saved."""
    title = person.screen.text.split("\n")[0]
    await person.press(person.t.short("Save"))
    require(person.t.short("✓ Saved") in person.screen.labels, f"it does not show as saved: {person.screen.labels}")
    await person.say("/saved")
    require(bare(title)[:TITLE_SEEN] in bare(person.screen.text), f"“{title}” is not under /saved")


async def open_article(person: Person, related: str) -> str:
    """Open articles from the contents until one has related articles to go to; return its page, the list is open."""
    numbers = [label for label in await contents(person) if label.isdecimal()]
    for number in numbers:
        await person.press(number)
        page = person.screen.text
        if any(label.startswith(related) for label in person.screen.labels):
            await person.press_on(person.screen, find(person.screen, related))
            if "1" in person.screen.labels:
                return page
            await person.press(person.t.short("◀ To the article"))
        await contents(person)
    require(False, f"no article of the edition has a list [ {related} ] that leads to others")
    return ""


async def contents(person: Person) -> list[str]:
    """Open the edition's contents; return what is on the buttons."""
    label = person.t.short("Contents")
    leading = [button for button in person.screen.buttons() if button.text.endswith(label)]
    require(bool(leading), f"no way to the contents: {person.screen.labels}")
    await person.press_on(person.screen, leading[0])
    return person.screen.labels


def is_bold(message: Message, start: int, text: str) -> bool:
    """Return whether a stretch of a message is one piece of bold text; `start` in characters."""
    looks = ("bold", utf16_length(message.text[:start]), utf16_length(text))
    return looks in [(entity["type"], entity["offset"], entity["length"]) for entity in message.entities]


def find(message: Message, label: str) -> Button:
    """Return the button with this label, or failing that one that begins so; raises Unmet when there is none."""
    shown = list(message.buttons())
    found = [button for button in shown if button.text == label] or [b for b in shown if b.text.startswith(label)]
    require(bool(found), f"no button [ {label} ] below {quoted(message)}; there are: {message.labels}")
    return found[0]


def buttons_to(message: Message, target: type[CallbackData]) -> list[Button]:
    """Return the buttons that lead to a screen of that kind."""
    return [button for button in message.buttons() if (button.data or "").startswith(f"{target.__prefix__}:")]

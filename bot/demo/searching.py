"""The tour's reader searches: words in quotation marks, the second page of what was found, one of the articles."""

from bot.callbacks import ShowSection
from bot.demo.checks import require
from bot.demo.editing import quoted
from bot.demo.people import Person
from bot.demo.reading import buttons_to, find
from bot.search_callbacks import ShowFound
from digests.words import stems
from sandbox import Message


async def look_for(person: Person, phrase: str) -> None:
    """Say /search with the phrase in quotation marks; every article found has it, in bold."""
    await person.say(f"/search «{phrase}»")
    first = person.screen.text
    expect_bold(person.screen, phrase)
    await person.press_on(person.screen, buttons_to(person.screen, ShowFound)[0])
    require(person.screen.text != first, "the second page of what was found is the first one")
    expect_bold(person.screen, phrase)
    second = person.screen.text
    await person.press_on(person.screen, buttons_to(person.screen, ShowSection)[0])
    said = stems(person.screen.text)
    require(set(stems(phrase)) <= set(said), f"the page that was found lacks “{phrase}”: {quoted(person.screen)}")
    await person.press_on(person.screen, find(person.screen, person.t.short("◀ To the results")))
    require(person.screen.text == second, "the way back does not lead to the page of results that was left")


def expect_bold(message: Message, phrase: str) -> None:
    """Raise Unmet unless there are articles, each with a passage that has the phrase in bold."""
    hits = buttons_to(message, ShowSection)
    require(bool(hits), f"nothing was found: {quoted(message)}")
    marked = [text for text in bold(message) if set(stems(phrase)) & set(stems(text))]
    require(len(marked) > len(hits), f"what was looked for is not in bold: {quoted(message)}")


def bold(message: Message) -> list[str]:
    """Return the stretches of a message in bold type."""
    text = message.text.encode("utf-16-le")
    spans = [entity for entity in message.entities if entity["type"] == "bold"]
    return [text[2 * span["offset"] : 2 * (span["offset"] + span["length"])].decode("utf-16-le") for span in spans]

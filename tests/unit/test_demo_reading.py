"""The tour notices what a reader would: a lost paragraph, a strange article, a page of something else."""

import pytest

from bot.demo.checks import Manuscript, Unmet
from bot.demo.reading import Copy, compare
from digests.blocks import utf16_length
from sandbox import Bot, Chat, Message, User
from sandbox.markup import Content

CHAT = Chat(id=7, type="private", user=User(first_name="Анна", id=7))
BOT = Bot(token="1000:demo", username="svodka_bot", name="Сводка")
HEAD = "Мост закрыт 🌉\nГород · 22 ноября\nраздел 1 из 2"


def page(*paragraphs: str, is_headed: bool = False) -> Message:
    """Return an article's page as the bot shows it; with `is_headed` its first paragraph is a bold heading."""
    start, length = utf16_length(HEAD) + 2, utf16_length(paragraphs[0])
    bold = ({"type": "bold", "offset": start, "length": length},) if is_headed else ()
    content = Content("\n\n".join([HEAD, *paragraphs]), bold)
    return Message(chat=CHAT, message_id=1, date=0, sender=BOT, content=content)


def manuscript(*paragraphs: str, title: str = "Мост закрыт 🌉") -> Manuscript:
    given = "\n\n".join([title, *paragraphs])
    return Manuscript(title=title, rubric="Город", given=given, removed=(), is_title_given=True)


def read(*pages: Message) -> Copy:
    copy = Copy("Мост закрыт 🌉")
    for number, shown in enumerate(pages):
        copy.add(shown, number)
    return copy


def test_a_heading_repeated_on_every_page_of_its_section_counts_once() -> None:
    copy = read(page("Почему", "Трещина.", is_headed=True), page("Почему", "Дождь.", is_headed=True))
    compare([copy], [manuscript("Почему", "Трещина.", "Дождь.")])
    assert copy.pages == 2


def test_a_paragraph_repeated_on_the_next_page_counts_twice() -> None:
    copy = read(page("Ура!"), page("Ура!"))
    compare([copy], [manuscript("Ура!", "Ура!")])


def test_a_lost_paragraph_is_noticed() -> None:
    with pytest.raises(Unmet, match="is not what was published"):
        compare([read(page("Трещина."))], [manuscript("Трещина.", "Дождь.")])


def test_an_article_that_does_not_come_is_named() -> None:
    missing = manuscript("Лёд.", title="Ледоход")
    with pytest.raises(Unmet, match="missing in the edition: “Ледоход”"):
        compare([read(page("Трещина."))], [manuscript("Трещина."), missing])


def test_an_article_that_should_not_come_is_named() -> None:
    with pytest.raises(Unmet, match="was not expected"):
        compare([read(page("Трещина.")), read(page("Трещина."))], [manuscript("Трещина.")])


def test_two_articles_of_one_title_are_told_apart_by_their_texts() -> None:
    copies = [read(page("Трещина.")), read(page("Дождь."))]
    compare(copies, [manuscript("Дождь."), manuscript("Трещина.")])


def test_a_page_of_another_article_is_noticed() -> None:
    with pytest.raises(Unmet, match="is headed"):
        Copy("Ледоход").add(page("Трещина."), 0)

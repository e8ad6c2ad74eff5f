"""Editors send files of Word, Markdown and HTML: drafts with the sections of their authors, or a sentence."""

import pytest

from tests.bot.conftest import World
from tests.documents import docx, para, run

LONG = "Ремонт моста на Садовой начнётся в мае и продлится до осени, сообщили жителям в мэрии. "
FILES = {
    "мост.docx": docx(
        para(run("Мост закроют"), style="h1"),
        para(run(LONG * 2)),
        para(run("Как объехать"), style="h2"),
        para(run(LONG), run("Пути два", "b")),
        para(run("Что с автобусами"), style="h2"),
        para(run(LONG)),
    ),
    "мост.md": (
        f"# Мост закроют\n\n{LONG}\n\n## Как объехать\n\n{LONG}**Пути два**\n\n## Что с автобусами\n\n{LONG}\n"
    ).encode("cp1251"),
    "мост.html": (
        f"<html><body><nav><a href='/'>Главная</a></nav><article><h1>Мост закроют</h1>"
        f"<p>{LONG}</p>"
        f"<h2>Как объехать</h2><p>{LONG}<b>Пути два</b></p><h2>Что с автобусами</h2>"
        f"<p>{LONG}</p></article></body></html>"
    ).encode(),
}


@pytest.mark.parametrize("name", sorted(FILES))
async def test_a_file_becomes_a_draft_with_the_sections_of_its_author(world: World, name: str) -> None:
    await world.editor.send_file(name, FILES[name])
    (draft,), _ = await world.app.newsroom.drafts(offset=0, limit=2)
    assert draft.title == "Мост закроют"
    assert [section.title for section in draft.sections] == ["Как объехать", "Что с автобусами"]
    assert not draft.removed
    assert any("Мост закроют" in message.text for message in world.editor.messages[-2:])


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("мост.doc", b"\xd0\xcf\x11\xe0" + bytes(3000), "старом формате Word"),
        ("мост.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le") + bytes(3000), "паролем"),
        ("мост.docx", "не документ".encode(), "не документ Word"),
        ("мост.docx", FILES["мост.docx"][:-300], "повреждён"),
        ("мост.docx", docx(extra={"word/x.xml": bytes(30_000_000)}), "повреждён"),
        ("мост.md", b"   ", "нет текста"),
        ("мост.html", b"<script>load()</script>", "нет текста"),
        ("мост.md", b"a" * 3_000_000, "слишком большой"),
        ("мост.pdf", b"%PDF-1.7", ".docx"),
        ("мост.md", "слово ".encode() * 100_000, "слишком"),
    ],
)
async def test_a_file_that_cannot_be_read_gets_a_sentence_and_nothing_is_stored(
    world: World, name: str, data: bytes, words: str
) -> None:
    await world.editor.send_file(name, data)
    assert words in world.editor.last.text
    assert (await world.app.newsroom.drafts(offset=0, limit=1))[1] == 0

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


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("en.md", "The bridge will be closed from May until autumn, and buses will take the next street instead. "),
        ("az.md", "Körpü maydan payıza qədər bağlı olacaq, avtobuslar isə qonşu küçə ilə hərəkət edəcəklər. "),
        ("mixed.md", "Мост closed for repair, Bakı şəhərində isə körpü açıqdır, сообщили в мэрии города. "),
        ("rtl.md", "أعلنت البلدية إغلاق الجسر أمام حركة المرور من مطلع أيار حتى نهاية فصل الخريف المقبل. "),
    ],
)
async def test_articles_of_any_language_become_drafts(world: World, name: str, text: str) -> None:
    await world.editor.send_file(
        name, f"# {text.split()[0]} 1\n\n{text * 3}\n\n## {text.split()[1]} 2\n\n{text * 3}".encode()
    )
    (draft,), _ = await world.app.newsroom.drafts(offset=0, limit=2)
    assert draft.title == f"{text.split()[0]} 1"
    assert [section.title for section in draft.sections] == [f"{text.split()[1]} 2"]


async def test_two_hundred_thousand_characters_are_an_article(world: World) -> None:
    text = "".join(f"## Раздел {n}\n\n{LONG * 20}\n\n" for n in range(110))
    assert len(text) > 190_000
    await world.editor.send_file("длинный.md", f"# Мост закроют\n\n{text}".encode())
    (draft,), _ = await world.app.newsroom.drafts(offset=0, limit=2)
    assert len(draft.sections) == 110


async def test_ten_characters_are_an_article_too(world: World) -> None:
    await world.editor.send_file("короткий.md", "Мост цел.\n".encode())
    (draft,), _ = await world.app.newsroom.drafts(offset=0, limit=2)
    assert draft.title == "Мост цел."


async def test_a_page_nested_ten_thousand_deep_in_one_line_is_read(world: World) -> None:
    html = f"<html><body>{'<div>' * 10_000}<h1>Мост закроют</h1><p>{LONG}</p><p>{LONG}</p>{'</div>' * 10_000}"
    await world.editor.send_file("мост.html", html.encode())
    (draft,), _ = await world.app.newsroom.drafts(offset=0, limit=2)
    assert draft.title == "Мост закроют"

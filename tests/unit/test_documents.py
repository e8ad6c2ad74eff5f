"""Files with a layout of their own: what they say is kept, what is wrong with them is told apart."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.blocks import Block, Style
from digests.errors import DigestError, EmptyText, FileTooLarge, NotText, UnsupportedFile
from digests.sections import cut
from digests.source_errors import DocumentBroken, DocumentLocked, NoDocument, OldDocument
from digests.sources.documents import blocks_of
from digests.sources.file import limit_of
from tests.documents import docx, link, para, run, table

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def lines(blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in blocks]


def looks(blocks: tuple[Block, ...]) -> list[tuple[str, set[Style], str | None]]:
    spans = [span for block in blocks for span in block.spans]
    return [(span.text, set(span.styles), span.href) for span in spans if span.styles or span.href]


def test_markdown_keeps_its_headings_lists_quotes_tables_and_looks() -> None:
    text = (
        "# Мост закроют\n\nРемонт **начнётся** в *мае*, пишет [мэрия](https://e.ru/x)\nна своём сайте.\n\n"
        "## Объезд\n\n- через Садовую\n- через Лесную\n\n1. утром\n2. вечером\n\n> Потерпите.\n\n"
        "| Мост | Год |\n|---|---|\n| Старый | 1954 |\n\n```\nкод = 1\n```\n\n### Сроки\n\n~~Год~~ Два года.\n"
    )
    blocks = blocks_of("мост.md", text.encode())
    assert lines(blocks) == [
        ("h", "Мост закроют"),
        ("p", "Ремонт начнётся в мае, пишет мэрия на своём сайте."),
        ("h", "Объезд"),
        ("l", "• через Садовую"),
        ("l", "• через Лесную"),
        ("l", "1. утром"),
        ("l", "2. вечером"),
        ("q", "Потерпите."),
        ("l", "Мост | Год"),
        ("l", "Старый | 1954"),
        ("pre", "код = 1"),
        ("h", "Сроки"),
        ("p", "Год Два года."),
    ]
    assert ("начнётся", {Style.BOLD}, None) in looks(blocks)
    assert ("мае", {Style.ITALIC}, None) in looks(blocks)
    assert ("мэрия", set(), "https://e.ru/x") in looks(blocks)
    assert ("Год", {Style.STRIKE}, None) in looks(blocks)
    assert [section.title for section in cut(blocks).sections] == ["Объезд", "Сроки"]


def test_front_matter_gives_the_title_and_the_lead() -> None:
    text = '---\ntitle: "Мост & река"\ndescription: Коротко о деле.\ntags:\n  - мост\n---\n## Объезд\n\nТекст.\n'
    assert lines(blocks_of("a.md", text.encode())) == [
        ("h", "Мост & река"),
        ("p", "Коротко о деле."),
        ("h", "Объезд"),
        ("p", "Текст."),
    ]


def test_scripts_in_markdown_are_no_text() -> None:
    assert lines(blocks_of("a.md", "До <b>жирно</b>\n\n<script>alert(1)</script>\n\nпосле".encode())) == [
        ("p", "До жирно"),
        ("p", "после"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "koi8-r", "utf-16", "cp866"])
@pytest.mark.parametrize("name", ["a.md", "a.markdown", "a.html", "A.HTM"])
def test_every_encoding_of_cyrillic_is_read(name: str, encoding: str) -> None:
    text = "Ремонт моста начнётся в мае и продлится до осени, сообщили жителям города."
    data = (text if name.endswith(("md", "markdown")) else f"<html><body><p>{text}</p></body></html>").encode(encoding)
    assert lines(blocks_of(name, data)) == [("p", text)]


def test_a_document_in_html_is_its_own_text() -> None:
    html = (
        "<html><head><title>x</title></head><body><h1>Мост</h1><p>Коротко.</p><h2>Объезд</h2><p>Да.</p></body></html>"
    )
    assert [text for _, text in lines(blocks_of("a.html", html.encode()))] == ["Мост", "Коротко.", "Объезд", "Да."]


def test_a_page_saved_whole_is_reduced_to_its_article() -> None:
    text = "Ремонт моста начнётся в мае и продлится до осени, сообщили жителям города в мэрии на встрече."
    html = (
        "<html><head><link rel='canonical' href='https://e.ru/n/1'></head><body><nav><a href='/'>Главная</a></nav>"
        f"<article><h1>Мост закроют</h1><p>{text}</p><p><a href='/n/2'>Раньше</a> было иначе: {text}</p></article>"
        "<footer><p>Все права защищены, перепечатка запрещена законом и совестью.</p></footer></body></html>"
    )
    blocks = blocks_of("страница.html", html.encode())
    assert [text for _, text in lines(blocks)] == ["Мост закроют", text, f"Раньше было иначе: {text}"]
    assert looks(blocks) == [("Раньше", set(), "https://e.ru/n/2")]


def test_a_word_document_keeps_its_headings_lists_quotes_tables_and_looks() -> None:
    data = docx(
        para(run("Мост закроют"), style="h1"),
        para(run("Ремонт "), run("начнётся", "b"), run(" в "), run("мае", "i", "u"), run(", пишет "), link("мэрия")),
        para(run("Объезд"), style="h2"),
        para(run("через Садовую"), numbered=1),
        para(run("утром"), numbered=2),
        para(run("вечером"), numbered=2),
        para(run("Потерпите."), style="quote"),
        table(("Мост", "Год"), ("Старый", "1954")),
        para(run("Сроки"), style="ru2"),
        para(run("Два года.")),
        extra={"word/media/image1.png": b"\x89PNG" + bytes(100_000)},
    )
    blocks = blocks_of("мост.docx", data)
    assert lines(blocks) == [
        ("h", "Мост закроют"),
        ("p", "Ремонт начнётся в мае, пишет мэрия"),
        ("h", "Объезд"),
        ("l", "• через Садовую"),
        ("l", "1. утром"),
        ("l", "2. вечером"),
        ("q", "Потерпите."),
        ("l", "Мост | Год"),
        ("l", "Старый | 1954"),
        ("h", "Сроки"),
        ("p", "Два года."),
    ]
    assert ("начнётся", {Style.BOLD}, None) in looks(blocks)
    assert ("мае", {Style.ITALIC, Style.UNDERLINE}, None) in looks(blocks)
    assert ("мэрия", set(), "https://e.ru/x") in looks(blocks)


def archive(**files: bytes) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as made:
        for name, data in files.items():
            made.writestr(name, data)
    return packed.getvalue()


def password() -> bytes:
    data = bytearray(docx(para(run("тайна"))))
    for at in range(len(data)):  # the flag in the local and in the central header of every file
        if data[at : at + 4] == b"PK\x03\x04":
            data[at + 6] |= 1
        elif data[at : at + 4] == b"PK\x01\x02":
            data[at + 8] |= 1
    return bytes(data)


LAUGHS = "<!DOCTYPE l [<!ENTITY a 'ха'>" + "".join(
    f"<!ENTITY {name} '{f'&{below};' * 10}'>" for below, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("a.doc", OLE + bytes(2000), OldDocument),
        ("a.docx", OLE + bytes(2000), OldDocument),
        ("a.docx", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600), DocumentLocked),
        ("a.docx", password(), DocumentLocked),
        ("a.docx", archive(x=b"1"), NoDocument),
        ("a.docx", "просто текст".encode(), NoDocument),
        ("a.docx", b"%PDF-1.7 ...", NoDocument),
        ("a.docx", docx(para(run("текст")))[:-200], DocumentBroken),
        ("a.docx", docx(para(run("&i;")), prolog=f"{LAUGHS}]>"), DocumentBroken),
        ("a.docx", docx(extra={"word/bomb.xml": b"<a>" + bytes(30 * 1024 * 1024)}), DocumentBroken),
        ("a.docx", docx(extra={f"word/{n}.xml": b"" for n in range(6000)}), DocumentBroken),
        ("a.docx", docx(), EmptyText),
        ("a.docx", docx(para(run("   "))), EmptyText),
        ("a.docx", b"", EmptyText),
        ("a.html", b"\x89PNG\r\n" + bytes(100), NotText),
        ("a.md", b"PK\x03\x04" + bytes(100), NotText),
        ("a.md", bytes(range(256)) * 40, NotText),
        ("a.html", b"<script>x</script>", EmptyText),
        ("a.md", b"\n\n", EmptyText),
        ("a.pdf", b"%PDF", UnsupportedFile),
        ("a.rtf", b"{\\rtf1", UnsupportedFile),
        ("a.odt", archive(x=b"1"), UnsupportedFile),
    ],
)
def test_what_cannot_be_read_says_why(name: str, data: bytes, error: type[DigestError]) -> None:
    with pytest.raises(error):
        blocks_of(name, data)


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.docx"])
def test_a_file_over_the_limit_of_its_kind_is_refused(name: str) -> None:
    with pytest.raises(FileTooLarge) as caught:
        blocks_of(name, b"a" * (limit_of(name) + 1))
    assert caught.value.limit == limit_of(name)


def test_a_document_under_the_old_name_is_read_all_the_same() -> None:
    assert lines(blocks_of("a.doc", docx(para(run("Новый формат"))))) == [("p", "Новый формат")]


@given(st.binary(max_size=300))
def test_no_bytes_whatever_break_the_reading(data: bytes) -> None:
    for name in ("a.md", "a.html", "a.docx"):
        try:
            assert blocks_of(name, data)
        except DigestError:
            continue


@given(st.text(max_size=200))
def test_no_markdown_whatever_breaks_the_reading(text: str) -> None:
    try:
        assert blocks_of("a.md", text.encode("utf-8", "surrogatepass"))
    except DigestError:
        return

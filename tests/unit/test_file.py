"""Files that editors send: every encoding that Russian texts come in, and what is no text."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.errors import EmptyText, FileTooLarge, NotText, UnsupportedFile
from digests.sources.file import FILE_LIMIT, text_of

ARTICLE = (
    "Мост на Садовой закроют до весны\r\n\r\nПочему закрывают\r\n\r\n«Опоры просели на 5 см», — сообщили в мэрии. "
    "Ёлку в этом году поставят на площади, объезд — по Речной.\r\n"
)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251"]
OLD_ENCODINGS = ["koi8-r", "cp866", "iso8859-5"]  # without typographic quotes and dashes


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_russian_text_is_read_in_any_encoding(encoding: str) -> None:
    assert text_of("мост.txt", ARTICLE.encode(encoding)) == ARTICLE


@pytest.mark.parametrize("encoding", OLD_ENCODINGS)
def test_a_russian_text_is_read_in_encodings_of_the_last_century(encoding: str) -> None:
    plain = ARTICLE.replace("«", '"').replace("»", '"').replace("—", "-")

    assert text_of("мост.txt", plain.encode(encoding)) == plain


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866"])
@pytest.mark.parametrize(
    "text",
    ["Привет", "ПРИВЕТ, МИР", "Мост", "мост закроют", "МОСТ НА САДОВОЙ", "Курс валют в Украине", "Драфт НБА",
     "V12 по-русски", "Глава Boeing: рост на 5%"],
)  # fmt: skip
def test_a_few_words_are_enough(text: str, encoding: str) -> None:
    assert text_of("a.txt", text.encode(encoding)) == text


def test_english_with_typographic_signs_of_windows_is_read() -> None:
    text = "The mayor’s office – “closed until spring”, it said…"

    assert text_of("a.txt", text.encode("cp1252")) == text


def test_other_latin_letters_are_read() -> None:
    text = "Die Brücke über den Fluß wird geschlossen, größere Änderungen folgen."

    assert text_of("a.txt", text.encode("cp1252")) == text


def test_a_file_cut_off_in_the_middle_of_a_letter_keeps_all_the_rest() -> None:
    assert text_of("a.txt", ARTICLE.encode()[: len("Мост на Садовой".encode()) - 1]) == "Мост на Садово\ufffd"


def test_the_end_of_file_sign_of_dos_is_no_text() -> None:
    assert text_of("a.txt", "Мост закроют\r\n\x1a".encode("cp866")).rstrip() == "Мост закроют"


@pytest.mark.parametrize("name", ["a.txt", "A.TXT", "", "статья", "Отчёт за 3.5 года", "итоги.2026"])
def test_names_that_are_read(name: str) -> None:
    assert text_of(name, b"text") == "text"


@pytest.mark.parametrize("name", ["a.docx", "a.html", "a.md", "a.pdf", "a.JPG", "a.txt.gz", "a.mp3", "a.7z"])
def test_other_kinds_of_files_are_not_read_yet(name: str) -> None:
    with pytest.raises(UnsupportedFile) as error:
        text_of(name, b"text")

    assert error.value.name == name


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n%text", b"PK\x03\x04word/document.xml", b"\x89PNG\r\n\x1a\n\0\0", b"\xff\xd8\xff\xe0JFIF",
     b"{\\rtf1 text}", b"\0\1\2\3" * 100, bytes(range(256)), b"text\0text",
     b"\x7fELF\x02\x01\x01", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
)  # fmt: skip
def test_binary_content_is_no_text_whatever_its_name_says(data: bytes) -> None:
    with pytest.raises(NotText) as error:
        text_of("статья.txt", data)

    assert error.value.name == "статья.txt"


@pytest.mark.parametrize("size", [64, 1_000, 100_000])
def test_noise_is_no_text(size: int) -> None:
    with pytest.raises(NotText):
        text_of("a.txt", random.Random(size).randbytes(size))


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t ", b"\xef\xbb\xbf", b"\xff\xfe", "\ufeff \n".encode("utf-16-le"), b"\x1a"]
)
def test_an_empty_file_holds_no_text(data: bytes) -> None:
    with pytest.raises(EmptyText):
        text_of("a.txt", data)


def test_a_file_over_the_limit_is_refused_with_both_sizes() -> None:
    with pytest.raises(FileTooLarge) as error:
        text_of("a.txt", b"a" * (FILE_LIMIT + 1))

    assert (error.value.size, error.value.limit) == (FILE_LIMIT + 1, FILE_LIMIT)


def test_a_file_of_the_largest_size_is_read() -> None:
    assert len(text_of("a.txt", ("мост " * 500_000).encode("cp1251")[:FILE_LIMIT])) == FILE_LIMIT


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_one_of_the_refusals(data: bytes) -> None:
    try:
        text = text_of("a.txt", data)
    except (EmptyText, NotText):
        return
    assert text.strip()
    assert "\0" not in text


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 20), st.integers(5, 30), st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "cp1251"]))
def test_any_piece_of_a_russian_text_is_read(start: int, words: int, encoding: str) -> None:
    text = " ".join(ARTICLE.split()[start : start + words])

    assert text_of("a.txt", text.encode(encoding)) == text

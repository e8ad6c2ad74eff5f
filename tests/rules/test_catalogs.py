"""The catalogues say everything, in every language, with every fact in it; labels fit their buttons."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "locales").glob("*/LC_MESSAGES/svodka.po"))
LANGUAGES = [path.parent.parent.name for path in FILES]
CALLS = {"t": 1, "short": 1, "many": 2}  # how many of the first arguments are texts
LABEL_LIMIT = 18  # characters; two such stand side by side on a narrow phone
# Labels fixed by the interface; the last stands alone in its row.
LONGER = {"Next section ▶", "◀ Previous section", "Next article ▶", "Check and resend", "Tell of a mistake"}


def catalog(language: str) -> Catalog:
    with (ROOT / "locales" / language / "LC_MESSAGES" / "svodka.po").open("rb") as file:
        return read_po(file, locale=language)


CATALOGS = {language: catalog(language) for language in LANGUAGES}


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    """Yield every use of a text in the code: the place, the call and its kind."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            match node.func:
                case ast.Name(id="t") | ast.Attribute(attr="short" | "many", value=ast.Name(id="t")):
                    kind = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node, kind


def texts(node: ast.Call, kind: str) -> list[str | None]:
    """Return the call's texts; None for one that is not a literal."""
    found = node.args[: CALLS[kind]]
    return [each.value if isinstance(each, ast.Constant) and isinstance(each.value, str) else None for each in found]


CALLED = list(calls())
USED = {text for _, node, kind in CALLED for text in texts(node, kind) if text is not None}
LABELS = {text for _, node, kind in CALLED if kind == "short" for text in texts(node, kind) if text is not None}


def messages(language: str) -> list[Message]:
    return [message for message in CATALOGS[language] if message.id]


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def ids(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_there_is_russian_and_english() -> None:
    assert {"ru", "en"} <= set(LANGUAGES)


def test_every_text_is_written_out_where_it_is_used() -> None:
    assert [place for place, node, kind in CALLED if None in texts(node, kind)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_code_is_in_the_catalogue_and_no_other(language: str) -> None:
    known = {text for message in messages(language) for text in ids(message)}
    assert USED - known == set()
    assert known - USED == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_empty_or_fuzzy(language: str) -> None:
    number = CATALOGS[language].num_plurals
    for message in messages(language):
        assert not message.fuzzy, message.id
        assert all(form.strip() for form in forms(message)), message.id
        assert isinstance(message.id, str) or len(forms(message)) == number, message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_has_the_placeholders_of_its_source(language: str) -> None:
    for message in messages(language):
        wanted = set().union(*map(placeholders, ids(message)))
        for form in forms(message):
            # "n" may be left out where a word says it: "an article" for one.
            assert placeholders(form) in (wanted, wanted - {"n"}), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_given_is_a_placeholder_of_the_text(language: str) -> None:
    for place, node, kind in CALLED:
        given = {keyword.arg for keyword in node.keywords} | ({"n"} if kind == "many" else set())
        wanted = set().union(*(placeholders(text) for text in texts(node, kind) if text is not None))
        assert wanted <= given <= wanted | {"n"}, place


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_needs_escaping(language: str) -> None:
    for message in messages(language):
        assert not any(sign in text for text in (*ids(message), *forms(message)) for sign in "<>&"), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_fit_their_buttons(language: str) -> None:
    for message in messages(language):
        if set(ids(message)) & LABELS and not set(ids(message)) & LONGER:
            assert all(len(form) <= LABEL_LIMIT for form in forms(message)), forms(message)


def test_russian_is_russian() -> None:
    for message in messages("ru"):
        for form in forms(message):
            words = "".join(text for text, _, _, _ in string.Formatter().parse(form))
            assert re.search("[а-яё]", words, re.IGNORECASE) or not re.search("[a-z]", words, re.IGNORECASE), form


def test_russian_is_written_with_russian_quotes_and_no_straight_ones() -> None:
    for message in messages("ru"):
        for form in forms(message):
            assert form.count("«") == form.count("»"), form
            assert not set(form) & set('"“”'), form


@pytest.mark.parametrize(
    ("source", "label"),
    [
        ("Next section ▶", "Следующий раздел ▶"),
        ("◀ Previous section", "◀ Предыдущий раздел"),
        ("Related articles", "Статьи по теме"),
        ("Next article ▶", "Следующая статья ▶"),
        ("Read ▶", "Читать ▶"),
        ("Save", "В закладки"),
        ("Contents", "Оглавление"),
        ("Publish", "Опубликовать"),
        ("Pause", "Пауза"),
        ("Resume", "Продолжить"),
    ],
)
def test_fixed_labels_are_those_of_the_interface(source: str, label: str) -> None:
    assert CATALOGS["ru"][source].string == label

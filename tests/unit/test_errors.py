"""Every error of the domain has a sentence of its own, in every language, that names the facts."""

import inspect

import pytest

from bot.errors import describe
from bot.i18n import Translator
from digests import errors, source_errors
from digests.errors import DigestError
from digests.fetching import errors as fetching
from digests.fetching.errors import CertificateFlaw
from tests.screens import speaking

RU, EN = speaking("ru"), speaking("en")
EXAMPLES: list[DigestError] = [
    errors.TextTooLong(250_001, 200_000),
    errors.FileTooLarge(3_000_000, 1_048_576),
    errors.FileUnavailable("a.txt"),
    errors.NotText("отчёт.txt"),
    errors.UnsupportedFile("отчёт.exe"),
    errors.TitleTooLong(301, 256),
    errors.CorrectionTooLong(250, 200),
    errors.RubricNameTooLong(300, 32),
    errors.QueryTooLong(300, 256),
    errors.UnknownRubric("Космос", ("Город", "Наука")),
    errors.UnknownRubric("Космос"),
    errors.UnknownZone("Мкс", ("Москва", "Минск")),
    errors.UnknownZone("Мкс"),
    errors.BadTime("25:00"),
    source_errors.PageTooLarge(11_000_000, 10_485_760),
    source_errors.ReadingTooLong(20.0),
    source_errors.OldDocument("a.doc"),
    source_errors.DocumentLocked("a.docx"),
    source_errors.NoDocument("a.docx"),
    source_errors.DocumentBroken("a.docx"),
    errors.DatabaseTooNew("0009"),
    errors.DatabaseUnusable("data/svodka.db", "readonly"),
    fetching.BadAddress("http://"),
    fetching.SchemeRefused("ftp"),
    fetching.PortRefused(22),
    fetching.PrivateAddress("intra.example.ru"),
    fetching.HostUnknown("example.ru"),
    fetching.Unreachable("example.ru"),
    fetching.CertificateRefused("example.ru", CertificateFlaw.OTHER),
    fetching.TooManyRedirects(5),
    fetching.TooLarge(10_485_760),
    fetching.TooSlow(15.0),
    fetching.WrongKind("image/png"),
    fetching.Garbled("example.ru"),
    fetching.BadStatus(418),
    fetching.NotFound(404),
    fetching.Forbidden(403),
    fetching.Overloaded(503, 60.0),
]
ABSTRACT = (DigestError, fetching.FetchFailed)


def kinds() -> list[type[DigestError]]:
    modules = (errors, source_errors, fetching)
    found = {each for module in modules for _, each in inspect.getmembers(module, inspect.isclass)}
    known = [each for each in found if issubclass(each, DigestError) and each not in ABSTRACT]
    return sorted(known, key=lambda kind: kind.__name__)


def example(kind: type[DigestError]) -> DigestError:
    return next((each for each in EXAMPLES if type(each) is kind), None) or kind()


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_every_error_has_a_sentence(kind: type[DigestError]) -> None:
    for t in (RU, EN):
        sentence = describe(example(kind), t)
        assert sentence != t("This cannot be done.")
        assert sentence[-1] in ".?" or "/" in sentence.split()[-1]


@pytest.mark.parametrize("t", [RU, EN], ids=["ru", "en"])
def test_every_flaw_of_a_certificate_has_a_sentence_that_names_the_host(t: Translator) -> None:
    said = {describe(fetching.CertificateRefused("example.ru", flaw), t) for flaw in CertificateFlaw}
    assert len(said) == len(CertificateFlaw)
    assert all("example.ru" in sentence for sentence in said)


def test_sentences_of_different_errors_differ() -> None:
    said = [describe(example(kind), RU) for kind in kinds()]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (errors.BadTime("25:00"), "«25:00» — это не время суток. Напишите, например, 8:00 или 19:30."),
        (
            errors.UnknownZone("Мкс", ("Москва", "Минск")),
            "Города «Мкс» я не знаю. Может быть, Москва, Минск? Подойдёт и смещение от UTC, например +3.",
        ),
        (errors.TitleTooLong(301, 256), "Заголовок слишком длинный: 301 знак, а помещается 256."),
        (
            errors.FileTooLarge(3_000_000, 1_048_576),
            "Файл слишком большой: 2\xa0930 КБ, а читаются файлы до 1\xa0024 КБ.",
        ),
    ],
)
def test_sentences_name_the_facts(error: DigestError, sentence: str) -> None:
    assert describe(error, RU) == sentence


def test_what_people_typed_is_quoted_short() -> None:
    assert len(describe(errors.UnknownZone("ж" * 4000), RU)) < 250


def test_an_error_that_is_new_has_a_sentence_too() -> None:
    class Unforeseen(DigestError):
        pass

    assert describe(Unforeseen(), EN) == "This cannot be done."

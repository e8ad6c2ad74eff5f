"""Texts, dates and numbers in the reader's language: gettext catalogues read from `.po`, CLDR data by Babel."""

import gettext
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

DOMAIN = "svodka"
SOURCE_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Texts:
    """A catalogue ready for look-up."""

    singular: dict[str, str]
    plural: dict[str, tuple[str, ...]]
    form: Callable[[int], int]


class Translator:
    """Speaks one language. Source strings are English; `{named}` placeholders are filled by `str.format`."""

    def __init__(self, language: str, texts: Texts) -> None:
        self.language = language
        self._locale = Locale.parse(language)
        self._texts = texts

    def __call__(self, message: str, /, **values: object) -> str:
        """Return the message in this language."""
        return self._texts.singular.get(message, message).format(**values)

    def short(self, message: str, /, **values: object) -> str:
        """Return a button's label; translators keep it within 18 characters where they can."""
        return self(message, **values)

    def many(self, one: str, other: str, n: int, /, **values: object) -> str:
        """Return the form of the message that fits the count, which the message may show as `{n}`."""
        forms = self._texts.plural.get(one, (one, other))
        index = self._texts.form(n) if one in self._texts.plural else int(n != 1)
        return forms[index].format(n=self.number(n), **values)

    def number(self, n: float) -> str:
        """Return a number with the language's separators."""
        return format_decimal(n, locale=self._locale)

    def weekday(self, day: date) -> str:
        """Return a date with its day of the week: "Monday, 23 November"."""
        return format_date(day, "EEEE, d MMMM", locale=self._locale)

    def weekday_short(self, day: date) -> str:
        """Return a date with its short day of the week: "Mon 23 November"."""
        return format_date(day, "EEE d MMMM", locale=self._locale)

    def day_names(self, days: int) -> list[str]:
        """Return the short names of the days in a mask whose bit 0 is Monday."""
        names = self._locale.days["stand-alone"]["short" if self.language != "en" else "abbreviated"]
        return [names[number] for number in range(7) if days >> number & 1]

    def day(self, day: date, today: date) -> str:
        """Return a date in words, with the year when it is not today's."""
        pattern = "d MMMM" if day.year == today.year else "d MMMM y"
        return format_date(day, pattern, locale=self._locale)

    def month(self, day: date) -> str:
        """Return the month of a date: "November 2026"."""
        return format_date(day, "LLLL y", locale=self._locale)

    def age(self, then: datetime, now: datetime, zone: tzinfo | None = None) -> str:
        """Return how old something is, as lists show it: today, yesterday or the date, in the zone or else in now's."""
        t, place = self, zone or now.tzinfo
        day, today = then.astimezone(place).date(), now.astimezone(place).date()
        match (today - day).days:
            case 0:
                return t("today")
            case 1:
                return t("yesterday")
            case _:
                return t.day(day, today)

    def clock(self, moment: time | datetime, zone: tzinfo | None = None) -> str:
        """Return hours and minutes; an instant is shown in the zone."""
        local = moment.astimezone(zone) if isinstance(moment, datetime) else moment
        return format_time(local, "HH:mm", locale=self._locale)

    def listed(self, items: Sequence[str]) -> str:
        """Return "a, b and c"."""
        return format_list(list(items), locale=self._locale) if items else ""


class Catalogs:
    """All languages the program speaks, read once at start."""

    def __init__(self, translators: dict[str, Translator], default: str) -> None:
        self._translators = translators
        self._default = default

    @classmethod
    def read(cls, default: str, folder: Path | None = None) -> "Catalogs":
        """Read every `<language>/LC_MESSAGES/svodka.po`. Raises ValueError when the default language is not there."""
        root = folder or _folder()
        files = sorted(root.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
        translators = {path.parent.parent.name: Translator(path.parent.parent.name, _texts(path)) for path in files}
        if default not in translators:
            raise ValueError(f"no texts for the language {default!r}; there are: {', '.join(translators) or 'none'}")
        return cls(translators, default)

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of the languages, the default first."""
        return (self._default, *(code for code in self._translators if code != self._default))

    def translator(self, language: str | None) -> Translator:
        """Return the translator for a code such as `ru` or `en-GB`; the default one for an unknown language."""
        return self._translators[self.closest(language)]

    def closest(self, language: str | None) -> str:
        """Return the language we speak that answers best to a code."""
        code = (language or "").replace("_", "-").split("-")[0].lower()
        return code if code in self._translators else self._default


def _folder() -> Path:
    inside = Path(__file__).parent / "locales"  # as packed in a wheel
    return inside if inside.is_dir() else Path(__file__).parent.parent / "locales"


def _texts(path: Path) -> Texts:
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parent.parent.name, domain=DOMAIN)
    singular: dict[str, str] = {}
    plural: dict[str, tuple[str, ...]] = {}
    for message in catalog:
        if not message.id or message.fuzzy:
            continue
        if isinstance(message.id, str):
            singular[message.id] = str(message.string or message.id)
        elif message.string and all(message.string):
            plural[message.id[0]] = tuple(message.string)
    # The expression comes from our own catalogue's header; c2py compiles the plural formula and nothing else.
    return Texts(singular, plural, gettext.c2py(catalog.plural_expr))

"""What can go wrong in the domain, as facts; the texts that people read are written at the edge."""

from dataclasses import dataclass


class DigestError(Exception):
    """Something asked for cannot be done; the subclass says what and carries the facts."""


class EmptyText(DigestError):
    """The input holds no text at all."""


class NoLetters(DigestError):
    """The input holds signs or emoji but not one letter or digit."""


@dataclass(eq=False)
class TextTooLong(DigestError):
    """The text is longer than an article may be."""

    characters: int
    limit: int


@dataclass(eq=False)
class FileTooLarge(DigestError):
    """The file is larger than is read; sizes in bytes."""

    size: int
    limit: int


@dataclass(eq=False)
class NotText(DigestError):
    """The file is not text in any encoding that we know, whatever its name says."""

    name: str


@dataclass(eq=False)
class UnsupportedFile(DigestError):
    """Files of this kind are not read."""

    name: str


@dataclass(eq=False)
class FileUnavailable(DigestError):
    """The file could not be fetched from where it was sent."""

    name: str


class TitleMissing(DigestError):
    """A title without a letter or digit was given."""


@dataclass(eq=False)
class TitleTooLong(DigestError):
    """The title does not fit the head of a page; lengths in characters."""

    characters: int
    limit: int


class RubricNameMissing(DigestError):
    """A rubric's name without a letter or digit was given."""


@dataclass(eq=False)
class RubricNameTooLong(DigestError):
    """The rubric's name does not fit a button; lengths in characters."""

    characters: int
    limit: int


class RubricNotChosen(DigestError):
    """An article cannot be published before it is filed under a rubric."""


class BodyMissing(DigestError):
    """An article cannot be published without any text below its title."""


class ArticleMissing(DigestError):
    """There is no such article, or it is not for the asker's eyes."""


class DraftMissing(DigestError):
    """The draft was deleted or never existed."""


class DraftChanged(DigestError):
    """The draft changed since the asker saw it; they should look again before publishing."""


class AlreadyPublished(DigestError):
    """The article was published before; what was asked is only for drafts."""


class LineGone(DigestError):
    """An article has no such line any more, or the line cannot be what was asked."""


class NothingWouldBeLeft(DigestError):
    """Without this line the article would have no text."""


class BroadcastMissing(DigestError):
    """There is no such broadcast."""


class CorrectionEmpty(DigestError):
    """A correction says nothing."""


@dataclass(eq=False)
class CorrectionTooLong(DigestError):
    """A correction is longer than a sentence; lengths in characters."""

    characters: int
    limit: int


class EditionMissing(DigestError):
    """There is no such edition."""


class NothingToSearch(DigestError):
    """A query holds not one letter or digit."""


class OnlyUnwanted(DigestError):
    """A query says only what is not to be found."""


@dataclass(eq=False)
class QueryTooLong(DigestError):
    """A query is longer than anybody's question; lengths in characters."""

    characters: int
    limit: int


@dataclass(eq=False)
class UnknownRubric(DigestError):
    """A query asks for a rubric that there is not; `known` are the names of those there are."""

    name: str
    known: tuple[str, ...] = ()


class QueryMissing(DigestError):
    """The search is so old that its words are not kept any more."""


class ReaderMissing(DigestError):
    """The chat never pressed /start, or erased its data."""


@dataclass(eq=False)
class UnknownZone(DigestError):
    """No time zone or city answers to the text; `suggestions` are city names that look alike, best first."""

    text: str
    suggestions: tuple[str, ...] = ()


@dataclass(eq=False)
class BadTime(DigestError):
    """The text is not a time of day."""

    text: str


class NoDays(DigestError):
    """A schedule needs at least one day of the week."""


@dataclass(eq=False)
class DatabaseTooNew(DigestError):
    """The database was written by a newer version of the program."""

    found: str


@dataclass(eq=False)
class DatabaseUnusable(DigestError):
    """The database cannot be opened or written; `why` is the engine's own short reason."""

    where: str
    why: str

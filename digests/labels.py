"""What each line of a text is taken for when it is cut, on what ground, and how lines are known again."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from digests.blocks import Block, squeezed
from digests.cutting_words import MONTH
from digests.shapes import one_line

KEY_LENGTH = 160  # characters of a line that can come again on other pages; what is longer is prose

_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
_MARK_LENGTH = 12  # hexadecimal digits: 48 bits, and a text has some thousand lines


class Label(StrEnum):
    """What a line is; the value is its wire name in the database and in buttons."""

    TITLE = "t"
    HEADING = "h"
    TEXT = "x"
    CAPTION = "c"
    FURNITURE = "f"
    RELATED = "r"

    @property
    def is_kept(self) -> bool:
        """Whether readers see the line."""
        return self not in (Label.FURNITURE, Label.RELATED)


class Basis(StrEnum):
    """On what ground a line has its label."""

    LOOKS = "looks"  # its shape, its words and its place
    REPEATED = "repeated"  # it stands in other articles of the same source
    RULE = "rule"  # an editor said so of such a line of the same source
    EDITOR = "editor"  # an editor said so of this very line


class Doubt(StrEnum):
    """Why a label that was given by looks may be wrong."""

    CLOSE = "close"  # the signs for and against a sub-heading are nearly even
    UNMARKED = "unmarked"  # taken for a related title though nothing announces the list
    PAGE_WORD = "page_word"  # a word that may be a button and may be a sub-heading
    HEAD = "head"  # below the title: a sub-heading, a caption or a standfirst
    FOOT = "foot"  # a line of its own at the foot: text, a title of the list below, or a signature
    REPEATED = "repeated"  # stands in other articles of the source, but where a sub-heading may stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A line with its label. `line` is its own in its text (see `lines_of`)."""

    line: str
    block: Block
    label: Label
    basis: Basis = Basis.LOOKS
    doubt: Doubt | None = None

    @property
    def is_notable(self) -> bool:
        """Whether more than looks gave the label, or looks gave it for weak reasons."""
        return self.doubt is not None or self.basis in (Basis.RULE, Basis.REPEATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What is stored of such a mark."""

    line: str
    label: Label
    basis: Basis
    doubt: Doubt | None

    @property
    def is_repeated(self) -> bool:
        """Whether the line stands in other articles of the source."""
        return self.basis is Basis.REPEATED or self.doubt is Doubt.REPEATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What is known of the lines of a text beyond their looks.

    `rules` are by key: what was said of such lines of the source. `repeated` are exact keys: which lines stand in other
    articles of it. `corrections` are by line. `is_exact` says that rules are for equal lines only: the source is no
    site but all that one person pastes.
    """

    rules: Mapping[str, Label] = field(default_factory=dict)
    repeated: frozenset[str] = frozenset()
    corrections: Mapping[str, Label] = field(default_factory=dict)
    is_exact: bool = False

    def key(self, block: Block) -> str:
        """Return what is equal for lines that are alike; empty for what is no single line."""
        return line_key(block.text, is_exact=self.is_exact)


def lines_of(blocks: Iterable[Block]) -> list[str]:
    """Return what names each block among the others: a digest of its signs and how many equal ones are above.

    It stays when blocks are added below, whatever white space there is.
    """
    seen: Counter[str] = Counter()
    result = []
    for block in blocks:
        digest = hashlib.sha256(squeezed(block.text).encode("utf-8", "surrogatepass")).hexdigest()[:_MARK_LENGTH]
        result.append(f"{digest}.{seen[digest]}")
        seen[digest] += 1
    return result


def line_key(text: str, *, is_exact: bool = False) -> str:
    """Return what is equal for lines alike but for case, numbers and dates; empty for a text longer than KEY_LENGTH."""
    if len(text) > 2 * KEY_LENGTH:
        return ""
    line = one_line(text).casefold().replace("\u0451", "\u0435")
    if len(line) > KEY_LENGTH:
        return ""
    return line if is_exact else _NUMBER.sub("0", MONTH.sub("0", line))


def told(marks: Sequence[Mark], line: str) -> Mark | None:
    """Return the mark of a line."""
    return next((mark for mark in marks if mark.line == line), None)

"""Rules of a source: what editors said of its lines, to be applied to its next articles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from digests.articles import UserId
from digests.blocks import Block
from digests.cutting_words import SOURCE
from digests.labels import Label
from digests.origins import Origin, site_of
from digests.shapes import one_line

RuleId = NewType("RuleId", int)
_NAMED_IN = 4  # lines at the foot of a text where it names its source
_URL = re.compile(r"https?://[^\s<>«»\"]+[^\s<>«»\".,;)…]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What lines like `sample` are, who said so, and to how many articles it was applied since."""

    id: RuleId
    sample: str
    label: Label
    made_by: UserId
    made_at: datetime
    uses: int


@dataclass(frozen=True, slots=True)
class Source:
    """Whose lines are alike: those of a site, or those that one person pastes from nobody knows where.

    `key` is what the rules are kept for, `site` its name, empty for pastes.
    """

    key: str
    site: str

    @property
    def is_exact(self) -> bool:
        """Whether only equal lines count as alike: pastes come from anywhere."""
        return not self.site


def named_origin(blocks: Sequence[Block]) -> Origin | None:
    """Return the page that the last lines of a pasted text name as its source, if they do."""
    tail = [line for block in blocks[-_NAMED_IN:] for line in block.text.splitlines()[-_NAMED_IN:]]
    for line in reversed(tail):
        address = _URL.search(line)
        if address and SOURCE.fullmatch(one_line(line)) and (site := site_of(address[0])):
            return Origin(site=site, url=address[0])
    return None


def source_of(origin: Origin | None, author: UserId) -> Source:
    """Return the source of an article."""
    if origin is not None and origin.site:
        return Source(origin.site, origin.site)
    return Source(f"pastes of {author}", "")

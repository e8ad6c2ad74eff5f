"""Rules of a source: what editors said of its lines, to be applied to its next articles."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from digests.articles import UserId
from digests.labels import Label
from digests.origins import Origin

RuleId = NewType("RuleId", int)


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


def source_of(origin: Origin | None, author: UserId) -> Source:
    """Return the source of an article."""
    if origin is not None and origin.site:
        return Source(origin.site, origin.site)
    return Source(f"pastes of {author}", "")

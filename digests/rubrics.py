"""Rubrics: where articles are filed, and sets of them as readers choose."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NewType

RubricId = NewType("RubricId", int)

NAME_LIMIT = 32  # characters; longer ones do not fit a button
ALL = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """A place where articles are filed."""

    id: RubricId
    name: str
    emoji: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Choice:
    """The rubrics a reader wants: a canonical key (`*`, or ids in order, `1,3,7`), so that equal choices are equal."""

    key: str = ALL

    @classmethod
    def of(cls, ids: Iterable[RubricId]) -> "Choice":
        """Return the choice of just these rubrics."""
        return cls(",".join(str(number) for number in sorted(set(ids))))

    @property
    def is_all(self) -> bool:
        """Whether every rubric is wanted, those made later too."""
        return self.key == ALL

    @property
    def ids(self) -> frozenset[RubricId]:
        """The rubrics named; empty when all are wanted (see `is_all`) or none."""
        return frozenset() if self.is_all else frozenset(RubricId(int(part)) for part in self.key.split(",") if part)

    def wants(self, rubric: RubricId) -> bool:
        """Return whether articles of this rubric belong to the reader's digest."""
        return self.is_all or rubric in self.ids

    def changed(self, rubric: RubricId, on: bool, known: Iterable[RubricId]) -> "Choice":
        """Return the choice with a rubric taken in or out. Once it names every known rubric, it is `*` again;
        rubrics that there are not, which only forged buttons name, are left out.
        """
        everything = frozenset(known)
        before = everything if self.is_all else self.ids
        after = (before | {rubric} if on else before - {rubric}) & everything
        return Choice() if after >= everything else Choice.of(after)

"""Fitting: a setting is chosen on some parts of the stories and no row is bought with another; what is shipped."""

import json
from pathlib import Path

import pytest

from benchmarks.text.fit_likeness import FOLDS, Scores, best
from benchmarks.text.ranking import TASKS
from digests import likeness, salience
from digests.likeness import Weights


def weights(letters: float) -> Weights:
    return Weights(title=0, named=0, titles=0, letters=letters)


def scores(*margins: float) -> Scores:
    return Scores([[margin] for margin in margins])


def everywhere(margin: float) -> Scores:
    return scores(*[margin] * FOLDS)


def test_what_is_held_out_does_not_choose() -> None:
    table = {
        weights(0): dict.fromkeys(TASKS, scores(0.5, 0.5, 0.5, 0.5, -9)),
        weights(1): dict.fromkeys(TASKS, scores(0, 0, 0, 0, 9)),
    }
    assert best(table, [0, 1, 2, 3]) == weights(0)
    assert best(table, range(FOLDS)) == weights(1)


def test_a_row_far_above_its_goal_does_not_pay_for_the_others() -> None:
    one, *others = TASKS
    table = {
        weights(0): {one: everywhere(90), **dict.fromkeys(others, everywhere(0))},
        weights(1): {one: everywhere(1), **dict.fromkeys(others, everywhere(1))},
    }
    assert best(table, range(FOLDS)) == weights(1)


@pytest.mark.parametrize("path", [likeness.SHIPPED, salience.SHIPPED], ids=lambda path: path.stem)
def test_weights_ship_with_the_command_that_gives_them_and_what_they_were_worth(path: Path) -> None:
    shipped = json.loads(path.read_text(encoding="utf-8"))
    assert "benchmarks.text.fit" in shipped["provenance"]["command"]
    assert shipped["provenance"]["margins on stories held out"]
    assert path.stat().st_size < 2_000

"""`python -m benchmarks.text.fit --data DIR [--write]`: finds the weights of related articles and of summaries.

How is said in `fit_likeness`, in `fit_salience` and in docs/decisions/0010-text-measures.md. The same texts give the
same weights.
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.text import fit_likeness, fit_salience
from benchmarks.text.corpora import Folder
from digests import likeness, salience

_COMMAND = "python -m benchmarks.text.fit --data ../shared/data --write"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the weights with their provenance, or put them where the program takes them from."""
    parser = ArgumentParser(prog="python -m benchmarks.text.fit", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the test texts")
    parser.add_argument("--only", choices=("likeness", "salience"), help="leave the other weights as they are")
    parser.add_argument("--write", action="store_true", help="replace the weights that are shipped")
    chosen = parser.parse_args(arguments)
    folder = Folder(chosen.data)
    target = {"likeness": likeness.SHIPPED, "salience": salience.SHIPPED}
    for name in [chosen.only] if chosen.only else list(target):
        weights, margins = _likeness(folder) if name == "likeness" else _salience(folder)
        provenance = {
            "command": _COMMAND,
            "method": "docs/decisions/0010-text-measures.md",
            "margins on stories held out": margins,
        }
        text = json.dumps({"weights": weights, "provenance": provenance}, indent=2, ensure_ascii=False) + "\n"
        if chosen.write:
            target[name].write_text(text, encoding="utf-8")
        print(text, end="")
    return 0


def _likeness(folder: Folder) -> tuple[Mapping[str, float], Mapping[str, float]]:
    weights, margins = fit_likeness.fitted(folder)
    return asdict(weights), margins


def _salience(folder: Folder) -> tuple[Mapping[str, float], Mapping[str, float]]:
    weights, margins = fit_salience.fitted(folder)
    return dict(zip((*salience.SIGNS, "bias"), weights, strict=True)), margins


if __name__ == "__main__":
    sys.exit(main())

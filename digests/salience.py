"""Which words of an article others would tell its story with, and how much of that a sentence tells."""

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from digests.naming import named_stems
from digests.words import STOP_WORDS, stem_each, tokens

SHIPPED = Path(__file__).with_name("salience.json")
SIGNS = (
    "in the title",  # by its stem, as below where sentences are counted
    "in the first sentence",
    "sentences with the stem",  # logarithm
    "stop word",
    "number",
    "name",
    "how early",  # 1 for the first sentence, 1/2 for the second
    "stop word × sentences with the word",  # logarithm of the latter
    "in the title × sentences with the word",
)
SENTENCES_READ = 15

_TOLD_ELSEWHERE = 38  # words of a lead of two sentences, by which the figure becomes an F1
_REPEATED = 0.2  # of the worth of a word that was said already

Signs = tuple[float, ...]
Weights = tuple[float, ...]  # of the signs, and last what a word is worth without any
Expected = Mapping[str, float]


def shipped() -> Weights:
    """Return the weights that come with the program; `python -m benchmarks.text.fit` writes them."""
    weights = json.loads(SHIPPED.read_text(encoding="utf-8"))["weights"]
    return (*(float(weights[sign]) for sign in SIGNS), float(weights["bias"]))


def signs(title: str, sentences: Sequence[str]) -> dict[str, Signs]:
    """Return the signs of the words of the first sentences, in the order of SIGNS."""
    said = [dict.fromkeys(tokens(text)) for text in sentences[:SENTENCES_READ]]
    stem = _stems(word for words in said for word in words)
    with_word = Counter(word for words in said for word in words)
    with_stem = Counter(one for words in said for one in {stem[word] for word in words})
    in_title = set(_stems(tokens(title)).values())
    in_first = {stem[word] for word in said[0]} if said else set()
    names = set(named_stems(f"{title}. {' '.join(sentences[:SENTENCES_READ])}"))
    found: dict[str, Signs] = {}
    for place, words in enumerate(said):
        for word in words:
            if word in found:
                continue
            root, often, is_stop = stem[word], math.log(with_word[word]), word in STOP_WORDS
            found[word] = (
                float(root in in_title),
                float(root in in_first),
                math.log(with_stem[root]),
                float(is_stop),
                float(word.isdigit()),
                float(root in names),
                1 / (1 + place),
                often * is_stop,
                often * (root in in_title),
            )
    return found


def _stems(words: Iterable[str]) -> dict[str, str]:
    """Return each word with its stem; a stop word stays as it is."""
    known = dict.fromkeys(words)
    telling = [word for word in known if word not in STOP_WORDS]
    return {**dict(zip(known, known, strict=True)), **dict(zip(telling, stem_each(telling), strict=True))}


def expected(title: str, sentences: Sequence[str], weights: Weights) -> dict[str, float]:
    """Return for each word the probability that another outlet's lead on the story has it (a logistic model)."""
    return {word: probability(weights, values) for word, values in signs(title, sentences).items()}


def probability(weights: Weights, values: Signs) -> float:
    """Return what the model makes of the signs of a word."""
    return 1 / (1 + math.exp(-sum(map(float.__mul__, weights, values)) - weights[-1]))


def pooled(several: Iterable[Expected]) -> dict[str, float]:
    """Return the means over the articles of a story; what an article does not say it does not expect."""
    held = list(several)
    if len(held) == 1:
        return dict(held[0])
    words = dict.fromkeys(word for one in held for word in one)
    return {word: sum(one.get(word, 0.0) for one in held) / len(held) for word in words}


def told(expectations: Expected, text: str) -> float:
    """Return how much of a lead the text is expected to tell: F1 of words, from 0 to 1."""
    counts = Counter(tokens(text))
    worth = sum(expectations.get(word, 0.0) * (1 + _REPEATED * (count > 1)) for word, count in counts.items())
    return 2 * worth / (counts.total() + _TOLD_ELSEWHERE)

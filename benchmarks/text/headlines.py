"""How well a headline is found among others: BM25 of stems, and ours, which adds the letters of the words."""

from benchmarks.text.corpora import Folder
from benchmarks.text.measures import DEPTH, ndcg
from benchmarks.text.plain import Bm25
from benchmarks.text.rows import Row, compared
from digests.letters import Letters, trigrams

_CANDIDATES = 100
_LETTERS = 0.7  # of the best score: what the likeness of letters may add


class Search:
    """BM25 of stems finds candidates; letters, which tolerate endings, derivations and slips, re-rank them."""

    def __init__(self, texts: list[str]) -> None:
        self._stems = Bm25(texts)
        self._letters = Letters()
        self._grams = [trigrams(text) for text in texts]
        for grams in self._grams:
            self._letters.add(grams)

    def ranked(self, number: int) -> list[int]:
        """Return the others that share a stem, best first."""
        scores = self._stems.scores(number)
        best = max(scores.values(), default=1.0)
        near = sorted(scores, key=lambda other: (-scores[other], other))[:_CANDIDATES]
        letters = self._letters.likeness(self._grams[number], [self._grams[one] for one in near])
        final = {one: scores[one] / best + _LETTERS * alike for one, alike in zip(near, letters, strict=True)}
        return sorted(near, key=lambda other: (-final[other], other))


def search(folder: Folder) -> Row:
    """Measure how well the paraphrases of a headline are found."""
    corpus = folder.headlines()
    texts = [one.title for one in corpus.documents]
    plain, ours = Bm25(texts), Search(texts)
    theirs = [ndcg(plain.ranked(number)[:DEPTH], gains) for number, gains in corpus.gains.items()]
    mine = [ndcg(ours.ranked(number)[:DEPTH], gains) for number, gains in corpus.gains.items()]
    before, after, margin = compared(mine, theirs)
    return Row(
        task="headline search",
        data="paraphraser_headlines",
        measure="nDCG@10",
        baseline="BM25 of stems",
        plain=before,
        ours=after,
        margin=margin,
        goal=0.8,
        items=len(mine),
    )

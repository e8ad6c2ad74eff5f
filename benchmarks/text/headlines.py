"""How well a headline is found among others: by BM25 of stems, and in the order of our search."""

from collections import defaultdict

from benchmarks.text.corpora import Folder
from benchmarks.text.measures import DEPTH, ndcg
from benchmarks.text.plain import Bm25
from benchmarks.text.rows import Row, compared
from digests.articles import ArticleId
from digests.relevance import Archive, ranked
from digests.storage.search import Candidate
from digests.wanted import Part
from digests.words import stem_each, stems, tokens


class Search:
    """The order that the search of the archive gives to headlines that share a word with one."""

    def __init__(self, texts: list[str]) -> None:
        self._stems = [stems(text) for text in texts]
        self._holders: dict[str, list[int]] = defaultdict(list)
        for number, found in enumerate(self._stems):
            for stem in set(found):
                self._holders[stem].append(number)
        holding = {stem: len(holders) for stem, holders in self._holders.items()}
        self._archive = Archive(len(texts), holding)
        # One date for all: that newer ones come first among equals must not help.
        self._texts = [
            Candidate(ArticleId(number), 0, 0, " ".join(stem_each(tokens(text))), "", "")
            for number, text in enumerate(texts)
        ]

    def ranked(self, number: int) -> list[int]:
        """Return the others that share a stem, best first."""
        words = list(dict.fromkeys(self._stems[number]))
        others = {other for stem in words for other in self._holders[stem]} - {number}
        near = [self._texts[other] for other in sorted(others)]
        return [int(found) for found in ranked(near, [Part.word([stem]) for stem in words], self._archive)]


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

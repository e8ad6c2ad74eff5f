"""How well articles of the same story or topic are found: the index of related articles against plain TF-IDF."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from benchmarks.text.corpora import Document, Folder, Gains, Retrieval
from benchmarks.text.measures import hit, ndcg, reciprocal_rank
from benchmarks.text.plain import Cosine
from benchmarks.text.rows import Row, compared
from digests.articles import ArticleId
from digests.related import RelatedIndex

_DAY = datetime(2020, 5, 2, tzinfo=UTC)  # one for all: the order of a corpus must not help
_DEPTH = 48  # all that the index looks at

Measure = Callable[[Sequence[int], Gains], float]


def same_story(folder: Folder) -> Row:
    """Measure where the first article of the same story is."""
    return _row(folder.same_story(), reciprocal_rank, ("same story", "tg_news_clusters", "MRR"), 2.0)


def pairs(folder: Folder) -> Row:
    """Measure how often the nearest article is the one that people paired."""
    return _row(folder.pairs(), hit, ("same story", "tg_pairs_human and others", "hit@1"), 1.5)


def editors(folder: Folder) -> Row:
    """Measure how well a handbook's own links to related articles are found."""
    return _row(folder.editors(), ndcg, ("editors' related", "doka_articles", "nDCG@10"), 2.0)


def topical(folder: Folder) -> Row:
    """Measure how well articles about the same people, places and things are found."""
    return _row(folder.topical(), ndcg, ("topical related", "nerel_wikinews", "nDCG@10"), 2.0)


def indexed(documents: Sequence[Document]) -> RelatedIndex:
    """Return the index with the documents in it, numbered from 0 as the sequence is."""
    index = RelatedIndex()
    for number, one in enumerate(documents):
        index.add(ArticleId(number), one.title, one.text, _DAY)
    return index


def _row(corpus: Retrieval, measure: Measure, names: tuple[str, str, str], goal: float) -> Row:
    index, cosine = indexed(corpus.documents), Cosine(corpus.documents)
    ours, theirs = [], []
    for number, gains in corpus.gains.items():
        ours.append(measure([one for one, _ in index.nearest(ArticleId(number), _DEPTH)], gains))
        theirs.append(measure(cosine.ranked(number), gains))
    before, after, margin = compared(ours, theirs)
    return Row(
        task=names[0],
        data=names[1],
        measure=names[2],
        baseline="TF-IDF cosine of stems, title ×3",
        plain=before,
        ours=after,
        margin=margin,
        goal=goal,
        items=len(ours),
    )

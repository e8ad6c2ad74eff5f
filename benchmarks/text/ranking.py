"""How well articles of the same story or topic are found: the index of related articles against plain TF-IDF."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from benchmarks.text.corpora import Document, Folder, Gains, Retrieval
from benchmarks.text.measures import hit, ndcg, reciprocal_rank
from benchmarks.text.plain import Cosine
from benchmarks.text.rows import Row, compared
from digests.articles import ArticleId
from digests.likeness import Weights
from digests.related import RelatedIndex

_DAY = datetime(2020, 5, 2, tzinfo=UTC)  # one for all: the order of a corpus must not help
_DEPTH = 48  # all that the index looks at

Measure = Callable[[Sequence[int], Gains], float]


# The corpus, what is measured on it, and the margin over plain cosine that is wanted: what weights are fitted for.
TASKS: dict[str, tuple[Callable[[Folder], Retrieval], Measure, float]] = {
    "same story": (Folder.same_story, reciprocal_rank, 2.0),
    "pairs": (Folder.pairs, hit, 1.5),
    "editors": (Folder.editors, ndcg, 2.0),
    "topical": (Folder.topical, ndcg, 2.0),
}


def same_story(folder: Folder) -> Row:
    """Measure where the first article of the same story is."""
    return _row(folder, "same story", ("same story", "tg_news_clusters", "MRR"))


def pairs(folder: Folder) -> Row:
    """Measure how often the nearest article is the one that people paired."""
    return _row(folder, "pairs", ("same story", "tg_pairs_human and others", "hit@1"))


def editors(folder: Folder) -> Row:
    """Measure how well a handbook's own links to related articles are found."""
    return _row(folder, "editors", ("editors' related", "doka_articles", "nDCG@10"))


def topical(folder: Folder) -> Row:
    """Measure how well articles about the same people, places and things are found."""
    return _row(folder, "topical", ("topical related", "nerel_wikinews", "nDCG@10"))


def indexed(documents: Sequence[Document], weights: Weights | None = None) -> RelatedIndex:
    """Return the index with the documents in it, numbered from 0 as the sequence is."""
    index = RelatedIndex(weights=weights)
    for number, one in enumerate(documents):
        index.add(ArticleId(number), one.title, one.text, _DAY)
    return index


def _row(folder: Folder, task: str, names: tuple[str, str, str]) -> Row:
    read, measure, goal = TASKS[task]
    corpus = read(folder)
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

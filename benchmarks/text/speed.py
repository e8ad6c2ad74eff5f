"""`python -m benchmarks.text.speed --data DIR [--json]`: how fast the texts are worked on, with what they are held by.

Related articles among 100,000 and 1,000,000, publishing into an archive of 100,000, a start on it, importing. The
archive is put together from sentences of the folder's texts (`benchmarks/text/archive.py`). Each figure is taken in a
process of its own, one after another; all of it takes some ten minutes. `--scale 0.01` takes a hundredth of everything,
to see that it works.
"""

import multiprocessing
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.figures import Row, show
from benchmarks.text import lookup, publishing
from benchmarks.text.archive import documents
from benchmarks.text.corpora import Document, Folder

LARGE, HUGE, PLAIN = 100_000, 1_000_000, 10_000
QUERIES, SLOW_QUERIES = 1_000, 100
PUBLISHED, IMPORTED, RANKED = 100, 10_000, 600

Made = TypeVar("Made")


def rows(path: Path, scale: float) -> list[Row]:
    """Take every figure."""
    large, huge, few = (max(100, int(scale * number)) for number in (LARGE, HUGE, PLAIN))
    imported = max(20, int(scale * IMPORTED))
    return [*related(path, large, huge, few), *publication(path, large), *importing(path, imported)]


def related(path: Path, large: int, huge: int, few: int) -> list[Row]:
    """Take the figures of finding related articles."""
    among_large, among_huge = (apart(lookup.ours, path, size, QUERIES) for size in (large, huge))
    fts5 = apart(lookup.fts5, path, large, SLOW_QUERIES)
    plain = apart(lookup.plain, path, few, SLOW_QUERIES)
    against = f"FTS5 bm25: {fts5.p95_ms:.0f}; plain TF-IDF at {few:,}: {plain.p95_ms:.0f}"
    return [
        row(f"related, median of {large:,}", among_large.p50_ms, "ms", None, f"FTS5 bm25: {fts5.p50_ms:.0f}"),
        row(f"related, p95 of {large:,}", among_large.p95_ms, "ms", 5, against),
        row(f"related, p95 of {huge:,}", among_huge.p95_ms, "ms", 25, ""),
        row(f"memory of the index, {large:,}", among_large.index_mib, "MiB", None, f"FTS5: {fts5.index_mib:.0f}"),
        row(
            f"memory of the process, {huge:,}", among_huge.process_mib, "MiB", 700, f"index {among_huge.index_mib:.0f}"
        ),
        row(f"an article taken in, {huge:,}", among_huge.filling_s * 1000 / huge, "ms", None, "terms already made"),
    ]


def publication(path: Path, archive: int) -> list[Row]:
    """Take the figures of publishing: cut, summary, related, story, index, with the database's writes."""
    figures = apart(publishing.published, path, archive, PUBLISHED)
    against = f"p95 {figures.p95_ms:.0f}; of the processor {figures.cpu_ms:.0f}"
    return [
        row(f"publishing, median, {archive:,}", figures.p50_ms, "ms", 100, against),
        row(f"a start, {archive:,}", figures.start_s, "s", None, f"process {figures.process_mib:.0f} MiB"),
    ]


def importing(path: Path, count: int) -> list[Row]:
    """Take the figure of importing, against LexRank alone on the same texts."""
    ours_ms, busy_ms = apart(publishing.imported, path, count)
    try:
        stemmed_ms, plain_ms = apart(lexrank, path, count)
    except ModuleNotFoundError:
        return [row(f"importing {count:,}, an article", ours_ms, "ms", None, "no sumy: scripts/setup bench")]
    note = (
        f"of the processor {busy_ms:.2f}; LexRank: {stemmed_ms:.1f} ms, {stemmed_ms / ours_ms:.1f} times as long, "
        f"without stems {plain_ms:.1f} ms, {plain_ms / ours_ms:.1f} times"
    )
    return [row(f"importing {count:,}, an article", ours_ms, "ms", stemmed_ms / 5, note)]


def lexrank(path: Path, count: int) -> tuple[float, float]:
    """Return milliseconds an article that LexRank takes for some of so many texts, taken evenly from all of them.

    With sumy's Russian stemmer, as its own documentation has it, and without any. Sentences are parted by razdel and
    words by us: sumy's Russian tokenizer wants a download.
    """
    from sumy.nlp.stemmers import Stemmer
    from sumy.summarizers.lex_rank import LexRankSummarizer

    every = max(1, count // RANKED)
    some = [document for at, document in enumerate(documents(Folder(path), count)) if at % every == 0]
    return summed_up(some, LexRankSummarizer(Stemmer("russian"))), summed_up(some, LexRankSummarizer())


# Any: sumy has no types.
def summed_up(some: Sequence[Document], summarizer: Any) -> float:
    """Return milliseconds a text for summing texts up in two sentences."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    from digests.sentences import sentences
    from digests.words import tokens

    class Words:
        def to_words(self, sentence: str) -> Sequence[str]:
            return tuple(tokens(sentence))

    began = time.perf_counter()
    for document in some:
        told = [Sentence(one, Words()) for one in sentences(document.text)]
        summarizer(ObjectDocumentModel([Paragraph(told)]), 2)
    return (time.perf_counter() - began) * 1000 / len(some)


def row(figure: str, value: float, unit: str, goal: float | None, against: str) -> Row:
    """Return a line of the table; the goal is a limit."""
    met = "" if goal is None else "yes" if value <= goal else "no"
    limit = "" if goal is None else goal
    return {"figure": figure, "ours": value, "unit": unit, "at most": limit, "met": met, "note": against}


# Any: the works take numbers of all sorts.
def apart(work: Callable[..., Made], *args: Any) -> Made:
    """Return what the work returns in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *args).result()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, or one JSON object a row; return 1 if a goal was missed."""
    parser = ArgumentParser(prog="python -m benchmarks.text.speed", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the test texts")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the sizes")
    parser.add_argument("--json", action="store_true", help="print one JSON object a row instead of a table")
    chosen = parser.parse_args(arguments)
    if not chosen.data.is_dir():
        parser.error(f"no such folder: {chosen.data}")
    found = rows(chosen.data, chosen.scale)
    show(found, as_json=chosen.json)
    return int(any(line["met"] == "no" for line in found))


if __name__ == "__main__":
    sys.exit(main())

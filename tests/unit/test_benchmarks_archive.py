"""The made-up archive of the benchmarks: the same each time, growing in words, with records as the index makes them."""

import json
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.text.archive import FILES, Recorder, documents, pieces
from benchmarks.text.corpora import Folder, Missing
from digests.articles import ArticleId
from digests.related import RelatedIndex
from digests.terms import is_sound, key_of, unpacked
from tests.unit.test_related import NEWS, START


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    lines = [json.dumps({"title": title, "text": text, "cluster": 1}) for title, text in NEWS.values()]
    (tmp_path / f"{FILES[0]}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return Folder(tmp_path)


def test_it_is_the_same_each_time_however_long(folder: Folder) -> None:
    assert list(pieces(folder, 20)) == list(islice(pieces(folder, 30), 20))


def test_every_article_has_words_of_its_own_and_stories_go_on(folder: Folder) -> None:
    made = list(pieces(folder, 60))
    assert len({piece.names[-1] for piece in made}) > 55
    assert len({piece.names[0] for piece in made}) < 40
    assert len({document.text for document in documents(folder, 12)}) == 12


def test_records_are_sound_and_hold_the_words_of_the_article(folder: Folder) -> None:
    recorder, index = Recorder(), RelatedIndex()
    for number, piece in enumerate(pieces(folder, 30)):
        record = recorder.record(piece)
        assert is_sound(record, recorder.weights)
        held = set(unpacked(record).keys.tolist())
        title, text = recorder.stemmed(piece)
        assert held <= {key_of(stem) for stem in f"{title} {text}".split()}
        assert {key_of(name) for name in piece.names} <= held
        index.put(ArticleId(number), record, START)
    assert index.similar(ArticleId(29))


def test_without_news_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(Missing):
        next(pieces(Folder(tmp_path), 1))

"""The measures of texts: what they count, and what the command does with a folder that has only some of the files."""

import json
import math
from pathlib import Path

import pytest

from benchmarks.text.__main__ import FIGURES, figures, main
from benchmarks.text.corpora import Folder
from benchmarks.text.likeness import best_threshold
from benchmarks.text.measures import Mean, Tally, f1_margin, f1_of, hit, ndcg, reciprocal_rank, rouge_1
from benchmarks.text.rows import Row, Skipped


def put(folder: Path, name: str, *lines: object) -> Folder:
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return Folder(folder)


def test_ranks_hits_and_gains_are_counted_in_hundredths() -> None:
    gains = {7: 1.0, 8: 1.0}
    assert reciprocal_rank([1, 7, 8], gains) == 50
    assert reciprocal_rank([1], gains) == 0
    assert (hit([7], gains), hit([1, 7], gains), hit([], gains)) == (100, 0, 0)
    assert ndcg([7, 8], gains) == pytest.approx(100)
    assert ndcg([1, 7], gains) == pytest.approx(100 / math.log2(3) / (1 + 1 / math.log2(3)))
    assert ndcg([*range(20, 30), 7], gains) == 0


def test_rouge_folds_case_and_yo_clips_counts_and_averages_references() -> None:
    assert rouge_1("Ёлка стоит", ["елка СТОИТ"]) == 100
    assert rouge_1("мост мост мост", ["мост"]) == pytest.approx(50)
    assert rouge_1("мост", ["мост", "снег"]) == 50
    assert rouge_1("…", ["мост"]) == 0


def test_f1_is_over_all_documents_and_its_error_comes_from_leaving_one_out() -> None:
    good, bad = Tally(right=2), Tally(wrong=1, missed=1)
    assert f1_of([good, bad]).value == 2 / 3
    assert f1_of([good, bad]).error == pytest.approx(0.5)
    assert f1_margin([good, bad], [good, bad]) == Mean(0, 0)
    assert f1_of([good]).error is None
    assert Tally.of(["a", "a", "b"], ["a", "c"]) == Tally(right=1, wrong=2, missed=1)


def test_the_error_of_a_mean_is_that_of_its_items() -> None:
    assert Mean.of([1.0, 3.0]).value == 2
    assert Mean.of([1.0, 3.0]).error == pytest.approx(1)
    assert Mean.of([1.0]) == Mean(1, None)


def test_the_threshold_is_put_into_the_gap_where_f1_is_best() -> None:
    assert best_threshold([0.1, 0.2, 0.6, 0.8], [False, False, True, True]) == pytest.approx(0.4)


def test_a_story_of_eleven_is_too_loose_to_ask_about(tmp_path: Path) -> None:
    lines = [{"cluster": 1, "title": f"т{n}", "text": "x"} for n in range(11)]
    lines += [{"cluster": 2, "title": f"м{n}", "text": "x"} for n in range(2)] + [
        {"cluster": 3, "title": "о", "text": ""}
    ]
    corpus = put(tmp_path, "tg_news_clusters", *lines).same_story()
    assert len(corpus.documents) == 14
    assert corpus.gains == {11: {12: 1.0}, 12: {11: 1.0}}


def test_texts_are_related_by_how_rare_their_common_entities_are(tmp_path: Path) -> None:
    rare = {"title": "а", "text": "", "wikidata": ["Q1", "Q2", "Q3", "Q1"], "wikinews": True}
    other = {"title": "б", "text": "", "wikidata": ["Q9"], "wikinews": True}
    corpus = put(tmp_path, "nerel_wikinews", rare, rare, *[other] * 41, {**rare, "wikinews": False}).topical()
    gain = 3 * math.log(43 / 2) / 6
    assert corpus.gains == {0: {1: pytest.approx(gain)}, 1: {0: pytest.approx(gain)}}


def test_a_handbook_loses_its_code_and_links_that_lead_out_of_the_file(tmp_path: Path) -> None:
    page = {
        "id": "a",
        "title": "Мост",
        "description": "О мосте",
        "related": ["b", "z"],
        "markdown": "Да\n```\nx=1\n```",
    }
    corpus = put(tmp_path, "doka_articles", page, {**page, "id": "b", "related": []}).editors()
    assert "x=1" not in corpus.documents[0].text
    assert corpus.gains == {0: {1: 1.0}}


def test_one_headline_in_many_pairs_is_one_headline(tmp_path: Path) -> None:
    pairs = [
        {"label": 1, "text1": "мост", "text2": "переправа"},
        {"label": 0, "text1": "мост", "text2": "виадук"},
        {"label": -1, "text1": "виадук", "text2": "снег"},
    ]
    corpus = put(tmp_path, "paraphraser_headlines", *pairs).headlines()
    assert [one.title for one in corpus.documents] == ["мост", "переправа", "виадук", "снег"]
    assert corpus.gains == {0: {1: 1.0, 2: 1.0}, 1: {0: 1.0}, 2: {0: 1.0}}


def test_files_that_are_missing_are_skipped_with_a_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paras = ["Мост на Садовой улице закроют на ремонт до самой весны.", "Почему", "Опоры моста совсем износились."]
    folder = put(tmp_path, "sections_gold", {"title": "Мост закроют", "paras": paras, "labels": ["T", "H", "T"]})
    rows = figures(folder)
    assert len(rows) == len(FIGURES)
    assert isinstance(rows[0], Row)
    assert rows[0].plain.value == 1
    assert all(isinstance(row, Skipped) and "no " in row.reason for row in rows[3:])
    main(["--data", str(tmp_path), "--json"])
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert printed[0]["plain"] == {"value": 1.0, "error": None}
    assert "skipped" in printed[-1]
    assert main(["--data", str(tmp_path)]) in (0, 1)
    assert "headings in plain text" in capsys.readouterr().out


def test_a_folder_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main(["--data", str(tmp_path / "nowhere")])

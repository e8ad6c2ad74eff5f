"""The measure of stories: retellings are found, the rule is written where the program reads it."""

import json
from pathlib import Path

import pytest

from benchmarks.text import stories
from digests import same_story

EVENTS = [
    ("Мост на Садовой закроют", "Мост на Садовой закроют на ремонт опор 1 декабря, объезд пойдёт по Речной улице."),
    ("Театр открывает сезон", "Премьера комедии Островского пройдёт в субботу, билеты разобрали за час."),
    ("Завод выпустил трамвай", "На заводе Петрова собрали первый трамвай новой модели, испытания начнутся в марте."),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three events, each told twice, the second time with other words around."""
    lines = [
        {"cluster": number, "title": title + more, "text": f"{text} {more}", "when": f"{2 + turn} May 17:2{number}"}
        for number, (title, text) in enumerate(EVENTS)
        for turn, more in enumerate(("", " сегодня"))
    ]
    pairs = [{"label": "OK", **{f"{key}{half}": lines[half - 1][key] for key in ("title", "text") for half in (1, 2)}}]
    for name, rows in (("tg_news_clusters", lines), ("tg_pairs_human", pairs)):
        text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return tmp_path


def test_every_threshold_gets_its_figures(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert stories.main(["--data", str(folder), "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["nearest"] for row in rows] == list(stories.THRESHOLDS)
    assert rows[0]["stories: precision"] == 1
    assert rows[0]["stories: recall"] == 1
    assert rows[0]["pairs: recall"] == 1


def test_what_is_shipped_says_where_it_comes_from() -> None:
    read = json.loads(same_story.SHIPPED.read_text("utf-8"))
    assert set(read["weights"]) == {*same_story.Signs._fields, "bias"}
    assert read["provenance"]["on stories held out"]["stories: precision"] >= stories.PRECISION
    assert same_story.shipped().core < same_story.shipped().nearest

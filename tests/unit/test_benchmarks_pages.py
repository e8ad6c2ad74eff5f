"""The measure of reading pages: what it counts, and that our reading keeps to it on every template."""

import json
from pathlib import Path

import pytest

from benchmarks.text import pages
from benchmarks.text.corpora import Folder
from benchmarks.text.pages import TEMPLATES, Page, Reading, shares

PAGE = Page(
    template="any",
    markup="",
    headings=["Кратко", "Пример"],
    paragraphs=["Первый абзац статьи.", "Второй абзац статьи."],
    furniture=["Читайте также", "Подписывайтесь на наш канал в мессенджере"],
)
MARKDOWN = "## Где объезд\n\nОбъезд пойдёт {n} улицей, по которой раньше ходил трамвай, а потом рынком и площадью.\n\n"


def test_headings_count_only_as_headings_and_once() -> None:
    assert shares(PAGE, Reading(["Кратко", "Кратко"], ["Кратко", "Пример"])).kept == 0.5


def test_furniture_leaks_as_a_line_of_its_own_or_inside_of_another() -> None:
    assert shares(PAGE, Reading([], ["Читайте также"])).leaked == 0.5
    assert shares(PAGE, Reading([], ["Подписывайтесь на наш канал в мессенджере и будьте здоровы"])).leaked == 0.5
    assert shares(PAGE, Reading([], ["Мы говорим: читайте также книги"])).leaked == 0


def test_paragraphs_are_lost_when_nobody_sees_them() -> None:
    assert shares(PAGE, Reading([], ["Первый абзац статьи."])).lost == 0.5


def test_every_template_is_measured_and_read_well(tmp_path: Path) -> None:
    body = "".join(MARKDOWN.format(n=n) for n in ("Садовой", "Лесной", "Речной", "Новой"))
    articles = [{"id": f"a{n}", "title": f"Мост номер {n} закроют", "markdown": body} for n in range(len(TEMPLATES))]
    lines = "\n".join(json.dumps(article) for article in articles)
    (tmp_path / "doka_articles.jsonl").write_text(lines, encoding="utf-8")
    folder = Folder(tmp_path)
    assert {page.template for page in pages.pages(folder)} == {template.__name__ for template in TEMPLATES}
    kept, lost = pages.headings(folder), pages.paragraphs(folder)
    assert kept.ours.value == pytest.approx(1.0)
    assert lost.ours.value == 0
    assert pages.furniture(folder).ours.value < pages.furniture(folder).plain.value

"""Words that pages use for buttons and lists are sub-headings where an article has a text below them."""

import pytest

from digests.blocks import Block
from digests.sections import cut
from digests.sources.documents import blocks_of
from digests.sources.page import sourced

FIRST = "Город потратит на мост сорок миллионов рублей, рассказали в управлении дорог. Работы займут три месяца."
SECOND = "Подрядчик уже нашёлся: это фирма из соседнего города, которая чинила набережную два года назад."
WORDS = (
    "Источник",
    "Подробнее",
    "Search",
    "search",
    "Комментарии",
    "Реклама",
    "Видео",
    "Что ещё почитать",
    "Читайте также",
)
TITLES = ("Водолазы нашли трещину в опоре моста", "Автобусы пустят через плотину", "Мэр пообещал открыть проезд к маю")
LINKS = "".join(f"<li><a href='/n{i}'>{title}</a></li>" for i, title in enumerate(TITLES))


def markdown(word: str) -> tuple[Block, ...]:
    parts = ("# Мост закроют", FIRST, "## Когда начнут", SECOND, f"## {word}", FIRST, "## Кто платит", SECOND)
    return blocks_of("a.md", "\n\n".join(parts).encode())


def page(inner: str) -> tuple[Block, ...]:
    text = f"<h1>Мост закроют</h1><p>{FIRST}</p><h2>Когда начнут</h2><p>{SECOND}</p>{inner}"
    body = f"<html><head><title>Мост закроют</title></head><body><article>{text}</article></body></html>"
    return sourced(body.encode(), "utf-8", "https://vesti.example/1").blocks


def headings(blocks: tuple[Block, ...]) -> list[str]:
    return [section.title for section in cut(blocks).sections if section.title]


@pytest.mark.parametrize("word", WORDS)
def test_a_heading_of_markdown_over_a_text_stays_whatever_it_says(word: str) -> None:
    draft = cut(markdown(word))
    assert headings(markdown(word)) == ["Когда начнут", word, "Кто платит"]
    assert not draft.removed


@pytest.mark.parametrize("word", WORDS)
def test_so_does_a_heading_of_a_page_its_last_one_too(word: str) -> None:
    blocks = page(f"<h2>{word}</h2><p>{FIRST}</p>")
    assert headings(blocks) == ["Когда начнут", word]
    assert not cut(blocks).removed


@pytest.mark.parametrize("word", ["Комментарии", "Автор", "Содержание"])
def test_a_section_in_a_box_like_the_others_is_no_box_of_the_page(word: str) -> None:
    boxes = "".join(f"<section><h2>{head}</h2><p>{FIRST} {SECOND}</p></section>" for head in ("Суть", word, "Итог"))
    assert headings(page(boxes)) == ["Когда начнут", "Суть", word, "Итог"]


@pytest.mark.parametrize("word", ["Читайте также", "Что ещё почитать", "Похожие статьи"])
@pytest.mark.parametrize(
    "below",
    [
        f"<ul>{LINKS}</ul>",
        f"<div class='related-posts'><ul>{LINKS}</ul></div><p>{FIRST} На этом всё.</p>",
        "".join(f"<p>{title}</p>" for title in TITLES),
        "".join(f"<p>{title}.</p>" for title in TITLES),
        f"<p>Мы уже не раз писали об этом мосте.</p><ul>{LINKS}</ul>",
    ],
)
def test_over_links_or_lines_like_titles_it_announces_other_articles(word: str, below: str) -> None:
    blocks = page(f"<h3>{word}</h3>{below}")
    assert headings(blocks) == ["Когда начнут"]
    assert {link.title.rstrip(".") for link in cut(blocks).source_links} >= set(TITLES)


@pytest.mark.parametrize(
    "inner",
    [
        f"<h4>Реклама</h4><div class='banner-ad'><a href='/x'>Купите окна</a></div><p>{FIRST} На этом всё.</p>",
        f"<h4>Реклама</h4><div id='slot_7'></div><p>{FIRST} На этом всё.</p>",
        f"<div><h4>Подписаться</h4></div><div class='subscribe'>Почта</div><p>{FIRST} На этом всё.</p>",
        "<h3>Подписаться</h3><p>Подпишитесь на наш Telegram-канал, чтобы узнавать новости первыми.</p>",
        "<h3>Источник</h3><p>Пресс-служба</p>",
    ],
)
def test_over_furniture_it_is_furniture(inner: str) -> None:
    assert headings(page(inner)) == ["Когда начнут"]

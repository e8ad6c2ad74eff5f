"""The paper of the invented town comes out through the real services, each article in its own time."""

import re
from datetime import UTC
from pathlib import Path

import pytest

from bot.demo import seeding
from bot.demo.checks import Manuscript
from digests.articles import Article, ArticleState, TitleOrigin
from digests.blocks import plain


@pytest.fixture
async def seeded(tmp_path: Path) -> list[Article]:
    return await seeding.seed(f"sqlite+aiosqlite:///{tmp_path}/svodka.db")


def body(article: Article) -> str:
    parts = [plain(article.lead)]
    for section in article.sections:
        parts += [section.title, plain(section.blocks)]
    return "\n".join(parts)


async def test_every_article_is_published_when_its_file_says(seeded: list[Article]) -> None:
    pieces = seeding.pieces()
    assert len(seeded) == len(pieces) >= 12
    assert all(article.state is ArticleState.PUBLISHED for article in seeded)
    assert [article.published_at for article in seeded] == [piece.published_at.astimezone(UTC) for piece in pieces]
    assert seeded[-1].published_at
    assert seeded[-1].published_at < seeding.START


async def test_every_article_is_cut_without_a_loss_and_has_its_own_title(seeded: list[Article]) -> None:
    for piece, article in zip(seeding.pieces(), seeded, strict=True):
        assert article.title_origin is TitleOrigin.TEXT
        assert article.title == piece.text.splitlines()[0]
        assert Manuscript.of(article, piece.rubric, piece.text).is_read_as(body(article)), article.title


async def test_the_tails_of_the_paper_become_related_articles(seeded: list[Article]) -> None:
    for piece, article in zip(seeding.pieces(), seeded, strict=True):
        tail = re.split(r"\n(?:Статьи по теме|Читайте также)\n", piece.text)[1:]
        titles = [line for line in "".join(tail).splitlines() if line]
        assert [link.title for link in article.source_links] == titles, article.title

"""The tour holds with the demo's own article and with others; what does not hold is named."""

from pathlib import Path

import pytest

from bot.demo import launch, seeding
from bot.failures import Failure

SEED = Path(__file__).resolve().parents[3] / "shared" / "data" / "seed-article.txt"


async def toured(text: str) -> str:
    """Perform the tour with an article; return what was printed."""
    printed: list[str] = []
    await launch.guided(text, printed.append)
    return "\n".join(printed)


async def test_the_whole_tour_holds() -> None:
    transcript = await toured(seeding.editors_text())
    assert "All 14 steps held" in transcript
    assert "[ Следующий раздел ▶ ]" in transcript
    assert "Лоцманский мост закроют до мая: как будет жить Заречье" in transcript


@pytest.mark.skipif(not SEED.exists(), reason="needs ../shared/data/seed-article.txt, which is not shipped")
async def test_it_holds_with_an_article_from_a_site() -> None:
    text = SEED.read_text(encoding="utf-8")
    transcript = await toured(text)
    assert "All 14 steps held" in transcript
    assert text.splitlines()[0] in transcript


async def test_what_the_bot_refuses_ends_the_tour_with_the_bots_own_words() -> None:
    with pytest.raises(Failure) as ended:
        await toured("🔥🔥🔥 — !!!")
    assert "The editor pushes an article" in str(ended.value)
    assert "буквы" in str(ended.value)

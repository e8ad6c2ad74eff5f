"""The newspaper of Solvinsk: its files, and how they get into a fresh database through the real services."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.demo.clock import StoppedClock
from digests.articles import Article, UserId
from digests.newsroom import Arrival, Newsroom
from digests.related import RelatedIndex
from digests.rubrics import RubricId
from digests.sources import paste
from digests.storage.engine import Database
from digests.storage.migrate import migrate

HOME = ZoneInfo("Europe/Moscow")
TODAY = date(2026, 11, 22)  # a Sunday; the digest that comes is Monday's
START = datetime.combine(TODAY, time(18, 30), HOME)
PAPER = Path(__file__).parent / "paper"
# Whoever filed the older articles; the demo's own people get other ids, so their messages are never taken for these.
OLD_HAND = UserId(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An article of the paper, as its file tells it."""

    rubric: str
    published_at: datetime
    text: str


def pieces() -> list[Piece]:
    """Return the paper's articles in the order they came out."""
    return sorted(map(_piece, PAPER.glob("[0-9][0-9]-*.txt")), key=lambda piece: piece.published_at)


def rubrics() -> Iterator[tuple[str, str]]:
    """Yield emoji and name of the paper's rubrics, in their order."""
    for line in (PAPER / "rubrics.txt").read_text(encoding="utf-8").splitlines():
        emoji, _, name = line.partition("|")
        yield emoji, name


def editors_text() -> str:
    """Return the article that the demo's editor pushes unless told otherwise."""
    return (PAPER / "editor.txt").read_text(encoding="utf-8")


async def seed(url: str) -> list[Article]:
    """Publish the whole paper in a fresh database, each article at its own time; return the articles."""
    await migrate(url)
    clock = StoppedClock(START)
    async with Database.opened(url) as database:
        newsroom = Newsroom(database, clock, RelatedIndex())
        shelves = {name: (await newsroom.add_rubric(name, emoji)).id for emoji, name in rubrics()}
        published = []
        for number, piece in enumerate(pieces(), 1):
            clock.moment = piece.published_at
            published.append(await _published(newsroom, number, piece, shelves[piece.rubric]))
        return published


async def _published(newsroom: Newsroom, number: int, piece: Piece, rubric: RubricId) -> Article:
    draft = await newsroom.submit(OLD_HAND, number, paste.from_text(piece.text), Arrival.COMMAND)
    filed = await newsroom.file_under(draft.id, rubric)
    article, _ = await newsroom.publish(filed.id, filed.revision)
    return article


def _piece(path: Path) -> Piece:
    header, text = path.read_text(encoding="utf-8").split("\n---\n", 1)
    fields = dict(line.split(": ", 1) for line in header.splitlines())
    days, at = fields["published"].split(" ")
    published_at = datetime.combine(TODAY + timedelta(days=int(days)), time.fromisoformat(at), HOME)
    return Piece(rubric=fields["rubric"], published_at=published_at, text=text)

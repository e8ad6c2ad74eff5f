"""Ready-made models for tests; each says only what matters to it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from digests.articles import ArticleId, Headline
from digests.editions import Edition, EditionId, RubricPart, Story
from digests.readers import ChatId, Preferences, Reader, ReaderId, ReaderState, Schedule
from digests.rubrics import Choice, Rubric, RubricId
from digests.zones import zone

NOW = datetime(2026, 11, 23, 11, 5, tzinfo=UTC).astimezone(zone("Europe/Moscow"))  # Monday, 14:05 in Moscow
DUE = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)  # 08:00 in Moscow
RUBRICS = tuple(
    Rubric(id=RubricId(number), name=name, emoji=emoji)
    for number, (name, emoji) in enumerate(
        [("Город", "🏙"), ("Экономика", "💰"), ("Происшествия", "🚨"), ("Спорт", "")], 1
    )
)


def headline(number: int = 1, title: str = "Мост на Садовой закроют до весны", **changes: object) -> Headline:
    made = Headline(
        id=ArticleId(number),
        title=title,
        rubric_id=RubricId(1),
        summary="Объезд по Речной, автобусы 4 и 17 меняют маршрут.",
        minutes=2,
        published_at=datetime(2026, 11, 22, 15, 40, tzinfo=UTC),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # a test names fields as it needs them


def part(rubric: Rubric, count: int, first: int = 1) -> RubricPart:
    return RubricPart(
        rubric=rubric,
        headlines=tuple(
            headline(number, f"Новость {number}", rubric_id=rubric.id) for number in range(first, first + count)
        ),
    )


def edition(*parts: RubricPart, slot: time | None = time(8), stories: tuple[str, ...] = ()) -> Edition:
    return Edition(
        id=EditionId(7),
        language="ru",
        local_date=date(2026, 11, 23),
        slot=slot,
        until=datetime(2026, 11, 23, 5, 0, tzinfo=UTC),
        stories=tuple(Story(article_id=ArticleId(1), sentence=sentence) for sentence in stories),
        parts=parts or (part(RUBRICS[0], 5), part(RUBRICS[1], 4, 11), part(RUBRICS[2], 3, 21)),
    )


def reader(
    *,
    state: ReaderState = ReaderState.ACTIVE,
    zone_name: str = "Europe/Moscow",
    at: time = time(8),
    days: int = 127,
    rubrics: Choice | None = None,
    language: str = "ru",
    due: datetime | None = DUE,
    paused_until: datetime | None = None,
) -> Reader:
    return Reader(
        id=ReaderId(1),
        chat_id=ChatId(100),
        state=state,
        preferences=Preferences(
            language=language,
            schedule=Schedule(zone=zone_name, time=at, days=days),
            rubrics=rubrics or Choice(),
        ),
        paused_until=paused_until,
        covered_until=datetime(2026, 11, 23, 5, 0, tzinfo=UTC),
        next_due=due,
        joined_at=datetime(2026, 11, 1, tzinfo=UTC),
    )

"""The editors' screens of broadcasts: what Telegram takes, and what an editor reads."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views import announcing
from bot.views.broadcasts import Watched, card, duration, sure_to_recall, sure_to_resend, sure_to_retry
from digests.articles import UserId
from digests.broadcasts import Fate, Kind, Pause, Phase, Progress, Reach
from digests.deliveries import BroadcastId, DeliveryState
from tests.screens import labels, speaking, text_of

NOW = datetime(2026, 11, 24, 5, 4, tzinfo=UTC)
T = speaking("ru")
RUNNING = Progress(
    id=BroadcastId(1),
    kind=Kind.ANNOUNCEMENT,
    title="Мост <на> Садовой & другие",
    author=UserId(1),
    starts_at=NOW - timedelta(minutes=3),
    created_at=NOW - timedelta(minutes=4),
    paused=None,
    share=None,
    stopped=False,
    recalled=False,
    entering=False,
    counts={"sent": 2689, "gone": 14, "failed": 3, "pending": 2042, "sending": 64},
)
WATCHED = Watched(progress=RUNNING, now=NOW, rate=21.0)


def with_progress(**changes: object) -> Watched:
    return replace(WATCHED, progress=replace(RUNNING, **changes))  # type: ignore[arg-type]  # fields by name


def test_a_running_broadcast_reads_as_agreed() -> None:
    assert text_of(card(T, WATCHED)) == (
        "📣 Мост <на> Садовой & другие · идёт\n"
        "███████░░░░░░░  2 706 из 4 812 · 56 %\n"
        "Доставлено 2 689 · недоступны 14 · не дошло 3\n"
        "Скорость 21/с · осталось ≈ 1 мин 40 с\n"
        "Ограничение Telegram: нет"
    ).replace("2 706", "2\xa0706").replace("4 812", "4\xa0812").replace("2 689", "2\xa0689")
    assert labels(card(T, WATCHED)) == ["Пауза", "Остановить", "Обновить", "Все рассылки"]


def test_a_flood_pause_is_told_with_its_end() -> None:
    text = text_of(card(T, replace(WATCHED, flood_until=NOW + timedelta(seconds=220))))
    assert "Пауза Telegram до 05:07:40, продолжим сами" in text
    over = text_of(card(T, replace(WATCHED, flood_until=NOW - timedelta(seconds=1))))
    assert "Ограничение Telegram: нет" in over


def test_a_digest_that_its_window_does_not_hold_says_when_it_ends() -> None:
    slow = with_progress(kind=Kind.DIGEST, starts_at=NOW - timedelta(minutes=9))
    assert "Последние получат дайджест около 05:05, позже обещанного окна." in text_of(card(T, slow))
    fits = with_progress(kind=Kind.DIGEST, starts_at=NOW - timedelta(minutes=8))
    assert "позже обещанного" not in text_of(card(T, fits))
    assert "позже обещанного" not in text_of(card(T, with_progress(starts_at=NOW - timedelta(hours=1))))


def test_another_instance_is_named_and_a_standstill_is_told() -> None:
    assert "Работает другой экземпляр (host-2:17)" in text_of(card(T, replace(WATCHED, worker="host-2:17")))
    assert "Стоит 3 мин" in text_of(card(T, replace(WATCHED, idle=timedelta(minutes=3))))


def test_a_parked_one_says_why() -> None:
    errors = card(T, with_progress(paused=Pause.ERRORS, share=6))
    assert "Стоит: доля ошибок 6 % за минуту — проверьте" in text_of(errors)
    assert labels(errors)[:2] == ["Продолжить", "Остановить"]
    assert "одно сообщение за другим" in text_of(card(T, with_progress(paused=Pause.REFUSALS, share=100)))


def test_the_report_has_the_failures_by_class() -> None:
    finished = with_progress(
        counts={"sent": 4771, "gone": 33, "failed": 6, "unknown": 2}, last_at=NOW + timedelta(seconds=52)
    )
    shown = card(
        T,
        replace(finished, reasons={("gone", "blocked"): 33, ("failed", "bad_markup"): 6, ("unknown", "timeout"): 2}),
    )
    text = text_of(shown)
    assert "✅" in text
    assert "завершено за 3 мин 52 с" in text
    assert "неясно 2" in text
    assert "заблокировали бота: 33" in text
    assert labels(shown)[:4] == ["Проверить и дослать", "6 не дошло", "CSV", "Отозвать"]


def test_one_that_failed_does_not_look_finished_well() -> None:
    assert text_of(card(T, with_progress(counts={"failed": 30}))).startswith("⚠")


def test_a_digest_cannot_be_taken_back() -> None:
    shown = card(T, with_progress(kind=Kind.DIGEST, title="", counts={"sent": 5}, last_at=NOW))
    assert "Дайджест 24 ноября, 05:01" in text_of(shown)
    assert "Отозвать" not in labels(shown)


@pytest.mark.parametrize("language", ["ru", "en"])
@given(
    counts=st.dictionaries(st.sampled_from([state.value for state in DeliveryState]), st.integers(0, 2_000_000)),
    paused=st.sampled_from([None, *Pause]),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
    offset=st.integers(-100, 100_000),
    kind=st.sampled_from(Kind),
    rate=st.floats(0.1, 1000),
)
def test_every_card_is_one_that_telegram_takes(
    language: str,
    counts: dict[str, int],
    paused: Pause | None,
    flags: tuple[bool, bool, bool],
    offset: int,
    kind: Kind,
    rate: float,
) -> None:
    stopped, recalled, entering = flags
    progress = replace(
        RUNNING,
        kind=kind,
        counts=counts,
        paused=paused,
        share=6 if paused else None,
        stopped=stopped or recalled,
        recalled=recalled,
        entering=entering,
        starts_at=NOW - timedelta(seconds=offset),
    )
    watched = Watched(progress=progress, now=NOW, rate=rate, fates={Fate.DELETED: 3, Fate.KEPT: 1})
    t = speaking(language)
    for view in (card(t, watched), sure_to_recall(t, watched), sure_to_resend(t, watched), sure_to_retry(t, watched)):
        text_of(view)
    text_of(announcing.broadcasts(t, [progress] * announcing.PAGE, NOW, digests=False, page=0, total=30))


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 с"), (59, "59 с"), (60, "1 мин"), (100, "1 мин 40 с"), (3600, "1 ч 0 мин")]
)
def test_spans_of_time_read_well(seconds: int, words: str) -> None:
    assert duration(T, timedelta(seconds=seconds)) == words


def test_the_question_names_everyone_who_is_left_out() -> None:
    reach = Reach(readers=4812, paused=312, stopped=20, parked=5, other_rubrics=96, served=3)
    shown = announcing.confirm(T, "Мост", reach, 22.0, article=7)
    text = text_of(shown).replace("\xa0", " ")
    assert "Отправить «Мост»?" in text
    assert "Получателей: 4 812" in text
    assert "не получат: 312 на паузе, 20 отписались, 5 недоступны, 96 не читают рубрику, 3 уже получили" in text
    assert "Займёт около 3 мин 39 с при 22 сообщ./с" in text
    assert labels(shown) == ["Отправить", "Тест себе", "Отмена"]


def test_without_readers_there_is_nothing_to_press_but_the_test() -> None:
    shown = announcing.confirm(T, "", Reach(readers=0), 22.0, message=7)
    assert "Отправлять некому" in text_of(shown)
    assert labels(shown) == ["Тест себе", "Отмена"]


def test_every_phase_has_a_card() -> None:
    phases = {
        with_progress(starts_at=NOW + timedelta(seconds=30)).phase,
        WATCHED.phase,
        with_progress(paused=Pause.EDITOR).phase,
        with_progress(paused=Pause.ERRORS).phase,
        with_progress(stopped=True).phase,
        with_progress(recalled=True).phase,
        with_progress(recalled=True, counts={"recalled": 2}).phase,
        with_progress(counts={"sent": 2}).phase,
    }
    assert phases == set(Phase)

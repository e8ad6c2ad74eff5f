"""The settings, the first start, leaving, help and /why: what they say, and that every screen tells what comes next."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.callbacks import ChooseDays, ChooseRubric, ChooseTime, ChooseZone, ShowSettings, ShowStep
from bot.i18n import Translator
from bot.views import help as help_view
from bot.views import leaving, notices, settings, start
from bot.views.upcoming import upcoming
from bot.views.view import View
from bot.views.why import SENTENCES, why
from digests.readers import ReaderState
from digests.rubrics import Choice, Rubric, RubricId
from digests.subscriptions import Why, WhyReason
from digests.team import Role
from tests.made import DUE, NOW, RUBRICS, reader
from tests.screens import drawn, labels, speaking, target, text_of

T, EN = speaking("ru"), speaking("en")
NEXT = "Следующий дайджест: завтра, вт 24 ноября, между 08:00 и 08:10 (Москва)."
SOME = Choice.of([RubricId(1), RubricId(3)])


def screens(t: Translator, **changes: object) -> list[View]:
    one = reader(**changes)  # type: ignore[arg-type]  # a test names fields as it needs them
    return [
        settings.main(t, one, RUBRICS, NOW),
        settings.rubrics(t, one, RUBRICS, 0, NOW),
        settings.rubrics(t, one, (), 0, NOW),
        settings.time_of_day(t, one, NOW),
        settings.zone(t, one, NOW),
        settings.days(t, one, NOW),
        settings.language(t, one, ("ru", "en"), NOW),
        settings.pause(t, one, NOW),
        start.rubrics_step(t, one, RUBRICS, 0, NOW),
        start.time_step(t, one, NOW),
        start.done_step(t, one, RUBRICS, NOW),
        start.welcome(t, one, NOW),
        start.welcome_back(t, one, NOW),
        leaving.weekly(t, one, NOW),
        leaving.stayed(t, one, NOW),
    ]


def test_every_screen_of_the_settings_ends_with_the_next_digest() -> None:
    for view in screens(T):
        assert text_of(view).endswith(NEXT)
    for view in screens(EN):
        assert text_of(view).endswith("Next digest: tomorrow, Tue 24 November, between 08:00 and 08:10 (Moscow).")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"due": DUE + timedelta(days=4)}, "Следующий дайджест: сб 28 ноября, между 08:00 и 08:10 (Москва)."),
        ({"due": NOW + timedelta(hours=5)}, "Следующий дайджест: сегодня, пн 23 ноября, между 19:05 и 19:15 (Москва)."),
        (
            {"state": ReaderState.PAUSED, "paused_until": DUE},
            "Пауза до завтра, вт 24 ноября. Потом дайджест снова начнёт приходить.",
        ),
        ({"state": ReaderState.PAUSED}, "Пауза, пока вы не скажете «Продолжить»."),
        ({"state": ReaderState.STOPPED, "due": None}, "Вы отписаны. Вернуть дайджест: /start."),
        ({"rubrics": Choice("")}, "Не выбрано ни одной рубрики, поэтому присылать нечего."),
        ({"due": None}, "Дайджест пока не запланирован."),
    ],
)  # fmt: skip
def test_what_comes_next_is_said_truly_in_every_state(changes: dict[str, object], sentence: str) -> None:
    assert upcoming(T, reader(**changes), NOW) == sentence  # type: ignore[arg-type]  # fields as the case needs them


def test_the_window_crosses_midnight() -> None:
    late = reader(due=datetime(2026, 11, 23, 20, 55, tzinfo=UTC))
    assert upcoming(T, late, NOW) == "Следующий дайджест: сегодня, пн 23 ноября, между 23:55 и 00:05 (Москва)."


def test_the_main_screen_shows_all_at_a_glance() -> None:
    view = settings.main(T, reader(rubrics=SOME, days=0b0011111), RUBRICS, NOW)
    assert drawn(view) == (
        "⚙ Настройки\n\n"
        "Рубрики: Город, Происшествия\nВремя: 08:00 · Москва (UTC+3)\nДни: по будням\nЯзык: русский\n\n"
        f"{NEXT}\n\n"
        "[ Рубрики ] [ Время ]\n[ Город и пояс ] [ Дни ]\n[ Язык ] [ Пауза ]\n[ Показать пример ]\n[ Отписаться ]\n"
    )


def test_toggles_carry_the_state_they_lead_to() -> None:
    view = settings.rubrics(T, reader(rubrics=SOME), RUBRICS, 0, NOW)
    assert labels(view) == ["✓ 🏙 Город", "💰 Экономика", "✓ 🚨 Происшествия", "Спорт", "Все рубрики", "◀ Настройки"]
    assert target(view, "✓ 🏙") == ChooseRubric(rubric=1, on=False, back="settings").pack()
    assert target(view, "💰") == ChooseRubric(rubric=2, on=True, back="settings").pack()
    assert target(view, "Все") == ChooseRubric(rubric=0, on=True, back="settings").pack()
    everything = settings.rubrics(T, reader(), RUBRICS, 0, NOW)
    assert target(everything, "✓ Все") == ChooseRubric(rubric=0, on=False, back="settings").pack()


@given(st.integers(0, 400), st.integers(0, 99), st.text(st.characters(codec="utf-8"), min_size=1, max_size=32))
def test_any_number_of_rubrics_fits(count: int, page: int, name: str) -> None:
    many = [Rubric(id=RubricId(number), name=f"{name}{number}", emoji="🏙") for number in range(1, count + 1)]
    picked = reader(rubrics=Choice.of([rubric.id for rubric in many[:50]]))
    for view in (
        settings.rubrics(T, picked, many, page, NOW),
        settings.main(T, picked, many, NOW),
        start.rubrics_step(T, picked, many, page, NOW),
        start.done_step(T, picked, many, NOW),
    ):
        text_of(view)
        assert all(len(each.label) <= 18 for row in view.keyboard if len(row) > 1 for each in row)


def test_lists_of_rubrics_turn_over_where_they_are() -> None:
    many = [Rubric(id=RubricId(number), name=f"Рубрика {number}") for number in range(1, 31)]
    assert target(settings.rubrics(T, reader(), many, 0, NOW), "Ещё") == ShowSettings(screen="rubrics", page=1).pack()
    assert target(start.rubrics_step(T, reader(), many, 0, NOW), "Ещё") == ShowSettings(screen="start", page=1).pack()


def test_the_present_time_zone_day_and_language_are_marked() -> None:
    assert "✓ 08:00" in labels(settings.time_of_day(T, reader(), NOW))
    assert "✓ Москва" in labels(settings.zone(T, reader(), NOW))
    assert "✓ сб" in labels(settings.days(T, reader(days=0b0100000), NOW))
    assert labels(settings.language(T, reader(), ("ru", "en"), NOW))[:2] == ["✓ Русский", "English"]


def test_days_toggle_by_carrying_the_whole_week() -> None:
    view = settings.days(T, reader(days=0b0000011), NOW)
    assert "Дайджест приходит: пн, вт." in text_of(view)
    assert target(view, "✓ пн") == ChooseDays(days=0b0000010).pack()
    assert target(view, "ср") == ChooseDays(days=0b0000111).pack()


def test_a_pause_can_be_ended_only_when_there_is_one() -> None:
    assert "Продолжить" not in labels(settings.pause(T, reader(), NOW))
    assert "Продолжить" in labels(settings.pause(T, reader(state=ReaderState.PAUSED), NOW))


def test_a_fixed_offset_is_its_own_name() -> None:
    assert "08:00 · UTC+5:30\n" in text_of(settings.main(T, reader(zone_name="UTC+05:30"), RUBRICS, NOW))


def test_the_first_step_promises_a_digest_without_any_choice() -> None:
    view = start.rubrics_step(T, reader(), RUBRICS, 0, NOW)
    assert "Шаг 1 из 3. Что читать?" in text_of(view)
    assert "Настраивать ничего не обязательно: дайджест придёт и так." in text_of(view)
    assert labels(view)[-1] == "Дальше ▶"


def test_the_second_step_guesses_the_zone_and_asks() -> None:
    view = start.time_step(T, reader(), NOW)
    assert "У вас сейчас 14:05, верно? (Москва)" in text_of(view)
    assert target(view, "Да ▶") == ShowStep(step=3).pack()
    assert target(view, "Другой город") == ChooseZone(zone="", back="start").pack()
    assert target(view, "09:00") == ChooseTime(minutes=540, back="start").pack()


def test_questions_can_be_cancelled_back_to_where_they_were_asked() -> None:
    assert target(settings.ask_time(T, "start"), "Отмена") == ShowStep(step=2).pack()
    assert target(settings.ask_zone(T, "settings"), "Отмена") == ShowSettings(screen="zone").pack()
    view = settings.unknown_zone(T, "Города «<b>» я не знаю.", {"Казань": "Europe/Moscow"}, "settings")
    assert text_of(view) == "Города «<b>» я не знаю."
    assert target(view, "Казань") == ChooseZone(zone="Europe/Moscow", back="settings").pack()


def test_unsubscribing_first_offers_less() -> None:
    assert labels(leaving.offer(T)) == ["Раз в неделю, сб", "Пауза", "Отписаться совсем", "Остаться"]


@pytest.mark.parametrize("reason", WhyReason)
@pytest.mark.parametrize("t", [T, EN])
def test_every_reason_has_its_sentence(reason: WhyReason, t: Translator) -> None:
    truth = Why(reason=reason, slot_at=DUE - timedelta(days=1), done_at=DUE - timedelta(days=1) + timedelta(minutes=2))
    view = why(t, reader(), truth, NOW)
    assert SENTENCES[reason](t, "08:00", "08:02") in text_of(view)
    text_of(why(t, reader(), Why(reason=reason), NOW))


def test_why_tells_of_a_day_without_news() -> None:
    truth = Why(reason=WhyReason.NO_NEWS, slot_at=DUE - timedelta(days=1))
    assert text_of(why(T, reader(), truth, NOW)) == (
        "Сегодня, понедельник, 23 ноября\n\n"
        f"В 08:00 по вашим рубрикам не было новых статей, поэтому ничего не пришло.\n\n{NEXT}"
    )


@pytest.mark.parametrize("t", [T, EN])
def test_help_lists_the_commands_of_each_role(t: Translator) -> None:
    for role, own in ((None, "/why"), (Role.EDITOR, "/add"), (Role.OWNER, "/team")):
        text = text_of(help_view.helping(t, role, 100))
        assert own in text
        assert "100" in text
    assert "/add" not in text_of(help_view.helping(t, None, 100))
    assert "/team" not in text_of(help_view.helping(t, Role.EDITOR, 100))


@pytest.mark.parametrize("t", [T, EN])
def test_every_other_screen_is_taken_by_telegram(t: Translator) -> None:
    for view in (
        help_view.unknown_command(t, "/<b>&" + "x" * 4000),
        help_view.unknown_text(t, "мост", 7, editor=True),
        help_view.unknown_text(t, "мост", 0, editor=False),
        help_view.unknown_media(t, editor=True),
        help_view.unknown_media(t, editor=False),
        help_view.only_private(t),
        leaving.stopped(t),
        leaving.ask_forget(t),
        leaving.forgotten(t),
        leaving.kept(t),
        leaving.privacy(t),
        notices.sentence("a < b"),
        notices.gone(t, "a < b", 0),
        notices.gone(t, "a < b", 7),
        notices.stale(t),
        notices.broken(t),
        notices.no_articles(t),
        settings.bad_time(t, "a < b", "start"),
    ):
        text_of(view)


def test_who_has_left_is_offered_to_come_back() -> None:
    assert labels(settings.main(T, reader(state=ReaderState.STOPPED), RUBRICS, NOW))[-1] == "Подписаться снова"
    assert labels(settings.main(T, reader(), RUBRICS, NOW))[-1] == "Отписаться"

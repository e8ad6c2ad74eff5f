"""The transcript shows chats as people see them: who, what, and the buttons below."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.demo.transcript import Transcript
from sandbox import Bot, Button, Chat, Message, User
from sandbox.keyboards import Markup
from sandbox.markup import Content

ANNA = User(first_name="Анна", id=7)
CHAT = Chat(id=7, type="private", user=ANNA)
BOT = Bot(token="1000:demo", username="svodka_bot", name="Сводка")


def printed(kind: str, payload: object) -> str:
    lines: list[str] = []
    Transcript(lines.append, "Сводка").seen(kind, payload)
    return "\n".join(lines)


def message(sender: User | Bot, text: str, *labels: str) -> Message:
    rows = tuple((Button(label, "x"),) for label in labels)
    return Message(chat=CHAT, message_id=1, date=0, sender=sender, content=Content(text, ()), markup=Markup(rows=rows))


def test_a_message_of_the_bot_is_shown_whole_with_its_buttons() -> None:
    text = "Доброе утро!\n\n" + "Мост закрыли. " * 100
    shown = printed("message", message(BOT, text, "Читать ▶"))
    assert shown.startswith("Сводка → Анна\n  │ Доброе утро!\n  │\n  │ Мост закрыли.")
    assert shown.rstrip().endswith("  │ [ Читать ▶ ]")
    assert shown.count("Мост закрыли.") == 100


def test_an_edit_says_that_it_is_the_same_message() -> None:
    assert "Сводка → Анна (the same message)" in printed("edit", message(BOT, "Раздел 2 из 6"))


def test_what_a_person_typed_is_shown_and_a_long_paste_shortened() -> None:
    assert printed("message", message(ANNA, "/start")) == "Анна:\n  │ /start\n"
    long = printed("message", message(ANNA, "а" * 4096))
    assert len(long) < 400
    assert "4,096 characters" in long


def test_nothing_else_is_shown() -> None:
    assert printed("delete", message(BOT, "Готово")) == ""
    assert printed("commands", {}) == ""


def test_the_hour_is_told_with_its_place() -> None:
    lines: list[str] = []
    Transcript(lines.append, "Сводка").time(datetime(2026, 11, 23, 8, tzinfo=ZoneInfo("Asia/Yekaterinburg")))
    assert "Monday 23 November, 08:00:00 (Asia/Yekaterinburg)" in lines[0]

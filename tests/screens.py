"""What Telegram would make of a view: parsed by its own library, held to its limits, and readable as plain text."""

from pathlib import Path

import pytest

from bot.callbacks import DATA_LIMIT
from bot.i18n import Catalogs, Translator
from bot.views.view import View

markup = pytest.importorskip("sandbox.markup", reason="needs tdjson, which the demo extra brings")

ENTITIES_LIMIT = 100
ROW_LIMIT, BUTTONS_LIMIT = 8, 100
CATALOGS = Catalogs.read("ru")
GOLDEN = Path(__file__).parent / "golden"


def speaking(language: str) -> Translator:
    return CATALOGS.translator(language)


def text_of(view: View) -> str:
    """Return the text that people see. Fails when Telegram would refuse the view or lose a part of it."""
    content = markup.formatted(view.text, "HTML")
    assert content.text, "nothing to see"
    assert len(content.entities) < ENTITIES_LIMIT
    buttons = [each for row in view.keyboard for each in row]
    assert len(buttons) <= BUTTONS_LIMIT
    for row in view.keyboard:
        assert 0 < len(row) <= ROW_LIMIT
    for each in buttons:
        assert each.label.strip()
        assert bool(each.data) != bool(each.url)
        assert len(each.data.encode()) <= DATA_LIMIT
    return str(content.text)


def drawn(view: View) -> str:
    """Return the screen as plain text, its buttons below."""
    rows = [" ".join(f"[ {each.label} ]" for each in row) for row in view.keyboard]
    return "\n".join([text_of(view), "", *rows]).rstrip() + "\n"


def labels(view: View) -> list[str]:
    return [each.label for row in view.keyboard for each in row]


def target(view: View, label: str) -> str:
    """Return the data behind a button."""
    return next(each.data for row in view.keyboard for each in row if each.label.startswith(label))

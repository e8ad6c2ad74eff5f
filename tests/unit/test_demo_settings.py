"""Nothing of the operator's reaches the demo."""

from pathlib import Path

import pytest

from bot.demo.settings import demo_settings
from bot.settings import Settings


def made(folder: Path) -> Settings:
    return demo_settings(token="1000:demo", api_url="http://127.0.0.1:8008", folder=folder, owner=7)


def test_the_environment_and_the_env_file_do_not_leak_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = made(tmp_path)
    (tmp_path / ".env").write_text("BOT_TOKEN=42:secret\nOWNER_IDS=1\nDEFAULT_LANGUAGE=en\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "postgresql+asyncpg://real/one")
    monkeypatch.setenv("WEBHOOK_URL", "https://real.example")
    monkeypatch.setenv("OWNER_IDS", "nobody")
    assert made(tmp_path) == before


def test_the_database_lies_in_the_given_folder_and_no_port_is_opened(tmp_path: Path) -> None:
    settings = made(tmp_path)
    assert str(tmp_path) in settings.database_url.get_secret_value()
    assert settings.http_port == 0
    assert settings.webhook_url == ""
    assert settings.owner_ids == {7}

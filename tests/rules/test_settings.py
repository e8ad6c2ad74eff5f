"""What an operator reads about the settings is what the program does."""

import re
from pathlib import Path

import pytest

from bot.settings import BadSettings, Settings, read_settings

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def example() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_the_example_lists_every_setting_and_no_other() -> None:
    assert set(example()) == {field.upper() for field in Settings.model_fields}


def test_the_example_shows_the_defaults() -> None:
    assert read_settings(ROOT / ".env.example") == read_settings()


def test_the_readme_names_every_setting() -> None:
    readme = (ROOT / "README.md").read_text("utf-8") + (ROOT / "docs/operations.md").read_text("utf-8")
    assert not [name for name in example() if f"`{name}`" not in readme]


def test_a_mistake_is_named_with_its_setting_and_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OWNER_IDS", "me, you")
    monkeypatch.setenv("MESSAGES_PER_SECOND", "fast")
    with pytest.raises(BadSettings) as failure:
        read_settings()
    lines = str(failure.value).splitlines()
    assert len(lines) == 2
    assert re.match(r"(OWNER_IDS|MESSAGES_PER_SECOND): ", lines[0])
    assert "fast" not in str(failure.value)


def test_a_webhook_without_a_secret_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://news.example")
    with pytest.raises(BadSettings, match="WEBHOOK_SECRET"):
        read_settings()


@pytest.mark.parametrize(
    "url", ["localhost:11434", "ftp://host/v1", "http://", "http://me:secret@host/v1", "http://[x"]
)
def test_a_summary_service_has_an_address_without_a_password(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("SUMMARIZER_URL", url)
    with pytest.raises(BadSettings, match=r"^SUMMARIZER_URL: ") as failure:
        read_settings()
    assert "secret@" not in str(failure.value)


def test_a_summary_service_may_be_local_and_its_key_is_one_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_URL", "http://127.0.0.1:11434/v1/")
    assert read_settings().summarizer_url == "http://127.0.0.1:11434/v1"
    monkeypatch.setenv("SUMMARIZER_KEY", "sk-\nsecret")
    with pytest.raises(BadSettings, match=r"^SUMMARIZER_KEY: is one word") as failure:
        read_settings()
    assert "secret" not in str(failure.value)


def test_owners_are_a_list_of_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OWNER_IDS", " 12, 34 ,")
    assert read_settings().owner_ids == {12, 34}

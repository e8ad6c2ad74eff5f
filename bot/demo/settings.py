"""The demo's settings: only what the demo says, nothing of the operator's environment or `.env`."""

from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from bot.settings import Settings
from digests.articles import UserId


class DemoSettings(Settings):
    """Settings that read no environment and no file."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return the one source that counts: the arguments."""
        return (init_settings,)


def demo_settings(*, token: str, api_url: str, folder: Path, owner: int) -> Settings:
    """Return the settings of a bot on the local Telegram with its database in that folder."""
    return DemoSettings(
        bot_token=SecretStr(token),
        telegram_api_url=api_url,
        database_url=SecretStr(f"sqlite+aiosqlite:///{folder}/svodka.db"),
        owner_ids=frozenset({UserId(owner)}),
        http_port=0,
        log_level="WARNING",
    )

"""Settings: the environment and `.env`, checked once and then passed on as plain values."""

from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from digests.articles import UserId

DEFAULT_API_URL = "https://api.telegram.org"


class Settings(BaseSettings):
    """Everything an operator can set; `.env.example` lists it with these defaults."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    bot_token: SecretStr = SecretStr("")
    telegram_api_url: str = DEFAULT_API_URL
    telegram_proxy: SecretStr = SecretStr("")
    database_url: SecretStr = SecretStr("sqlite+aiosqlite:///data/svodka.db")
    owner_ids: Annotated[frozenset[UserId], NoDecode] = frozenset()
    default_language: str = "ru"
    default_timezone: str = "Europe/Moscow"
    default_digest_time: time = time(8, 0)
    allow_paid_broadcast: bool = False
    messages_per_second: Annotated[float, Field(gt=0, le=1000)] = 30
    on_unknown: Literal["resend", "hold"] = "resend"
    late_limit_hours: Annotated[float, Field(ge=0, le=24)] = 3
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    http_host: str = "127.0.0.1"
    http_port: Annotated[int, Field(ge=0, le=65535)] = 8080
    summarizer_url: str = ""
    summarizer_model: str = "default"
    summarizer_key: SecretStr = SecretStr("")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"

    @field_validator("owner_ids", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if not all(part.isdecimal() for part in parts):
            raise ValueError(
                "is a comma-separated list of Telegram ids (numbers); /help in the bot shows each person theirs"
            )
        return frozenset(int(part) for part in parts)

    @field_validator("telegram_api_url", "webhook_url")
    @classmethod
    def _url(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("starts with https:// (or http://)")
        return value.rstrip("/")

    @field_validator("summarizer_url")
    @classmethod
    def _service(cls, value: str) -> str:
        try:
            address = urlsplit(value)
            is_sound = not value or (address.scheme in ("http", "https") and bool(address.hostname))
        except ValueError:
            is_sound = False
        if not is_sound:
            raise ValueError("is the base address of an OpenAI-compatible service, as http://127.0.0.1:11434/v1")
        if value and (address.username or address.password):
            raise ValueError("holds a name or a password: put the key in SUMMARIZER_KEY")
        return value.rstrip("/")

    @field_validator("summarizer_key")
    @classmethod
    def _header(cls, value: SecretStr) -> SecretStr:
        key = value.get_secret_value()
        if not (key.isascii() and key.isprintable()) or " " in key:
            raise ValueError("is one word of plain letters, digits and signs")
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @model_validator(mode="after")
    def _webhook_needs_secret(self) -> Self:
        if self.webhook_url and not self.webhook_secret.get_secret_value():
            raise ValueError("WEBHOOK_URL needs WEBHOOK_SECRET too: a long random word of A-Z, a-z, 0-9, _ and -")
        return self

    @property
    def late_limit(self) -> timedelta:
        """How late a missed digest is still delivered."""
        return timedelta(hours=self.late_limit_hours)


class BadSettings(Exception):
    """The settings cannot be used; the message is for the operator, a line a mistake."""


def read_settings(env_file: Path | None = None) -> Settings:
    """Read the environment and `.env`. Raises BadSettings with a line for each mistake; values are never shown."""
    try:
        return Settings(_env_file=env_file) if env_file else Settings()
    except ValidationError as error:
        lines = [_line(item["loc"], item["msg"]) for item in error.errors(include_input=False, include_url=False)]
        raise BadSettings("\n".join(lines)) from None


def _line(location: tuple[int | str, ...], message: str) -> str:
    name = "_".join(str(part) for part in location).upper()
    text = message.removeprefix("Value error, ")
    return f"{name}: {text}" if name else text

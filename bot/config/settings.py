"""The environment as one frozen object, with errors that say how to fix it."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from datetime import time, timedelta
from difflib import get_close_matches
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.config.parsers import (
    at_least,
    database_address,
    days,
    durations,
    hours,
    month_and_day,
    one_of,
    phone,
    phone_or_short_code,
    public_address,
    shaped,
    switch,
    web_address,
    written,
)

PREFIX = "ACOMPANA_"
MAKE_A_KEY = "generate one with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"


class SettingsError(Exception):
    """The environment is invalid. One line per problem: the setting, what is wrong and how to fix it."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


# --- the settings ----------------------------------------------------------------------------------------------------

WebAddress = Annotated[str, written(web_address)]


def _temporary_key() -> SecretStr:
    return SecretStr(secrets.token_urlsafe(32))


class Settings(BaseSettings):
    """All settings. `load` reads them from environment variables that start with ACOMPANA_."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_ignore_empty=True,
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
    )

    database_url: Annotated[str, written(database_address)] = Field(
        default="sqlite:///acompana.sqlite3",
        repr=False,
        description="The database: an SQLite file or PostgreSQL",
    )
    public_url: Annotated[str, written(public_address)] | None = Field(
        default=None, description="The https address where providers and people reach this program"
    )
    secret_key: Annotated[
        SecretStr, written(shaped(r".{16,}", f"is too short (at least 16 characters); {MAKE_A_KEY}"))
    ] = Field(
        default_factory=_temporary_key, description="Signs sessions and webhooks; must be the same in all processes"
    )
    telegram_token: (
        Annotated[
            SecretStr,
            written(shaped(r"\d+:\S+", "is not a bot token; copy it from @BotFather (it looks like 123456:ABC-DEF)")),
        ]
        | None
    ) = Field(default=None, description="The bot's token from @BotFather")
    telegram_api_url: WebAddress | None = Field(
        default=None, description="Your own Bot API server instead of Telegram's"
    )
    twilio_account_sid: (
        Annotated[str, written(shaped(r"AC\w{32}", "is not an account SID; it is AC followed by 32 letters or digits"))]
        | None
    ) = Field(default=None, description="The account SID from Twilio's console")
    twilio_auth_token: SecretStr | None = Field(default=None, description="The auth token from Twilio's console")
    twilio_shared_key: SecretStr | None = Field(
        default=None, description="The secret of a shared key, if Twilio signs its webhooks with one"
    )
    twilio_sms_from: Annotated[str, written(phone_or_short_code)] | None = Field(
        default=None, description="The number or short code that sends SMS"
    )
    twilio_whatsapp_from: Annotated[str, written(phone)] | None = Field(
        default=None, description="The number of the WhatsApp sender"
    )
    twilio_messaging_service_sid: (
        Annotated[
            str,
            written(shaped(r"MG\w{32}", "is not a Messaging Service SID; it is MG followed by 32 letters or digits")),
        ]
        | None
    ) = Field(default=None, description="A Messaging Service that chooses the SMS sender")
    twilio_api_url: WebAddress | None = Field(
        default=None, description="Another server instead of Twilio's, for testing"
    )
    simulator: Annotated[bool, written(switch)] = Field(
        default=False, description="Serve the simulator, a phone in the browser"
    )
    quiet_hours: Annotated[tuple[time, time], written(hours)] = Field(
        default=(time(20), time(8)), description="Hours in which no conversation is started, in the client's time zone"
    )
    nudge_days: Annotated[tuple[int, ...], written(days)] = Field(
        default=(1, 3), description="Days after an invitation on which clients who have not answered are reminded"
    )
    close_after_days: Annotated[int, written(at_least(1))] = Field(
        default=7, description="Days after which an unfinished survey is closed with the answers so far"
    )
    training_reminders: Annotated[tuple[timedelta, ...], written(durations)] = Field(
        default=(timedelta(days=7), timedelta(days=1), timedelta(hours=2)),
        description="How long before a training its reminders are sent",
    )
    messages_per_day: Annotated[int, written(at_least(1))] = Field(
        default=1, description="Maximum number of unsolicited messages per client and day"
    )
    network_name: str | None = Field(default=None, description="The name of the network, for the head of its reports")
    fiscal_year: Annotated[tuple[int, int], written(month_and_day)] = Field(
        default=(1, 1), description="Month and day on which the fiscal year begins, for long-term clients: MM-DD"
    )
    log_level: Annotated[str, written(one_of("DEBUG", "INFO", "WARNING", "ERROR"))] = Field(
        default="INFO", description="Log level: DEBUG, INFO, WARNING or ERROR"
    )
    log_format: Annotated[str, written(one_of("console", "json"))] = Field(
        default="console", description="console for people, json for machines"
    )
    max_body_bytes: Annotated[int, written(at_least(1024))] = Field(
        default=1_000_000, description="Largest accepted request, in bytes"
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only explicit values: `load` reads the environment itself, so that it can report unknown and missing settings."""
        return (init_settings,)

    @property
    def secret_key_is_temporary(self) -> bool:
        """No key is set: sessions end with the process, and other processes cannot read them."""
        return "secret_key" not in self.model_fields_set

    @property
    def telegram_webhook_secret(self) -> str:
        """What Telegram sends back in X-Telegram-Bot-Api-Secret-Token."""
        return self.derived_key("telegram webhook").hex()

    def derived_key(self, purpose: str) -> bytes:
        """A key of 32 bytes for one purpose, so that no key serves two."""
        return hmac.digest(self.secret_key.get_secret_value().encode(), purpose.encode(), hashlib.sha256)


# --- reading them ----------------------------------------------------------------------------------------------------


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from `environ`, or else from the environment over a `.env` file in the working folder.

    An empty value counts as missing. Raises SettingsError.
    """
    given = _of_the_process() if environ is None else environ
    values = {
        name.upper().removeprefix(PREFIX).lower(): value
        for name, value in given.items()
        if name.upper().startswith(PREFIX) and value
    }
    unknown = [name for name in values if name not in Settings.model_fields]
    problems = [_unknown(name) for name in unknown]
    known = {name: value for name, value in values.items() if name not in unknown}
    settings = None
    try:
        settings = Settings.model_validate(known)
    except ValidationError as error:
        problems += [_line(str(fault["loc"][0]), str(fault["ctx"]["error"])) for fault in error.errors()]
    problems += _missing(known)
    if settings and settings.nudge_days and settings.nudge_days[-1] >= settings.close_after_days:
        problems.append(
            _line("close_after_days", f"must be after the last reminder (day {settings.nudge_days[-1]}); raise it")
        )
    if problems or settings is None:
        raise SettingsError(tuple(problems))
    return settings


def _of_the_process() -> dict[str, str]:
    try:
        file = DotEnvSettingsSource(Settings).env_vars
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError((f".env: cannot be read ({error}); fix or remove the file",)) from None
    return {name.upper(): value for name, value in file.items() if value} | dict(os.environ)


def _line(name: str, problem: str) -> str:
    return f"{PREFIX}{name.upper()}: {problem}"


def _unknown(name: str) -> str:
    close = get_close_matches(name, Settings.model_fields, n=1)
    advice = f"did you mean {PREFIX}{close[0].upper()}?" if close else "docs/operate.md lists all settings"
    return _line(name, f"unknown setting; {advice}")


def _missing(given: Mapping[str, str]) -> list[str]:
    """Settings that other settings require."""
    senders = ("twilio_sms_from", "twilio_whatsapp_from", "twilio_messaging_service_sid")
    twilio = [name for name in ("twilio_account_sid", "twilio_auth_token", *senders) if name in given]
    problems = []
    if twilio:
        because = f"is missing, but {PREFIX}{twilio[0].upper()} is set"
        for name in ("twilio_account_sid", "twilio_auth_token"):
            if name not in given:
                problems.append(_line(name, f"{because}; copy it from Twilio's console"))
        if not any(name in given for name in senders):
            problems.append(_line(senders[0], f"{because}; set a sender here or in {PREFIX}TWILIO_WHATSAPP_FROM"))
        if "public_url" not in given:
            problems.append(_line("public_url", f"{because}; Twilio's webhook signatures include this https address"))
    provider = twilio or [name for name in ("telegram_token",) if name in given]
    if provider and "secret_key" not in given:
        problems.append(_line("secret_key", f"is missing, but {PREFIX}{provider[0].upper()} is set; {MAKE_A_KEY}"))
    return problems

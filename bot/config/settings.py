"""The environment as one frozen object, and what is wrong with it in words that say how to mend it."""

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
    days,
    durations,
    hours,
    one_of,
    phone,
    phone_or_short_code,
    public_address,
    shaped,
    store_address,
    switch,
    web_address,
    written,
)

PREFIX = "ACOMPANA_"
MAKE_A_KEY = "make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"


class SettingsError(Exception):
    """The environment cannot be used. One line per problem, each with the setting, what is wrong and how to mend it."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


# --- the settings ----------------------------------------------------------------------------------------------------

WebAddress = Annotated[str, written(web_address)]


def _temporary_key() -> SecretStr:
    return SecretStr(secrets.token_urlsafe(32))


class Settings(BaseSettings):
    """Everything that can be configured. `load` reads it from the environment; the names there begin with ACOMPANA_."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_ignore_empty=True,
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
    )

    database_url: Annotated[str, written(store_address)] = Field(
        default="sqlite:///acompana.sqlite3",
        repr=False,
        description="Where everything is kept: an SQLite file or PostgreSQL",
    )
    public_url: Annotated[str, written(public_address)] | None = Field(
        default=None, description="The https address under which providers and people reach this program"
    )
    secret_key: Annotated[
        SecretStr, written(shaped(r".{16,}", f"is too short to be safe (16 characters at least); {MAKE_A_KEY}"))
    ] = Field(default_factory=_temporary_key, description="Signs sessions and webhooks; keep it the same everywhere")
    telegram_token: (
        Annotated[
            SecretStr,
            written(shaped(r"\d+:\S+", "is not a bot token; copy it from @BotFather, it looks like 123456:ABC-DEF")),
        ]
        | None
    ) = Field(default=None, description="The token that @BotFather gave for the bot")
    telegram_api_url: WebAddress | None = Field(
        default=None, description="A Bot API server of your own instead of Telegram's"
    )
    twilio_account_sid: (
        Annotated[str, written(shaped(r"AC\w{32}", "is not an account SID; it has AC and 32 letters or digits"))] | None
    ) = Field(default=None, description="The account SID from Twilio's console")
    twilio_auth_token: SecretStr | None = Field(default=None, description="The auth token from Twilio's console")
    twilio_shared_key: SecretStr | None = Field(
        default=None, description="The secret of a shared key, where Twilio signs its webhooks with one"
    )
    twilio_sms_from: Annotated[str, written(phone_or_short_code)] | None = Field(
        default=None, description="The number or short code that SMS are sent from"
    )
    twilio_whatsapp_from: Annotated[str, written(phone)] | None = Field(
        default=None, description="The number of the WhatsApp sender"
    )
    twilio_messaging_service_sid: (
        Annotated[
            str, written(shaped(r"MG\w{32}", "is not a Messaging Service SID; it has MG and 32 letters or digits"))
        ]
        | None
    ) = Field(default=None, description="A Messaging Service that picks the SMS sender")
    twilio_api_url: WebAddress | None = Field(
        default=None, description="Another server instead of Twilio's, for trials"
    )
    simulator: Annotated[bool, written(switch)] = Field(default=False, description="Offer the phone in the browser")
    quiet_hours: Annotated[tuple[time, time], written(hours)] = Field(
        default=(time(20), time(8)), description="When no message is begun, in the client's time zone"
    )
    nudge_days: Annotated[tuple[int, ...], written(days)] = Field(
        default=(1, 3), description="Days after an invitation on which a client who has not answered is reminded"
    )
    close_after_days: Annotated[int, written(at_least(1))] = Field(
        default=7, description="Days after which an unfinished survey is closed with what was given"
    )
    training_reminders: Annotated[tuple[timedelta, ...], written(durations)] = Field(
        default=(timedelta(days=7), timedelta(days=1), timedelta(hours=2)),
        description="How long before a training its reminders go out",
    )
    messages_per_day: Annotated[int, written(at_least(1))] = Field(
        default=1, description="How many messages that nobody asked for a client gets in a day"
    )
    log_level: Annotated[str, written(one_of("DEBUG", "INFO", "WARNING", "ERROR"))] = Field(
        default="INFO", description="How much is logged: DEBUG, INFO, WARNING or ERROR"
    )
    log_format: Annotated[str, written(one_of("console", "json"))] = Field(
        default="console", description="console for people, json for machines"
    )
    max_body_bytes: Annotated[int, written(at_least(1024))] = Field(
        default=1_000_000, description="The largest request that is read"
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
        """Only what is given: `load` reads the environment, so that it can name what is unknown or missing there."""
        return (init_settings,)

    @property
    def secret_key_is_temporary(self) -> bool:
        """No key was given: sessions end with the process, and no other process can read them."""
        return "secret_key" not in self.model_fields_set

    @property
    def telegram_webhook_secret(self) -> str:
        """What Telegram sends back in X-Telegram-Bot-Api-Secret-Token."""
        return self.derived_key("telegram webhook").hex()

    def derived_key(self, purpose: str) -> bytes:
        """A key of 32 bytes for one purpose, so that none is used for two."""
        return hmac.digest(self.secret_key.get_secret_value().encode(), purpose.encode(), hashlib.sha256)


# --- reading them ----------------------------------------------------------------------------------------------------


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of the process, with a `.env` file of the working folder beneath it; or of the mapping given.

    An empty value counts as not given. Raises SettingsError.
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
        problems += [_line(str(found["loc"][0]), str(found["ctx"]["error"])) for found in error.errors()]
    problems += _missing(known)
    if settings and settings.nudge_days and settings.nudge_days[-1] >= settings.close_after_days:
        problems.append(
            _line("close_after_days", f"is not after the last reminder (day {settings.nudge_days[-1]}); raise it")
        )
    if problems or settings is None:
        raise SettingsError(tuple(problems))
    return settings


def _of_the_process() -> dict[str, str]:
    try:
        file = DotEnvSettingsSource(Settings).env_vars
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError((f".env: cannot be read ({error}); mend the file or remove it",)) from None
    return {name.upper(): value for name, value in file.items() if value} | dict(os.environ)


def _line(name: str, problem: str) -> str:
    return f"{PREFIX}{name.upper()}: {problem}"


def _unknown(name: str) -> str:
    close = get_close_matches(name, Settings.model_fields, n=1)
    meant = f"did you mean {PREFIX}{close[0].upper()}?" if close else "remove it, or see the README for the names"
    return _line(name, f"there is no such setting; {meant}")


def _missing(given: Mapping[str, str]) -> list[str]:
    """What must be there because of what is there."""
    senders = ("twilio_sms_from", "twilio_whatsapp_from", "twilio_messaging_service_sid")
    twilio = [name for name in ("twilio_account_sid", "twilio_auth_token", *senders) if name in given]
    problems = []
    if twilio:
        because = f"is missing, but {PREFIX}{twilio[0].upper()} is set"
        for name in ("twilio_account_sid", "twilio_auth_token"):
            if name not in given:
                problems.append(_line(name, f"{because}; copy it from Twilio's console"))
        if not any(name in given for name in senders):
            problems.append(_line(senders[0], f"{because}; name a sender, here or in {PREFIX}TWILIO_WHATSAPP_FROM"))
        if "public_url" not in given:
            problems.append(_line("public_url", f"{because}; Twilio signs its webhooks for the https address in it"))
    provider = twilio or [name for name in ("telegram_token",) if name in given]
    if provider and "secret_key" not in given:
        problems.append(_line("secret_key", f"is missing, but {PREFIX}{provider[0].upper()} is set; {MAKE_A_KEY}"))
    return problems

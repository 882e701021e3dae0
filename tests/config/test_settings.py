"""What may stand in the environment, and the line that each mistake is answered with."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from bot.channels.registry import configured
from bot.config.settings import Settings, SettingsError, load

KEY = "0123456789abcdef0123456789abcdef"
SID = "AC" + "0" * 32
TWILIO = {
    "ACOMPANA_TWILIO_ACCOUNT_SID": SID,
    "ACOMPANA_TWILIO_AUTH_TOKEN": "a-token-of-twilio",
    "ACOMPANA_TWILIO_SMS_FROM": "+17585550100",
    "ACOMPANA_PUBLIC_URL": "https://chat.example.org",
    "ACOMPANA_SECRET_KEY": KEY,
}


def without(name: str) -> dict[str, str]:
    return {key: value for key, value in TWILIO.items() if key != f"ACOMPANA_{name}"}


def test_nothing_is_needed_for_a_first_look() -> None:
    settings = load({})
    assert settings.database_url == "sqlite:///acompana.sqlite3"
    assert configured(settings) == ()
    assert settings.secret_key_is_temporary
    assert settings.secret_key != load({}).secret_key


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("database_url", "sqlite:////var/lib/acompana/store.sqlite3", "sqlite:////var/lib/acompana/store.sqlite3"),
        ("database_url", "postgres://u:p@db/acompana", "postgresql+psycopg://u:p@db/acompana"),
        ("database_url", "postgresql://u:p@db/acompana", "postgresql+psycopg://u:p@db/acompana"),
        ("database_url", "postgresql+psycopg://u@/a?host=/run/pg", "postgresql+psycopg://u@/a?host=/run/pg"),
        (
            "database_url",
            "postgresql://u:p@one:5432,two:5433/a?target_session_attrs=read-write",
            "postgresql+psycopg://u:p@/a?host=one:5432&host=two:5433&target_session_attrs=read-write",
        ),
        ("database_url", "postgresql://one,two/a", "postgresql+psycopg:///a?host=one&host=two"),
        ("public_url", "https://chat.example.org/", "https://chat.example.org"),
        ("public_url", "https://example.org/acompana/", "https://example.org/acompana"),
        ("public_url", "http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("public_url", "", None),
        ("telegram_api_url", "http://bot-api:8081/", "http://bot-api:8081"),
        ("simulator", "1", True),
        ("simulator", "Yes", True),
        ("simulator", "off", False),
        ("quiet_hours", "20:00-08:00", (time(20), time(8))),
        ("quiet_hours", "21:30 - 7:15", (time(21, 30), time(7, 15))),
        ("quiet_hours", "off", (time(0), time(0))),
        ("nudge_days", "3,1", (1, 3)),
        ("nudge_days", "off", ()),
        ("close_after_days", "14", 14),
        ("training_reminders", "2h, 7d,30m", (timedelta(days=7), timedelta(hours=2), timedelta(minutes=30))),
        ("training_reminders", "none", ()),
        ("fiscal_year", "10-01", (10, 1)),
        ("log_level", "debug", "DEBUG"),
        ("log_format", "JSON", "json"),
        ("max_body_bytes", "2_000_000", 2_000_000),
    ],
)
def test_values(name: str, text: str, value: Any) -> None:
    assert getattr(load({f"ACOMPANA_{name.upper()}": text}), name) == value


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("twilio_sms_from", "+1 (758) 555-0100", "+17585550100"),
        ("twilio_sms_from", "24680", "24680"),
        ("twilio_whatsapp_from", "whatsapp:+17585550100", "+17585550100"),
    ],
)
def test_senders(name: str, text: str, value: str) -> None:
    assert getattr(load(TWILIO | {f"ACOMPANA_{name.upper()}": text}), name) == value


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("DATABASE_URL", "mysql://u:hidden@db/a", "'mysql' is not a supported database; write sqlite:///FILE or"),
        ("DATABASE_URL", "acompana.sqlite3", "is not a database URL; write sqlite:///FILE or"),
        ("DATABASE_URL", "sqlite://", "names no file; write it like sqlite:///acompana.sqlite3"),
        ("DATABASE_URL", "sqlite:///:memory:", "names no file"),
        ("PUBLIC_URL", "chat.example.org", "'chat.example.org' is not a web address; write it like https://"),
        (
            "PUBLIC_URL",
            "http://example.org",
            "'http://example.org' is not encrypted, and providers require encryption; write https://example.org",
        ),
        ("SECRET_KEY", "hidden", "is too short (at least 16 characters); generate one with: python3"),
        ("TELEGRAM_TOKEN", "hidden", "is not a bot token; copy it from @BotFather"),
        ("TWILIO_ACCOUNT_SID", "SKhidden", "is not an account SID"),
        ("TWILIO_MESSAGING_SERVICE_SID", "hidden", "is not a Messaging Service SID"),
        ("TWILIO_WHATSAPP_FROM", "5550100", "'5550100' is not a phone number with country code; write it like +1758"),
        ("SIMULATOR", "maybe", "'maybe' is neither on nor off; write 1 or 0"),
        ("QUIET_HOURS", "25:00-08:00", "'25:00-08:00' is not a range of hours; write it like 20:00-08:00, or off"),
        ("QUIET_HOURS", "20:00", "'20:00' is not a range of hours"),
        ("FISCAL_YEAR", "02-29", "'02-29' is not a month and a day of every year"),
        ("NUDGE_DAYS", "0,3", "'0,3' is not a list of days; write it like 1,3, or off"),
        ("CLOSE_AFTER_DAYS", "3", "must be after the last reminder (day 3); raise it"),
        ("CLOSE_AFTER_DAYS", "a week", "'a week' is not a whole number of at least 1"),
        ("TRAINING_REMINDERS", "1w", "'1w' is not a list of times before the start; write it like 7d,1d,2h, or off"),
        ("LOG_LEVEL", "loud", "'loud' is unknown; choose one of: DEBUG, INFO, WARNING, ERROR"),
        ("LOG_FORMAT", "xml", "'xml' is unknown; choose one of: console, json"),
        ("MAX_BODY_BYTES", "1_", "'1_' is not a whole number of at least 1024"),
        ("MAX_BODY_BYTES", "10", "'10' is not a whole number of at least 1024"),
        ("TELEGRAM_TOKN", "1:a", "unknown setting; did you mean ACOMPANA_TELEGRAM_TOKEN?"),
        ("COLOUR", "blue", "unknown setting; docs/operate.md lists all settings"),
    ],
)
def test_mistakes_are_named_in_one_line(name: str, text: str, problem: str) -> None:
    with pytest.raises(SettingsError) as raised:
        load({f"ACOMPANA_{name}": text})
    line = raised.value.problems[0]
    assert line.startswith(f"ACOMPANA_{name}: {problem}")
    assert "hidden" not in str(raised.value)


@pytest.mark.parametrize(
    ("environ", "problems"),
    [
        (
            without("TWILIO_AUTH_TOKEN"),
            ["TWILIO_AUTH_TOKEN: is missing, but ACOMPANA_TWILIO_ACCOUNT_SID is set; copy it from Twilio's console"],
        ),
        (
            without("TWILIO_ACCOUNT_SID"),
            ["TWILIO_ACCOUNT_SID: is missing, but ACOMPANA_TWILIO_AUTH_TOKEN is set; copy it from Twilio's console"],
        ),
        (
            without("TWILIO_SMS_FROM"),
            [
                "TWILIO_SMS_FROM: is missing, but ACOMPANA_TWILIO_ACCOUNT_SID is set; "
                "set a sender here or in ACOMPANA_TWILIO_WHATSAPP_FROM"
            ],
        ),
        (
            without("PUBLIC_URL"),
            [
                "PUBLIC_URL: is missing, but ACOMPANA_TWILIO_ACCOUNT_SID is set; "
                "Twilio's webhook signatures include this https address"
            ],
        ),
        (
            {"ACOMPANA_TELEGRAM_TOKEN": "123456:a-token"},
            [
                "SECRET_KEY: is missing, but ACOMPANA_TELEGRAM_TOKEN is set; "
                "generate one with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
            ],
        ),
        (
            {"ACOMPANA_SIMULATOR": "maybe", "ACOMPANA_NUDGE_DAYS": "x", "ACOMPANA_LOGLEVEL": "INFO"},
            [
                "LOGLEVEL: unknown setting; did you mean ACOMPANA_LOG_LEVEL?",
                "SIMULATOR: 'maybe' is neither on nor off; write 1 or 0",
                "NUDGE_DAYS: 'x' is not a list of days; write it like 1,3, or off",
            ],
        ),
    ],
)
def test_what_belongs_together_is_told_together(environ: dict[str, str], problems: list[str]) -> None:
    with pytest.raises(SettingsError) as raised:
        load(environ)
    assert raised.value.problems == tuple(f"ACOMPANA_{problem}" for problem in problems)


@pytest.mark.parametrize(
    ("environ", "channels"),
    [
        (TWILIO, ("sms",)),
        (without("TWILIO_SMS_FROM") | {"ACOMPANA_TWILIO_WHATSAPP_FROM": "+17585550100"}, ("whatsapp",)),
        (without("TWILIO_SMS_FROM") | {"ACOMPANA_TWILIO_MESSAGING_SERVICE_SID": "MG" + "0" * 32}, ("sms",)),
        (TWILIO | {"ACOMPANA_TELEGRAM_TOKEN": "123456:a-token"}, ("sms", "telegram")),
    ],
)
def test_channels_that_a_provider_serves(environ: dict[str, str], channels: tuple[str, ...]) -> None:
    assert configured(load(environ)) == channels


def test_secrets_are_never_shown() -> None:
    settings = load(
        TWILIO
        | {
            "ACOMPANA_TELEGRAM_TOKEN": "123456:a-token",
            "ACOMPANA_DATABASE_URL": "postgres://user:a-password@db/acompana",
        }
    )
    shown = f"{settings!r} {settings}"
    for secret in (KEY, "a-token-of-twilio", "123456:a-token", "a-password"):
        assert secret not in shown


def test_settings_cannot_be_changed_and_do_not_read_the_environment_by_themselves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ACOMPANA_LOG_LEVEL", "ERROR")
    settings = Settings()
    assert settings.log_level == "INFO"
    with pytest.raises(ValidationError, match="frozen"):
        settings.log_level = "DEBUG"


def test_a_file_of_the_working_folder_is_read_beneath_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ACOMPANA_LOG_LEVEL", "ERROR")
    Path(".env").write_text("ACOMPANA_LOG_LEVEL=DEBUG\nACOMPANA_LOG_FORMAT=json\nOTHER=1\n")
    settings = load()
    assert (settings.log_level, settings.log_format) == ("ERROR", "json")

    Path(".env").write_text("ACOMPANA_LOG_FROMAT=json\n")
    with pytest.raises(SettingsError, match="did you mean ACOMPANA_LOG_FORMAT"):
        load()

    Path(".env").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match=r"\.env: cannot be read"):
        load()


def test_derived_keys_follow_the_secret_key_and_the_purpose() -> None:
    one, other = load({"ACOMPANA_SECRET_KEY": KEY}), load({"ACOMPANA_SECRET_KEY": KEY[::-1]})
    assert one.telegram_webhook_secret == load({"ACOMPANA_SECRET_KEY": KEY}).telegram_webhook_secret
    assert len({one.telegram_webhook_secret, other.telegram_webhook_secret, one.derived_key("sessions").hex()}) == 3

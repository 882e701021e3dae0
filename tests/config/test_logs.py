"""What a log never tells: a number, a token, the words of a message."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.config.logs import hidden, set_up_logs
from bot.config.settings import Settings


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    root = logging.getLogger()
    before, level, configured = root.handlers[:], root.level, structlog.get_config()
    yield
    root.handlers[:], root.level = before, level
    structlog.configure(**configured)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("to +17585550101 failed", "to […] failed"),
        ("whatsapp:+5215512345678", "whatsapp:[…]"),
        ("chat 987654321", "chat […]"),
        ("/bot123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/getMe", "/bot[…]/getMe"),
        ("outbox 4711, code 30003, 12.5 s", "outbox 4711, code 30003, 12.5 s"),
    ],
)
def test_what_is_hidden(text: str, told: str) -> None:
    assert hidden(text) == told


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_our_own_lines(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(Settings(log_format="json"))
    structlog.get_logger("x").warning("send.failed", outbox=1234567890, reason="no +17585550101")
    (line,) = lines(capsys)
    assert (line["event"], line["outbox"], line["reason"]) == ("send.failed", 1234567890, "no […]")


def test_a_librarys_lines(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(Settings(log_format="json"))
    try:
        int("my sales were 5000, call +17585550101")
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception for %s", "+17585550101")
    (line,) = lines(capsys)
    assert (line["event"], line["logger"], line["error"]) == ("Exception for […]", "uvicorn.error", "ValueError")
    assert "test_logs.py" in str(line["where"])
    assert "sales" not in str(line)


def test_what_says_too_much_is_not_heard(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(Settings())
    for name in ("httpx", "telegram.Bot", "twilio.http_client"):
        logging.getLogger(name).info("POST https://api.example.org/+17585550101")
    assert capsys.readouterr().err == ""

"""Structured lines on standard error. They carry ids and codes, never a number, a name or a text."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import Any

import structlog

from bot.config.settings import Settings

NOISY = ("httpx", "httpcore", "apscheduler", "twilio.http_client", "telegram", "alembic")
"""Libraries whose INFO tells addresses or nothing."""
SECRETS = re.compile(r"(?<!\d)\d{6,}:[\w-]{20,}|\+?\b\d{7,}\b")
"""A bot's token, a phone number, a chat. What we log ourselves are the ids of rows, and as numbers."""
HIDDEN = "[…]"


def set_up_logs(settings: Settings) -> None:
    level = getattr(logging, settings.log_level)
    rendered = (
        structlog.processors.JSONRenderer()
        if settings.log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            redacted,
            rendered,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
    handler = logging.StreamHandler()
    handler.setFormatter(Rendered(rendered))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in NOISY:
        logging.getLogger(noisy).setLevel(max(level, logging.WARNING))


def redacted(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """`event` without secrets in its words."""
    for name, value in event.items():
        if isinstance(value, str) and name != "timestamp":
            event[name] = hidden(value)
    return event


def hidden(text: str) -> str:
    return SECRETS.sub(HIDDEN, text)


class Rendered(logging.Formatter):
    """What libraries log, in the form of our own lines. Of an error its kind and where it was: what it says may quote a
    message."""

    def __init__(self, rendered: Any) -> None:
        super().__init__()
        self._rendered = rendered

    def format(self, record: logging.LogRecord) -> str:
        event: dict[str, Any] = {
            "event": hidden(record.getMessage()),
            "logger": record.name,
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z"),
        }
        if record.exc_info and record.exc_info[0] is not None:
            event["error"] = record.exc_info[0].__name__
            event["where"] = [f"{at.filename}:{at.lineno}" for at in traceback.extract_tb(record.exc_info[2])]
        return str(self._rendered(None, record.levelname.lower(), event))

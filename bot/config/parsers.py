"""Parsers for settings. They raise ValueError with what is wrong and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import TypeVar
from urllib.parse import urlsplit

from pydantic import BeforeValidator

OFF = ("off", "none")
LOOPBACK = ("localhost", "127.0.0.1", "::1")

Parsed = TypeVar("Parsed")


def written(parse: Callable[[str], Parsed]) -> BeforeValidator:
    """Parse text from the environment; a value set in code is kept as it is."""
    return BeforeValidator(lambda given: parse(given.strip()) if isinstance(given, str) else given)


def database_address(text: str) -> str:
    scheme, separator, rest = text.partition("://")
    if scheme in ("postgres", "postgresql", "postgresql+psycopg") and rest:
        return f"postgresql+psycopg://{_one_host(rest)}"
    if scheme == "sqlite" and len(rest) > 1 and rest.startswith("/") and rest != "/:memory:":
        return text
    if scheme == "sqlite":
        raise ValueError("names no file; write it like sqlite:///acompana.sqlite3")
    fault = f"{scheme!r} is not a supported database" if separator else "is not a database URL"
    raise ValueError(f"{fault}; write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME")


def _one_host(rest: str) -> str:
    """Convert several hosts (user@one:5432,two:5432/name) to the form that the driver reads."""
    authority, slash, path = rest.partition("/")
    user, at, hosts = authority.rpartition("@")
    if "," not in hosts:
        return rest
    name, _question, query = path.partition("?")
    several = "&".join([f"host={host}" for host in hosts.split(",")] + ([query] if query else []))
    return f"{user}{at}{slash or '/'}{name}?{several}"


def web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(f"{text!r} is not a web address; write it like https://chat.example.org")
    return text.rstrip("/")


def public_address(text: str) -> str:
    address = web_address(text)
    parts = urlsplit(address)
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ValueError(f"{text!r} is not encrypted, and providers require encryption; write https://{parts.netloc}")
    return address


def switch(text: str) -> bool:
    known = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    if text.lower() not in known:
        raise ValueError(f"{text!r} is neither on nor off; write 1 or 0")
    return known[text.lower()]


def at_least(lowest: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not re.fullmatch(r"\d+(_\d+)*", text) or int(text) < lowest:
            raise ValueError(f"{text!r} is not a whole number of at least {lowest}")
        return int(text)

    return parse


def hours(text: str) -> tuple[time, time]:
    if text.lower() in OFF:
        return time(0), time(0)
    match = re.fullmatch(r"(\d{1,2}:\d\d)\s*-\s*(\d{1,2}:\d\d)", text)
    try:
        start, end = (time.fromisoformat(part.zfill(5)) for part in (match.groups() if match else ()))
    except ValueError:
        raise ValueError(f"{text!r} is not a range of hours; write it like 20:00-08:00, or off") from None
    return start, end


def month_and_day(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,2})-(\d{1,2})", text)
    try:
        found = date(2001, *map(int, match.groups())) if match else None  # a year without a leap day
    except ValueError:
        found = None
    if found is None:
        raise ValueError(f"{text!r} is not a month and a day of every year; write it like 10-01")
    return found.month, found.day


def days(text: str) -> tuple[int, ...]:
    if text.lower() in OFF:
        return ()
    parts = [part.strip() for part in text.split(",")]
    if not all(re.fullmatch(r"[1-9]\d?", part) for part in parts):
        raise ValueError(f"{text!r} is not a list of days; write it like 1,3, or off")
    return tuple(sorted({int(part) for part in parts}))


def durations(text: str) -> tuple[timedelta, ...]:
    if text.lower() in OFF:
        return ()
    units = {"d": "days", "h": "hours", "m": "minutes"}
    matches = [re.fullmatch(r"([1-9]\d{0,2})([dhm])", part.strip()) for part in text.split(",")]
    known = [match.groups() for match in matches if match]
    if len(known) < len(matches):
        raise ValueError(f"{text!r} is not a list of times before the start; write it like 7d,1d,2h, or off")
    return tuple(sorted({timedelta(**{units[unit]: int(number)}) for number, unit in known}, reverse=True))


def one_of(*words: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        for word in words:
            if text.lower() == word.lower():
                return word
        raise ValueError(f"{text!r} is unknown; choose one of: {', '.join(words)}")

    return parse


def phone(text: str) -> str:
    number = re.sub(r"[\s().-]", "", text.removeprefix("whatsapp:"))
    if not re.fullmatch(r"\+[1-9]\d{6,14}", number):
        raise ValueError(f"{text!r} is not a phone number with country code; write it like +17585550100")
    return number


def phone_or_short_code(text: str) -> str:
    return text if re.fullmatch(r"\d{3,8}", text) else phone(text)


def shaped(pattern: str, advice: str) -> Callable[[str], str]:
    """A provider's secret or id. The message does not repeat the value."""

    def parse(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(advice)
        return text

    return parse

"""Telegram's refusals in our vocabulary, and how long we wait for it within one call."""

from __future__ import annotations

import os
from collections.abc import Callable, Coroutine, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

import httpx
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import AIORateLimiter

from bot.channels.base import ChannelError, Misconfigured, OptedOut, RetryLater, UnknownOutcome, Unreachable

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's own switch to the type that it will use for waits

PATIENCE = timedelta(seconds=10)
"""The longest wait that a call sits out itself; a longer one is the outbox's to plan."""

NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)

REFUSALS: Mapping[str, tuple[type[ChannelError], str, str]] = MappingProxyType(
    {
        "blocked by the user": (OptedOut, "blocked", "the person has blocked the bot"),
        "user is deactivated": (Unreachable, "deactivated", "the person's Telegram account is gone"),
        "initiate conversation": (Unreachable, "never started", "the person has not opened a chat with the bot"),
        "was kicked": (Unreachable, "kicked", "the bot was removed from the chat"),
        "chat not found": (Unreachable, "chat not found", "Telegram knows no such chat"),
        "peer_id_invalid": (Unreachable, "chat not found", "Telegram knows no such chat"),
    }
)
"""Part of Telegram's description, in lower case → the error, its code and its reason."""


class LongWait(TelegramError):
    """Telegram asks for a longer wait than a call should sit out."""

    def __init__(self, after: timedelta) -> None:
        super().__init__(f"wait {after}")
        self.after = after


class PatientLimiter(AIORateLimiter):
    """Keeps to Telegram's rates and sits out a short 429, as often as `max_retries` says, but never a long one."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        async def brief(*args: Any, **kwargs: Any) -> Any:
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                if (after := _wait(error)) > PATIENCE:
                    raise LongWait(after) from error
                raise

        return await super().process_request(brief, args, kwargs, endpoint, data, rate_limit_args)


def translated(error: TelegramError) -> ChannelError:
    said = str(error).lower()
    for part, (kind, code, reason) in REFUSALS.items():
        if part in said:
            return kind(code, reason)
    match error:
        case LongWait():
            return RetryLater("429", "Telegram has too many requests from us", error.after)
        case RetryAfter():
            return RetryLater("429", "Telegram has too many requests from us", _wait(error))
        case InvalidToken():
            return Misconfigured("401", "Telegram does not accept the bot's token")
        case Conflict():
            return Misconfigured("409", "another program reads this bot's updates, or a webhook is set")
        case Forbidden():
            return Unreachable("403", "Telegram does not let the bot write to this person")
        case BadRequest():
            return Misconfigured("400", f"Telegram did not accept the message: {error.message}")
        case NetworkError() if isinstance(error.__cause__, NEVER_SENT):
            return RetryLater("no connection", "Telegram cannot be reached")
        case NetworkError() if isinstance(error.__cause__, httpx.HTTPError):
            return UnknownOutcome("no answer", "Telegram did not answer in time")
        case _:
            return RetryLater("5xx", "Telegram failed")


def _wait(error: RetryAfter) -> timedelta:
    after = error.retry_after
    return after if isinstance(after, timedelta) else timedelta(seconds=after)

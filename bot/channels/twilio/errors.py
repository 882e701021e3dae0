"""What the SDK raises, in our vocabulary: above all, whether the message may have gone out."""

from __future__ import annotations

import json
from typing import Any

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.http.response import Response

from bot.channels.base import ChannelError, RetryLater, UnknownOutcome
from bot.channels.twilio.codes import error_for


def translated(error: Exception, *, looking: bool = False) -> ChannelError:
    """`looking`: nothing was to be sent, so no outcome can be unknown."""
    if answered := _answered(error):
        code, status = answered
        if status >= 500 and not looking:
            return UnknownOutcome(code, "Twilio failed while it took the message")
        return error_for(code, status)
    if isinstance(error, requests.ConnectTimeout) or looking or _never_connected(error):
        return RetryLater("no connection", "Twilio cannot be reached")
    return UnknownOutcome("no answer", "Twilio did not answer in time")


def _answered(error: Exception) -> tuple[str, int] | None:
    """Twilio's code and the HTTP status, where there was an answer; a list that fails carries it as it came."""
    if isinstance(error, TwilioRestException | TwilioServiceException):
        return str(error.code or ""), int(error.status)
    answer = error.args[1] if isinstance(error, TwilioException) and len(error.args) > 1 else None
    if not isinstance(answer, Response):
        return None
    try:
        body = json.loads(answer.text)
    except ValueError:
        body = {}
    return str(body.get("code", "") if isinstance(body, dict) else ""), int(answer.status_code)


def _never_connected(error: Exception) -> bool:
    cause: Any = error.args[0] if error.args else None
    cause = getattr(cause, "reason", cause)
    return type(cause).__name__ in ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError")

"""The SDK's seam for its HTTP: another base address, a time-out on every call, nothing personal in a log."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response

_QUIET = logging.getLogger("acompana.twilio.http")
_QUIET.setLevel(logging.WARNING)  # the SDK writes addresses with phone numbers to it at INFO


class HttpClient(TwilioHttpClient):  # type: ignore[misc]  # the SDK is untyped
    """`base` stands in for https://api.twilio.com; "" is Twilio itself.

    A product of Twilio's other than the API is looked for below the same base, under its own name.
    """

    def __init__(self, base: str = "", timeout: float = 15.0) -> None:
        super().__init__(timeout=timeout, logger=_QUIET)
        self._base = base.rstrip("/")
        if base and self.session:
            self.session.trust_env = False

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        return super().request(method, self._aimed(url), *args, **kwargs)

    def _aimed(self, url: str) -> str:
        if not self._base:
            return url
        asked, base = urlsplit(url), urlsplit(self._base)
        product = asked.netloc.split(".")[0]
        prefix = base.path if product == "api" else f"{base.path}/{product}"
        return urlunsplit((base.scheme, base.netloc, prefix + asked.path, asked.query, ""))

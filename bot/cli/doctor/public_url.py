"""Checks from outside: whether the public address can be reached, and whether the clock is right."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, OpenerDirector, Request, build_opener

PATIENCE = 10.0
MOST_SKEW = timedelta(seconds=30)
HEALTH = "/healthz"


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer, or why there was none."""

    status: int
    """0 if there was no answer."""
    location: str = ""
    """Where a redirect leads."""
    date: datetime | None = None
    """The server's clock."""
    trouble: str = ""
    """Why there was no answer."""


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


def ask(url: str, *, certificates: ssl.SSLContext | None = None) -> Answer:
    """A GET that follows no redirects. `certificates` replaces the system's trusted certificates."""
    try:
        with _opener(certificates).open(Request(url, headers={"User-Agent": "acompana"}), timeout=PATIENCE) as reply:
            return Answer(reply.status, date=_date(reply.headers))
    except HTTPError as error:
        with error:
            return Answer(error.code, error.headers.get("Location", ""), _date(error.headers))
    except (URLError, HTTPException, OSError, ValueError) as error:
        return Answer(0, trouble=_why(getattr(error, "reason", error)))


def _opener(certificates: ssl.SSLContext | None) -> OpenerDirector:
    return build_opener(_NoRedirect, HTTPSHandler(context=certificates or ssl.create_default_context()))


def _date(headers: Message[str, str]) -> datetime | None:
    try:
        return parsedate_to_datetime(headers.get("Date", "")).astimezone(UTC)
    except ValueError:
        return None


def _why(reason: object) -> str:
    match reason:
        case ssl.SSLCertVerificationError():
            return f"its certificate is not accepted ({reason.verify_message}); renew it, including the full chain"
        case ssl.SSLError():
            return "the TLS handshake fails; check the proxy's certificate"
        case socket.gaierror():
            return "the host name does not resolve; check the DNS entry"
        case TimeoutError():
            return f"no answer within {PATIENCE:.0f} s; check the firewall"
        case ConnectionRefusedError():
            return "the connection is refused; check that `acompana run` and the proxy are running"
        case _:
            return f"cannot be reached ({type(reason).__name__})"


def address_faults(public_url: str, answer: Answer) -> list[str]:
    """What keeps providers from reaching `public_url`. `answer` is the response of its /healthz."""
    faults = []
    if urlsplit(public_url).scheme != "https":
        faults.append(f"{public_url} is not https, which Telegram requires; put a TLS proxy in front")
    if answer.trouble:
        faults.append(f"{public_url}: {answer.trouble}")
    elif 300 <= answer.status < 400:
        faults.append(
            f"{public_url} redirects to {answer.location}, which providers do not follow; "
            "set ACOMPANA_PUBLIC_URL to the final address"
        )
    elif answer.status != 200:
        faults.append(
            f"{public_url}{HEALTH} returns {answer.status}; check that the proxy forwards every path to `acompana run`"
        )
    return faults


def clock_fault(there: datetime, here: datetime) -> str:
    """ "" if the two clocks agree."""
    skew = here - there
    if abs(skew) <= MOST_SKEW:
        return ""
    side = "ahead of" if skew > timedelta(0) else "behind"
    return f"is {abs(skew).total_seconds():.0f} s {side} the provider's; enable time synchronization (timedatectl set-ntp true)"

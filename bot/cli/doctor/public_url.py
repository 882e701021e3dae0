"""What the doctor can only see from afar: the public address as others reach it, and the clock."""

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
    """`status` is 0 where there was no answer; `trouble` then says why. `date` is the server's clock."""

    status: int
    location: str = ""
    date: datetime | None = None
    trouble: str = ""


class _Stay(HTTPRedirectHandler):
    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


def ask(url: str, *, certificates: ssl.SSLContext | None = None) -> Answer:
    """A GET that follows no redirect. `certificates`: whom to trust, if not whom the system does."""
    try:
        with _opener(certificates).open(Request(url, headers={"User-Agent": "acompana"}), timeout=PATIENCE) as reply:
            return Answer(reply.status, date=_date(reply.headers))
    except HTTPError as error:
        with error:
            return Answer(error.code, error.headers.get("Location", ""), _date(error.headers))
    except (URLError, HTTPException, OSError, ValueError) as error:
        return Answer(0, trouble=_why(getattr(error, "reason", error)))


def _opener(certificates: ssl.SSLContext | None) -> OpenerDirector:
    return build_opener(_Stay, HTTPSHandler(context=certificates or ssl.create_default_context()))


def _date(headers: Message[str, str]) -> datetime | None:
    try:
        return parsedate_to_datetime(headers.get("Date", "")).astimezone(UTC)
    except ValueError:
        return None


def _why(reason: object) -> str:
    match reason:
        case ssl.SSLCertVerificationError():
            return f"its certificate is not accepted ({reason.verify_message}); renew it, with the whole chain"
        case ssl.SSLError():
            return "it does not speak TLS as it should; check the proxy's certificate"
        case socket.gaierror():
            return "its name is not known; check the DNS entry"
        case TimeoutError():
            return f"it does not answer within {PATIENCE:.0f} s; check the firewall"
        case ConnectionRefusedError():
            return "nobody listens there; check that `acompana run` and the proxy are up"
        case _:
            return f"it cannot be reached ({type(reason).__name__})"


def address_faults(public_url: str, answer: Answer) -> list[str]:
    """What keeps providers from reaching us at `public_url`, of which `answer` is what /healthz said."""
    found = []
    if urlsplit(public_url).scheme != "https":
        found.append(f"{public_url} is not https, and Telegram calls nothing else; put a proxy with TLS in front")
    if answer.trouble:
        found.append(f"{public_url}: {answer.trouble}")
    elif 300 <= answer.status < 400:
        found.append(
            f"{public_url} redirects to {answer.location}, and providers do not follow; "
            "set ACOMPANA_PUBLIC_URL to where it ends"
        )
    elif answer.status != 200:
        found.append(
            f"{public_url}{HEALTH} answers {answer.status}; check that the proxy passes every path on to `acompana run`"
        )
    return found


def clock_fault(there: datetime, here: datetime) -> str:
    """ "" where the two clocks go together."""
    skew = here - there
    if abs(skew) <= MOST_SKEW:
        return ""
    side = "ahead of" if skew > timedelta(0) else "behind"
    return f"is {abs(skew).total_seconds():.0f} s {side} the provider's; have the machine set it (timedatectl set-ntp true)"

"""Who is logged in: signed cookies, tokens against forged forms, and one-hour links that let somebody in."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

from bot.config.settings import Settings
from storage.schema import Staff

LASTS = timedelta(hours=12)
LINK_LASTS = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class SessionCookie:
    """What a session cookie says."""

    #: None before the login, when there is only a form to protect.
    staff_id: int | None
    nonce: str
    until: datetime
    #: Of the password at the time of the login.
    fingerprint: str = ""


class Signer:
    """Signs what a browser keeps, so that nobody else can make it up."""

    def __init__(self, settings: Settings) -> None:
        self._sessions = _serializer(settings, "console session")
        self._links = _serializer(settings, "console link")
        self._notes = _serializer(settings, "console note")
        self._csrf = settings.derived_key("console csrf")
        self._digests = settings.derived_key("console digest")

    # --- sessions ----------------------------------------------------------------------------------------------------

    def new_session(self, staff: Staff | None, now: datetime) -> str:
        """A fresh cookie, for a member of staff, or for somebody who has yet to log in."""
        until = int((now + LASTS).timestamp())
        person = [staff.id, fingerprint(staff)] if staff else [None, ""]
        return str(self._sessions.dumps([*person, secrets.token_urlsafe(16), until]))

    def read_session(self, cookie: str | None, now: datetime) -> SessionCookie | None:
        """What the cookie says, unless it is forged or too old."""
        content = _content(self._sessions, cookie)
        if content is None:
            return None
        staff_id, stamp, nonce, until = content
        session = SessionCookie(staff_id, nonce, datetime.fromtimestamp(until, UTC), stamp)
        return session if session.until > now else None

    def csrf(self, session: SessionCookie) -> str:
        """What every form of this session carries."""
        return hmac.new(self._csrf, session.nonce.encode(), hashlib.sha256).hexdigest()

    # --- links, texts, digests ---------------------------------------------------------------------------------------

    def link(self, staff_id: int, now: datetime) -> str:
        return str(self._links.dumps([staff_id, int((now + LINK_LASTS).timestamp())]))

    def read_link(self, token: str, now: datetime) -> int | None:
        """Whose link it is, within its hour."""
        content = _content(self._links, token)
        return content[0] if content is not None and content[1] > now.timestamp() else None

    def sign(self, *content: Any) -> str:
        """A text that carries `content` to another request."""
        return str(self._notes.dumps(list(content)))

    def unsign(self, note: str | None) -> list[Any] | None:
        """What was signed; None where it was not signed here."""
        return _content(self._notes, note)

    def digest(self, text: str) -> str:
        """A stand-in for what shall be recognised and not be kept."""
        return hmac.new(self._digests, text.encode(), hashlib.sha256).hexdigest()[:24]


def login_token(settings: Settings, staff_id: int, now: datetime | None = None) -> str:
    """What /console/enter?token=… takes for an hour, instead of a password."""
    return Signer(settings).link(staff_id, now or datetime.now(UTC))


def fingerprint(staff: Staff) -> str:
    """Changes with the password, so that a new one ends the sessions of the old one."""
    return hashlib.sha256(f"{staff.id}:{staff.password_hash or ''}".encode()).hexdigest()[:12]


def _serializer(settings: Settings, purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(settings.derived_key(purpose).hex(), salt=purpose)


def _content(serializer: URLSafeSerializer, sealed: str | None) -> list[Any] | None:
    if not sealed:
        return None
    try:
        content: list[Any] = serializer.loads(sealed)
    except BadSignature:
        return None
    return content

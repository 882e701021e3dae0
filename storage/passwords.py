"""Passwords of the staff, kept as argon2 hashes."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 10
_HASHER = PasswordHasher()


def hash_password(password: str) -> str:
    """Raises ValueError when the password is too short to be worth keeping."""
    if len(password) < SHORTEST:
        raise ValueError(f"must have at least {SHORTEST} characters")
    return _HASHER.hash(password)


def matches(password: str, password_hash: str | None) -> bool:
    """Somebody without a password takes as long to refuse as somebody with a wrong one."""
    try:
        return _HASHER.verify(password_hash or _nobody(), password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return _HASHER.hash("nobody has this password")

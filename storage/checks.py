"""Validation of register entries: names, e-mail addresses, passwords and words of a list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from babel.numbers import is_currency

from storage.passwords import hash_password

LINE = 200
"""Longest accepted name, in characters."""

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


class RegisterError(ValueError):
    """Something cannot be entered or found. `field` is the field concerned; the message says how to fix it."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem


def folded(text: str) -> str:
    """For comparing names: without case, accents and double spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def a_line(field: str, text: str) -> str:
    """`text` on one line. Raises RegisterError if it is empty, too long or not printable."""
    line = " ".join(text.split())
    if not line:
        raise RegisterError(field, "is missing")
    if len(line) > LINE:
        raise RegisterError(field, f"is too long ({len(line)} characters; the limit is {LINE})")
    if not all(c.isprintable() or unicodedata.category(c) == "Cf" for c in line):
        raise RegisterError(field, "contains characters that cannot be printed")
    return line


def one_of(field: str, given: str, known: Collection[str], like: str = "") -> str:
    if given not in known:
        known_ones = f"them, like {like}" if like else ", ".join(known)
        raise RegisterError(field, f"{given!r} is not one of {known_ones}")
    return given


def an_email(email: str) -> str:
    """In lower case. Raises RegisterError."""
    address = email.strip().lower()
    if not _EMAIL.fullmatch(address) or len(address) > LINE:
        raise RegisterError("email", f"{email!r} is not an e-mail address")
    return address


def a_password(password: str) -> str:
    try:
        return hash_password(password)
    except ValueError as error:
        raise RegisterError("password", str(error)) from None


def a_currency(code: str) -> str:
    code = code.strip().upper()
    if not is_currency(code):
        raise RegisterError("currency", f"{code!r} is not a currency; write its three letters, like XCD")
    return code

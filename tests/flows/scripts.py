"""What the clients write: one file a language, with a section for each flow.

The head names who is speaking (`country`, `center`, `name`) and the figures of their last follow-up. Below `[flow]`
stands one reply a line, as that client would type it. `Sí {yes}` is tapped where the channel shows that button, and
typed elsewhere; `@photo` sends something without a text; `@nudge` and `@close` let the time run out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from bot.model import LANGUAGES

FOLDER = Path(__file__).parent / "clients"
_TAP = re.compile(r"(?P<text>.*?)\s*\{(?P<choice>\w+)\}")


@dataclass(frozen=True, slots=True)
class Reply:
    """`text` as it is typed, or what happens instead where it begins with @; `choice` is tapped where it can be."""

    text: str
    choice: str | None = None

    @classmethod
    def of(cls, line: str) -> Reply:
        match = _TAP.fullmatch(line)
        return cls(match["text"], match["choice"]) if match else cls(line)


@dataclass
class Client:
    """One entrepreneur of a country, with what they write in each flow."""

    language: str
    country: str = ""
    center: str = ""
    name: str = ""
    last: dict[str, Decimal] = field(default_factory=dict)
    replies: dict[str, list[Reply]] = field(default_factory=dict)


def load(language: str) -> Client:
    client, flow = Client(language), ""
    for line in (FOLDER / f"{language}.txt").read_text("utf-8").splitlines():
        if not line.strip():
            continue
        if line.startswith("["):
            flow = line.strip("[]")
            client.replies[flow] = []
        elif flow:
            client.replies[flow].append(Reply.of(line))
        else:
            name, _, value = (part.strip() for part in line.partition("="))
            if name in ("country", "center", "name"):
                setattr(client, name, value)
            else:
                client.last[name] = Decimal(value)
    return client


CLIENTS = {language: load(language) for language in LANGUAGES}

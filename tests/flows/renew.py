"""python -m tests.flows.renew: write the golden transcripts anew. Then read what changed, and commit it if it is meant.

Nothing else writes them: a test only compares.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path

from bot.model import LANGUAGES
from tests.flows.phone import TODAY, Phone
from tests.flows.scripts import CLIENTS

FOLDER = Path(__file__).parent / "transcripts"
CHANNELS = ("sms", "whatsapp", "telegram")
"""No buttons, few and short ones or a list, and many: what other channels show is between these."""
FLOWS = ("registration", "followup")
ALL = [f"{flow}.{language}.{channel}" for flow, language, channel in product(FLOWS, LANGUAGES, CHANNELS)]


def phone(name: str) -> Phone:
    """The phone of a transcript by its name, `<flow>.<language>.<channel>`, before the first word."""
    flow, language, channel = name.split(".")
    return Phone(CLIENTS[language], flow, channel)


def transcript(name: str) -> str:
    """The conversation as it goes now.

    `>` the client writes, or taps a [button]; `<` the phone shows, with [buttons] and [= rows] of a list; `=` what was
    kept and what else followed.
    """
    speaking = phone(name)
    client = speaking.client
    head = f"# {speaking.flow} by {speaking.channel}: {client.name}, {client.center} ({client.country}), {TODAY}"
    return f"{head}\n\n{speaking.replay(client.replies[speaking.flow])}"


def renew() -> list[str]:
    """Write every transcript; the names of those that changed."""
    FOLDER.mkdir(exist_ok=True)
    changed = []
    for name in ALL:
        path, now = FOLDER / f"{name}.txt", transcript(name)
        if not path.is_file() or path.read_text("utf-8") != now:
            path.write_text(now, "utf-8")
            changed.append(name)
    return changed


if __name__ == "__main__":
    names = renew()
    print("\n".join(names) or "Nothing has changed.")  # noqa: T201

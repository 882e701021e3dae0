"""The follow-up by our service on SQLite, every commit flushed to the disk. `python -m benchmarks.rivals.ours FOLDER PHONES`"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.load import OUR_NUMBER, phone
from benchmarks.rivals.slices import compete
from benchmarks.survey import invited
from bot.answers import prepare
from bot.model import Inbound
from bot.service.assistant import Assistant
from bot.service.rules import Rules
from bot.text.language import Catalogs
from storage.engine import Database
from storage.migrate import upgrade


def main(folder: Path, phones: int) -> None:
    url = f"sqlite:///{folder / 'ours.sqlite3'}"
    prepare()
    upgrade(url)
    database, assistant = Database.open(url), Assistant(Catalogs.load(), Rules())
    invited(database, phones, datetime.now(UTC))

    async def begin(number: int) -> None:
        """All were invited at once."""

    async def answer(number: int, place: int, reply: str) -> None:
        inbound = Inbound("sms", f"{number}-{place}", phone(number), datetime.now(UTC), reply, recipient=OUR_NUMBER)
        with database.write() as db:
            assistant.receive(db, inbound)

    compete(begin, answer, phones)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

"""aiogram's finite-state machine with its state on SQLite, flushed at each change. `… aiogram_bot FOLDER PHONES`

aiogram brings no SQLite storage, so this is the least that can be written. Nothing is sent, in its favour.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiosqlite
from aiogram import Bot, Dispatcher
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey
from aiogram.types import Chat, Message, Update, User

from benchmarks.rivals.slices import QUESTIONS, compete

Survey: Any = type("Survey", (StatesGroup,), {name: State() for name in QUESTIONS})
STATES = [getattr(Survey, name) for name in QUESTIONS]
TABLE = "CREATE TABLE talks (chat INTEGER PRIMARY KEY, state TEXT, data TEXT NOT NULL DEFAULT '{}')"
SET = "INSERT INTO talks (chat, {0}) VALUES (?, ?) ON CONFLICT (chat) DO UPDATE SET {0} = excluded.{0}"


class SqliteStorage(BaseStorage):
    def __init__(self, path: Path) -> None:
        self.path = path
        self.db: Any = None

    async def open(self) -> None:
        self.db = await aiosqlite.connect(self.path)
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", TABLE):
            await self.db.execute(statement)

    async def _set(self, column: str, key: StorageKey, value: str | None) -> None:
        await self.db.execute(SET.format(column), (key.chat_id, value))
        await self.db.commit()

    async def _get(self, column: str, key: StorageKey) -> Any:
        query = f"SELECT {column} FROM talks WHERE chat = ?"  # noqa: S608
        async with self.db.execute(query, (key.chat_id,)) as cursor:
            row = await cursor.fetchone()
        return row[0] if row else None

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        await self._set("state", key, state.state if isinstance(state, State) else state)

    async def get_state(self, key: StorageKey) -> str | None:
        state: str | None = await self._get("state", key)
        return state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        await self._set("data", key, json.dumps(data))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(await self._get("data", key) or "{}")
        return data

    async def close(self) -> None:
        await self.db.close()


def asks(place: int) -> Any:
    async def on_message(message: Message, state: FSMContext) -> None:
        assert message.text is not None
        await state.update_data({QUESTIONS[place]: float(message.text)})
        await state.set_state(STATES[place + 1] if place + 1 < len(STATES) else None)

    return on_message


async def start(message: Message, state: FSMContext) -> None:
    await state.set_state(STATES[0])


def main(folder: Path, phones: int) -> None:
    storage = SqliteStorage(folder / "aiogram.sqlite3")
    bot, dispatcher = Bot("1:bench"), Dispatcher(storage=storage)
    dispatcher.message.register(start, Command("start"))
    for place, state in enumerate(STATES):
        dispatcher.message.register(asks(place), state)
    number = iter(range(1, 10**9))

    async def take(phone: int, text: str) -> None:
        user = User(id=phone + 1, is_bot=False, first_name="Ana")
        chat = Chat(id=phone + 1, type="private")
        message = Message(message_id=next(number), date=datetime.now(UTC), chat=chat, from_user=user, text=text)
        await dispatcher.feed_update(bot, Update(update_id=next(number), message=message))

    async def begin(phone: int) -> None:
        if storage.db is None:
            await storage.open()
        await take(phone, "/start")

    async def answer(phone: int, place: int, reply: str) -> None:
        await take(phone, reply)

    compete(begin, answer, phones)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

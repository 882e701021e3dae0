"""python-telegram-bot's ConversationHandler, its persistence flushed at each update. `… telegram_bot FOLDER PHONES`

Nothing is sent, in its favour. Its file is synced to the disk after each update, as the databases of the others are.
"""

from __future__ import annotations

import os
import sys
import warnings
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from telegram import Chat, Message, MessageEntity, Update, User
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)
from telegram.warnings import PTBUserWarning

from benchmarks.rivals.slices import QUESTIONS, compete

Context = ContextTypes.DEFAULT_TYPE


async def start(update: Update, context: Context) -> int:
    return 0


def asks(place: int) -> Any:
    async def on_message(update: Update, context: Context) -> int:
        assert update.message is not None
        assert update.message.text is not None
        assert context.user_data is not None
        context.user_data[QUESTIONS[place]] = float(update.message.text)
        return place + 1 if place + 1 < len(QUESTIONS) else ConversationHandler.END

    return on_message


def application(folder: Path) -> Application[Any, Any, Any, Any, Any, Any]:
    persistence: PicklePersistence[Any, Any, Any] = PicklePersistence(folder / "bot.pickle", single_file=True)
    app = ApplicationBuilder().token("1:bench").persistence(persistence).updater(None).build()
    states: dict[object, list[Any]] = {
        place: [MessageHandler(filters.TEXT, asks(place))] for place in range(len(QUESTIONS))
    }
    app.add_handler(
        ConversationHandler(
            [CommandHandler("start", start)], states, fallbacks=[], persistent=True, name="survey", per_chat=False
        )
    )
    return app


def main(folder: Path, phones: int) -> None:
    warnings.simplefilter("ignore", PTBUserWarning)
    app = application(folder)
    number = iter(range(10**9))
    opened = False

    async def take(phone: int, text: str) -> None:
        user, chat = User(phone + 1, "Ana", is_bot=False), Chat(phone + 1, "private")
        at = datetime.now(UTC)
        entities: tuple[MessageEntity, ...] = ()
        if text.startswith("/"):
            entities = (MessageEntity(MessageEntity.BOT_COMMAND, 0, len(text)),)
        message = Message(next(number), at, chat, from_user=user, text=text, entities=entities)
        message.set_bot(app.bot)
        await app.process_update(Update(next(number), message=message))
        await app.update_persistence()
        with (folder / "bot.pickle").open("rb") as file:
            os.fsync(file.fileno())

    async def begin(phone: int) -> None:
        nonlocal opened
        if not opened:
            opened = True
            app._initialized = True
            app.bot._bot_user = User(1, "bench", is_bot=True, username="bench")
            await app._initialize_persistence()
        await take(phone, "/start")

    async def answer(phone: int, place: int, reply: str) -> None:
        await take(phone, reply)

    compete(begin, answer, phones)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

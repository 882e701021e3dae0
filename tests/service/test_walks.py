"""The way of a message and of a timer through the files, as docs/architecture.md tells it.

A file is on the way when one of its functions is running while the text is parsed, while it is read, while a row is
written or while a message is handed to its channel. The readers count as one file.
"""

from __future__ import annotations

import sys
from asyncio import run
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType
from urllib.parse import urlencode

import pytest
from sqlalchemy import event, update
from sqlalchemy.orm import Session
from twilio.request_validator import RequestValidator

from bot.channels.base import Request
from bot.channels.simulator import SimulatorChannel
from scheduler.firing import fire_due
from scheduler.sender import Sender
from storage.schema import Address
from tests.channels.twilio import FORM, INBOUND, MESSAGE, PUBLIC, TOKEN, channel
from tests.service.world import ANA, World
from web.webhooks import Intake

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "scheduler", "storage", "web")
READERS = "bot/answers"


def file_of(frame: FrameType) -> str | None:
    """The file of the program that a frame runs in; None for libraries and tests."""
    path = Path(frame.f_code.co_filename)
    if not path.is_relative_to(ROOT):
        return None
    file = path.relative_to(ROOT)
    if file.parts[0] not in ROOMS:
        return None
    return READERS if file.is_relative_to(READERS) else str(file)


class Walk:
    """Collects the files on the way, and from which other file each is entered."""

    def __init__(self) -> None:
        self.files: list[str] = []
        self.entered_from: dict[str, set[str]] = {}

    def note(self) -> None:
        """Whatever is running now is on the way."""
        stack: list[str] = []
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            file = file_of(frame)
            if file is not None and (not stack or stack[-1] != file):
                stack.append(file)
            frame = frame.f_back
        stack.reverse()
        for outer, file in zip([None, *stack], stack, strict=False):
            if file not in self.files:
                self.files.append(file)
            if outer is not None:
                self.entered_from.setdefault(file, set()).add(outer)

    def when(self, watched: set[tuple[str, str]]) -> Callable[[FrameType, str, object], None]:
        """A profiler that notes the way when one of these functions begins: (file, name)."""

        def profile(frame: FrameType, what: str, _argument: object) -> None:
            if what == "call" and (file_of(frame), frame.f_code.co_name) in watched:
                self.note()

        return profile

    @contextmanager
    def followed(self, world: World, *watched: tuple[str, str]) -> Iterator[None]:
        """Note the way whenever a row is added or changed, and when one of these functions begins: (file, name)."""
        add = Session.add

        def noted_add(session: Session, row: object) -> None:
            self.note()
            add(session, row)

        def statement(_connection: object, _cursor: object, sql: str, *_more: object) -> None:
            if sql.lstrip().split(maxsplit=1)[0] in ("INSERT", "UPDATE"):
                self.note()

        event.listen(world.database.engine, "before_cursor_execute", statement)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Session, "add", noted_add)
            sys.setprofile(self.when(set(watched)))
            try:
                yield
            finally:
                sys.setprofile(None)
                event.remove(world.database.engine, "before_cursor_execute", statement)

    def entered_twice(self) -> set[str]:
        """The files that are entered from more than one other file."""
        return {file for file, outer in self.entered_from.items() if len(outer) > 1}


def signed(text: str, at: datetime) -> Request:
    """A text as Twilio delivers it."""
    fields = {"MessageSid": MESSAGE, "From": ANA, "To": "+15551234567", "Body": text}
    signature = RequestValidator(TOKEN).compute_signature(PUBLIC + INBOUND, fields)
    headers = {"content-type": FORM, "X-Twilio-Signature": signature}
    return Request("POST", PUBLIC + INBOUND, headers, urlencode(fields).encode(), at=at)


def test_a_twilio_text_passes_twelve_files_to_its_rows(world: World) -> None:
    world.register()
    world.say("UPDATE")
    with world.database.write() as db:
        db.execute(update(Address).values(simulated=False))
    twilio = channel(public_url=PUBLIC)
    intake = Intake(world.database, world.assistant, lambda: None)
    call = signed("4500", world.now + timedelta(minutes=1))
    walk = Walk()
    with walk.followed(world, ("bot/channels/twilio/webhook.py", "parsed"), (READERS, "read")):
        twilio.verify(call)
        for item in twilio.parse(call):
            assert intake._commit(item, twilio)
    assert walk.files == [
        "bot/channels/twilio/channel.py",
        "bot/channels/twilio/webhook.py",
        "web/webhooks.py",
        "storage/engine.py",
        "bot/service/assistant.py",
        "storage/inbox.py",
        "bot/service/routing.py",
        "bot/service/conversations.py",
        "bot/flows/engine.py",
        READERS,
        "bot/service/turn.py",
        "storage/turns.py",
    ]
    assert walk.entered_twice() == set()


def test_a_due_timer_passes_ten_files_to_the_sent_message(world: World) -> None:
    world.register()
    world.log_session()
    world.wait(days=2)
    world.now = world.due("followup.invite")
    sender = Sender(world.database, {}, {"sms": SimulatorChannel("sms")}, lambda: world.now)
    walk = Walk()
    with walk.followed(world, ("bot/channels/simulator.py", "send")):
        fire_due(world.database, world.assistant, lambda: world.now)
        run(sender.drain())
    assert walk.files == [
        "scheduler/firing.py",
        "storage/timers.py",
        "storage/engine.py",
        "bot/service/assistant.py",
        "bot/service/timers.py",
        "bot/service/followups.py",
        "bot/service/conversations.py",
        "bot/service/turn.py",
        "scheduler/sender.py",
        "bot/channels/simulator.py",
    ]
    # Timers are claimed by the firing and planned by whoever begins; both processes open transactions.
    assert walk.entered_twice() == {"storage/timers.py", "storage/engine.py"}

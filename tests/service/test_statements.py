"""How many SQL statements a turn takes, so that it stays cheap on both engines."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import event

from bot.model import Inbound
from tests.service.world import ANA, World, on_both

pytestmark = on_both

TURNS = (
    ("5200", 8),
    ("bananas", 8),  # asked once more
    ("3", 8),
    ("1", 8),
    ("none", 8),
    ("0", 8),
    ("help", 8),
    ("yes", 8),
    ("1", 18),  # all is correct: the figures become outcomes, and the survey and what staff asked beside it are closed
)
"""What a client answers to a follow-up, and the most statements that it may take."""


def test_a_turn_takes_few_statements(world: World) -> None:
    world.register()
    world.say("update")
    statements: list[str] = []
    event.listen(world.database.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    for number, (text, most) in enumerate(TURNS):
        statements.clear()
        at = world.now + timedelta(minutes=number)
        with world.database.write() as db:
            world.assistant.receive(db, Inbound("sms", f"counted-{number}", ANA, at, text, simulated=True))
        assert len(statements) <= most, (text, statements)
    assert "has your figures now" in world.last()

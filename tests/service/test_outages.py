"""A database that goes away while timers fire: none is given up for it, and each of them fires once all the same."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, event, func, select
from sqlalchemy.exc import OperationalError

from scheduler import firing
from scheduler.firing import MOST_ATTEMPTS, fire_due
from storage import timers
from storage.engine import Database
from storage.schema import Client, Followup, Outbox, Timer
from storage.trouble import UNAVAILABLE
from tests.service.world import World


class Away:
    """Lets the next transactions that fire something fail, and those after them through."""

    def __init__(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times = 0
        monkeypatch.setattr(firing, "sleep", lambda seconds: None)
        event.listen(database.engine, "commit", self.fail)

    def fail(self, connection: Any) -> None:
        if self.times:
            self.times -= 1
            raise OperationalError("", {}, Exception("gone"))


@pytest.fixture
def due(world: World) -> World:
    """Three clients whose follow-up is due now, and a morning on which it may go out."""
    for number in range(3):
        world.register(f"+1758555030{number}", name=f"Ana {number}")
    with world.database.write() as db:
        db.execute(delete(Timer))
        for number, client in enumerate(world.all(Client), 1):
            db.add(Followup(id=number, client_id=client.id, wave="3m", due_on=world.now.date(), created_at=world.now))
            due = {"subject": f"followup:{number}", "client_id": client.id, "due_at": world.now}
            db.add(Timer(kind="followup.invite", **due))
    world.now += timedelta(hours=1)
    return world


def invitations(world: World) -> tuple[int, dict[str, int]]:
    with world.database.read() as db:
        sent = db.scalar(select(func.count()).where(Outbox.bulk.is_(True))) or 0
        fired = db.execute(
            select(Timer.status, func.count().label("number"))
            .where(Timer.kind == "followup.invite")
            .group_by(Timer.status)
        )
        return sent, {row.status: row.number for row in fired}


def test_a_short_outage_delays_nothing(due: World, monkeypatch: pytest.MonkeyPatch) -> None:
    away = Away(due.database, monkeypatch)
    original = timers.take

    def take(*arguments: Any) -> Any:
        monkeypatch.setattr(timers, "take", original)
        away.times = 2
        return original(*arguments)

    monkeypatch.setattr(timers, "take", take)
    assert fire_due(due.database, due.assistant, lambda: due.now) == 3
    assert invitations(due) == (3, {"fired": 3})


@pytest.mark.slow
def test_a_long_outage_gives_nothing_up(due: World, monkeypatch: pytest.MonkeyPatch) -> None:
    away = Away(due.database, monkeypatch)
    original = timers.take

    def take(*arguments: Any) -> Any:
        away.times = 1
        return original(*arguments)

    for _ in range(MOST_ATTEMPTS + 1):
        with monkeypatch.context() as outage:
            outage.setattr(timers, "take", take)
            with pytest.raises(UNAVAILABLE):
                fire_due(due.database, due.assistant, lambda: due.now)
        away.times = 0
        assert invitations(due) == (0, {"leased": 3})
        due.now += firing.LEASE + timedelta(seconds=1)
    assert fire_due(due.database, due.assistant, lambda: due.now) == 3
    assert invitations(due) == (3, {"fired": 3})


def test_what_is_due_is_done_once_however_many_workers_there_are(due: World) -> None:
    with ThreadPoolExecutor(6) as workers:
        done = list(workers.map(lambda _: fire_due(due.database, due.assistant, lambda: due.now), range(6)))
    assert sum(done) == 3
    assert invitations(due) == (3, {"fired": 3})

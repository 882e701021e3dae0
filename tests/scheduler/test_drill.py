"""The drill with few clients: whatever the providers do, nothing is lost, doubled or overtaken."""

from __future__ import annotations

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from benchmarks.drill import perform
from scheduler.channel_state import IN_FLIGHT

pytestmark = pytest.mark.slow

CLIENTS = {"sqlite": 50, "postgresql": 8}


def test_every_message_once_and_in_order(database_url: str) -> None:
    clients = CLIENTS[database_url.partition(":")[0].partition("+")[0]]
    with capture_logs():
        drill, result = perform(database_url, clients, step=timedelta(seconds=10))
    assert (result.lost, result.overtaken, result.unsettled) == (0, 0, {})
    assert (result.doubled["sms"], result.doubled["whatsapp"]) == (0, 0)
    killed = drill.faults["sender killed after acceptance"]
    assert result.doubled["telegram"] - result.after_timeout["telegram"] <= killed * IN_FLIGHT
    assert result.after_timeout["telegram"] <= drill.faults["time-out after acceptance"]
    assert (result.received, result.double_answers) == (result.written, 0)
    assert result.completed == clients
    assert drill.faults.total() > clients / 8

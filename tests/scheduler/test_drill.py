"""The drill of docs/reliability.md with few clients: whatever the providers do, nothing is lost, doubled or overtaken."""

from __future__ import annotations

from datetime import timedelta

from structlog.testing import capture_logs

from benchmarks.drill import perform

CLIENTS = {"sqlite": 50, "postgresql": 8}


def test_every_message_once_and_in_order(database_url: str) -> None:
    clients = CLIENTS[database_url.partition(":")[0].partition("+")[0]]
    with capture_logs():
        drill, result = perform(database_url, clients, step=timedelta(seconds=3))
    assert (result.lost, result.disordered, result.unsettled) == (0, 0, {})
    assert (result.doubled["sms"], result.doubled["whatsapp"]) == (0, 0)
    unasked = drill.faults["time-out after acceptance"] + drill.faults["sender killed after acceptance"]
    assert result.doubled["telegram"] <= unasked
    assert (result.received, result.double_answers) == (result.written, 0)
    assert result.completed == clients
    assert drill.faults.total() > clients / 8

"""What is counted, by channel and outcome; never by person."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

INBOUND = Counter("acompana_inbound", "Messages and reports that came in", ("channel", "result"))
SENT = Counter("acompana_sent", "Messages handed to a provider", ("channel", "result"))
TURN = Histogram("acompana_turn_seconds", "From webhook to commit", ("channel", "result"))
SEND = Histogram("acompana_send_seconds", "Handing one message to a provider", ("channel", "result"))
TIMERS = Counter("acompana_timers", "Timers that came due", ("result",))
QUEUED = Gauge("acompana_outbox_waiting", "Messages that wait to be sent")
CIRCUIT = Gauge("acompana_circuit_open", "1 while a channel's provider is left alone because it is down", ("channel",))

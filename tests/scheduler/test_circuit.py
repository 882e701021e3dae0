"""A provider that is down is left alone, its queue is kept, and one message finds out whether it is back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from bot.channels.base import ChannelError, Misconfigured, RetryLater, UnknownOutcome, Unreachable
from scheduler.policy.circuit_breaker import FIRST_WAIT, LONGEST_WAIT, OPENS_AFTER, CircuitBreaker
from tests.scheduler.post import START, Post

DOWN = RetryLater("500", "the provider failed")
FAILURES = [DOWN, Misconfigured("20003", "not our token"), UnknownOutcome("timeout", "no answer in time")]


def test_it_opens_after_failures_in_a_row_only() -> None:
    circuit = CircuitBreaker()
    for _ in range(OPENS_AFTER - 1):
        assert not circuit.failed(START)
    circuit.worked()
    assert [circuit.failed(START) for _ in range(OPENS_AFTER)] == [False] * (OPENS_AFTER - 1) + [True]
    assert (circuit.open, circuit.room(START, 0, 9)) == (True, 0)


def test_one_probe_at_a_time_and_growing_waits() -> None:
    circuit = CircuitBreaker()
    for _ in range(OPENS_AFTER + 3):
        circuit.failed(START)
    now, waits = START, []
    for _ in range(8):
        assert circuit.until is not None
        waits.append(circuit.until - now)
        now = circuit.until
        assert (circuit.room(now, 0, 9), circuit.room(now, 1, 9)) == (1, 0)
        assert circuit.room(now - timedelta(seconds=1), 0, 9) == 0
        assert not circuit.failed(now)
    assert waits == [min(FIRST_WAIT * 2**n, LONGEST_WAIT) for n in range(8)]
    assert circuit.worked()
    assert (circuit.open, circuit.room(now, 5, 9), circuit.wait) == (False, 9, FIRST_WAIT)
    assert not circuit.worked()


def gauge() -> float | None:
    return REGISTRY.get_sample_value("acompana_circuit_open", {"channel": "sms"})


@pytest.mark.slow
@pytest.mark.parametrize("failure", FAILURES)
def test_the_queue_of_a_provider_that_is_down_is_kept(post: Post, failure: ChannelError) -> None:
    rows = [row for _ in range(40) for row in post.queue(post.client()[0], "hello", bulk=True)]
    (chat,) = post.client("telegram")
    post.sms.script = [failure] * 18
    with capture_logs() as logs:
        post.send()
        assert gauge() == 1
        untouched = [row for row in rows if post.row(row).attempts == 0]
        assert len(untouched) == 24
        post.queue(chat, "another channel")
        post.queue(post.client()[0], "reply")
        assert post.send(seconds=1) == 1
        assert post.send(seconds=30) == 1
        assert post.send(seconds=30) == 0
        post.send(seconds=40)
        assert post.sms.taken == []
        while gauge():
            post.send(minutes=1)
    events = [(line["event"], line["channel"]) for line in logs if line["event"].startswith("circuit")]
    assert events == [("circuit.opened", "sms"), ("circuit.closed", "sms")]
    assert post.providers["telegram"].texts == ["another channel"]
    for _ in range(20):
        post.send(minutes=5)
    assert sorted(post.sms.texts) == ["hello"] * 40 + ["reply"]


@pytest.mark.slow
def test_replies_are_first_when_it_is_back(post: Post) -> None:
    for _ in range(20):
        post.queue(post.client()[0], "hello", bulk=True)
    post.sms.script = [DOWN] * 16
    post.send()
    post.queue(post.client()[0], "reply")
    post.send(seconds=30)
    assert post.sms.texts[0] == "reply"


@pytest.mark.slow
def test_phones_that_cannot_be_reached_open_nothing(post: Post) -> None:
    post.sms.script = [Unreachable("30006", "a landline")] * 30
    for _ in range(30):
        post.queue(post.client()[0], "hello")
    assert post.send() >= 30
    assert not gauge()

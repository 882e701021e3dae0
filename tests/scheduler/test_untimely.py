"""What falls due in quiet hours, or when its question is no longer open, because a provider or a worker was away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from storage.schema import Conversation, Outbox
from tests.scheduler.post import Post

EVENING, LATE, MORNING = (datetime(2026, 1, day, hour, tzinfo=UTC) for day, hour in ((5, 23), (6, 1), (6, 12)))
"""Seven, nine and eight o'clock in Saint Lucia."""


def ask(post: Post, address: int, status: str = "open", flow: str | None = None) -> int:
    """Queue the first question of a survey whose conversation has this status."""
    (row,) = post.queue(address, "How much did you sell?", bulk=True)
    with post.database.write() as db:
        message = db.get_one(Outbox, row)
        about = Conversation(
            client_id=message.client_id,
            flow="followup",
            version=1,
            state={},
            status=status,
            created_at=post.now,
            asked_at=post.now,
        )
        db.add(about)
        db.flush()
        message.conversation_id, message.flow = about.id, flow
    return row


@pytest.fixture
def evening(post: Post) -> Post:
    post.now = EVENING
    return post


def test_a_question_that_comes_into_the_quiet_hours_waits_until_morning(evening: Post) -> None:
    (address,) = evening.client("sms")
    row = ask(evening, address)
    evening.now = LATE
    evening.send()
    assert (evening.row(row).status, evening.row(row).due_at) == ("queued", MORNING)
    evening.now = MORNING
    evening.send()
    assert evening.row(row).status == "sent"


def test_a_reply_does_not_wait_for_a_question_that_waits_for_the_morning(evening: Post) -> None:
    (address,) = evening.client("sms")
    row = ask(evening, address)
    evening.now = LATE
    evening.send()
    (reply,) = evening.queue(address, "Here is your code")
    evening.send(seconds=2)
    assert (evening.row(reply).status, evening.row(row).status) == ("sent", "queued")


def test_a_notice_without_a_question_does_not_wait(evening: Post) -> None:
    (address,) = evening.client("sms")
    evening.now = LATE
    (notice,) = evening.queue(address, "The training is cancelled", bulk=True)
    evening.send()
    assert evening.row(notice).status == "sent"


def test_a_question_that_is_closed_meanwhile_is_not_asked(evening: Post) -> None:
    (address,) = evening.client("sms")
    row = ask(evening, address, "closed")
    evening.send(hours=0)
    assert (evening.row(row).status, evening.row(row).reason) == ("dropped", "its question is no longer open")


@pytest.mark.parametrize(
    ("queued", "sent", "status"),
    [
        (LATE, LATE, "sent"),
        (LATE, LATE + timedelta(minutes=59), "sent"),
        (LATE, LATE + timedelta(hours=1), "queued"),
        (EVENING, LATE, "queued"),
    ],
)
def test_what_somebody_asked_for_by_hand_in_quiet_hours_goes_at_once_or_in_the_morning(
    evening: Post, queued: datetime, sent: datetime, status: str
) -> None:
    (address,) = evening.client("sms")
    evening.now = queued
    row = ask(evening, address, flow="followup")
    evening.now = sent
    evening.send()
    assert evening.row(row).status == status


def test_what_takes_the_place_of_a_lost_message_in_quiet_hours_waits(evening: Post) -> None:
    (address,) = evening.client("sms")
    lost = ask(evening, address, flow="followup")
    evening.now = LATE
    row = ask(evening, address, flow="followup")
    with evening.database.write() as db:
        db.get_one(Outbox, row).instead_of_id = lost
    evening.send()
    assert evening.row(row).status == "queued"

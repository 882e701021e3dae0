"""What a provider tells of a message after it took it: in any order, twice, early, and when it could not deliver."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.model import Delivery, Status
from storage.schema import EarlyReport, Outbox
from tests.scheduler.post import Post
from tests.scheduler.provider import LOST

ORDERS = [
    ("sent delivered read", "read"),
    ("sent read delivered", "read"),
    ("read delivered sent", "read"),
    ("delivered sent sent", "delivered"),
    ("delivered failed", "delivered"),
    ("read failed", "read"),
]


@pytest.mark.parametrize(("states", "end"), ORDERS)
def test_reports_out_of_order_and_repeated(post: Post, states: str, end: str) -> None:
    phone, _chat = post.client("sms", "telegram")
    (row_id,) = post.queue(phone, "hello")
    post.send()
    post.report("sms-1", *states.split(), *states.split())
    assert post.row(row_id).status == end
    assert (post.row(row_id).delivered_at is not None) == (end != "failed")
    assert post.rows("telegram") == []


def test_a_report_counts_once(post: Post) -> None:
    (phone,) = post.client()
    post.queue(phone, "hello")
    post.send()
    assert post.report("sms-1", "sent", "delivered", "delivered", "sent") == [False, True, False, False]
    assert post.report("sms-99", "delivered") == [False]


UNDELIVERED = [
    ("63016", "whatsapp", "failed", False),
    ("63003", "whatsapp", "failed", True),
    ("30006", "sms", "failed", True),
]


@pytest.mark.parametrize(("code", "channel", "status", "dead"), UNDELIVERED)
def test_what_was_taken_and_not_delivered_goes_down_the_ladder(
    post: Post, code: str, channel: str, status: str, dead: bool
) -> None:
    address, _chat = post.client(channel, "telegram")
    (row_id,) = post.queue(address, "hello")
    post.send()
    post.report(f"{channel}-1", "failed", "failed", "sent", "failed", code=code, channel=channel)
    post.send()
    assert (post.row(row_id).status, post.row(row_id).code) == (status, code)
    assert (post.address(address).unreachable_at is not None) == dead
    assert post.providers["telegram"].texts == ["hello"]


def test_a_phone_that_is_off_is_tried_again_and_then_left(post: Post) -> None:
    phone, _chat = post.client("sms", "telegram")
    (row_id,) = post.queue(phone, "hello")
    post.send()
    post.report("sms-1", "sent", "failed", code="30003")
    row = post.row(row_id)
    assert (row.status, row.due_at - post.now, row.provider_id) == ("queued", timedelta(hours=1), None)
    assert post.report("sms-1", "failed", code="30003") == [False]
    post.send(hours=1)
    post.report("sms-2", "failed", code="30003")
    post.send(hours=2)
    assert post.providers["telegram"].taken == []
    post.report("sms-3", "failed", code="30003")
    assert (post.row(row_id).status, post.row(row_id).reason) == ("failed", "the phone is off or out of reach")
    post.send()
    assert (len(post.sms.taken), post.providers["telegram"].texts) == (3, ["hello"])


def test_a_stop_that_comes_with_a_report(post: Post) -> None:
    phone, _chat = post.client("sms", "telegram")
    post.queue(phone, "hello")
    post.send()
    post.report("sms-1", "failed", code="21610")
    post.send()
    assert post.person(phone).opted_out_at == post.now
    assert post.providers["telegram"].taken == []


def test_a_report_that_comes_before_the_id_is_recorded(post: Post) -> None:
    (phone,) = post.client()
    post.sms.script = [LOST]
    (row_id,) = post.queue(phone, "hello")
    post.send()
    assert post.report("sms-1", "delivered", "sent", "delivered") == [False] * 3
    post.send(seconds=16)
    assert (post.row(row_id).status, post.sms.texts) == ("delivered", ["hello"])
    with post.database.read() as db:
        assert db.scalars(select(EarlyReport)).all() == []


def test_an_early_failure_goes_down_the_ladder_too(post: Post) -> None:
    phone, _chat = post.client("sms", "telegram")
    post.sms.script = [LOST]
    (row_id,) = post.queue(phone, "hello")
    post.send()
    post.report("sms-1", "failed", code="30006")
    post.send(seconds=16)
    assert (post.row(row_id).status, post.row(row_id).reason) == (
        "failed",
        "the number is a landline or cannot get messages",
    )
    assert post.providers["telegram"].texts == ["hello"]


def test_reports_on_messages_of_others_are_forgotten(post: Post) -> None:
    post.report("not ours", "sent", "delivered")
    post.now += timedelta(days=2)
    post.report("not ours either", "sent")
    with post.database.read() as db:
        assert [early.provider_id for early in db.scalars(select(EarlyReport))] == ["not ours either"]


def test_a_failure_without_a_code_is_tried_again(post: Post) -> None:
    (phone,) = post.client()
    (row_id,) = post.queue(phone, "hello")
    post.send()
    with post.database.write() as db:
        post.assistant.report(db, Status("sms", "sms-1", Delivery.FAILED, post.now))
    assert (post.row(row_id).status, post.row(row_id).reason) == ("queued", "the provider gave no reason")
    with post.database.read() as db:
        assert db.scalars(select(Outbox.sent_at)).all() == [None]

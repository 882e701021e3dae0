"""After STOP, and after ERASE, nothing goes out any more but what the provider has already."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.channels.base import RetryLater, UnknownOutcome, Unreachable
from bot.model import Inbound
from storage.schema import Address
from tests.scheduler.post import Post
from tests.scheduler.provider import LOST, Killed, Provider
from tests.service.world import CENTERS

GOODBYE = "All right, I won't write to you any more. If you change your mind, write START."


def says(post: Post, address_id: int, text: str) -> None:
    """The client writes, a second later."""
    post.now += timedelta(seconds=1)
    address = post.address(address_id)
    inbound = Inbound(address.channel, f"in-{post.now}", address.address, post.now, text)
    with post.database.write() as db:
        post.assistant.receive(db, inbound)


def nothing(post: Post) -> None:
    """The message has not been tried."""


def refused(post: Post) -> None:
    post.sms.script = [RetryLater("30022", "at its limit")]
    post.send()


def lost(post: Post) -> None:
    post.sms.script = [UnknownOutcome("no answer", "no answer")]
    post.send()


def killed(post: Post) -> None:
    """A sender leased it and was killed before it could send."""
    post.sms.script = [Killed()]
    post.send_and_die()
    post.sms.taken.clear()


@pytest.mark.slow
@pytest.mark.parametrize("bulk", [False, True], ids=["reply", "campaign"])
@pytest.mark.parametrize(
    ("before", "reason"),
    [
        (nothing, "client opted out"),
        (refused, "client opted out"),
        (lost, "client opted out; it may have been sent"),
        (killed, "client opted out; it may have been sent"),
    ],
)
def test_what_was_queued_before_a_stop_is_never_tried_again(
    post: Post, before: Callable[[Post], None], reason: str, bulk: bool
) -> None:
    sms, _whatsapp = post.client("sms", "whatsapp")
    (row_id,) = post.queue(sms, "before", bulk=bulk)
    before(post)
    says(post, sms, "STOP")
    for _day in range(3):
        post.send(hours=12)
    assert post.sms.texts == [GOODBYE]
    assert (post.row(row_id).status, post.row(row_id).reason) == ("dropped", reason)
    assert post.providers["whatsapp"].texts == []
    assert post.counselor_hears() == []


@pytest.mark.parametrize(
    ("ends", "status"),
    [
        (None, "sent"),
        (LOST, "dropped"),
        (RetryLater("30022", "at its limit"), "dropped"),
        (Unreachable("30006", "a landline"), "dropped"),
    ],
)
def test_what_a_sender_has_in_hand_when_stop_comes(post: Post, ends: Exception | None, status: str) -> None:
    sms, _whatsapp = post.client("sms", "whatsapp")
    (row_id,) = post.queue(sms, "in hand", bulk=True)

    class Slow(Provider):
        async def send(self, outgoing):  # type: ignore[no-untyped-def]
            says(post, sms, "STOP")
            return await super().send(outgoing)

    slow = Slow("sms", script=[ends])  # type: ignore[list-item]
    post.providers["sms"] = slow
    asyncio.run(post.sender.send_due())
    post.providers["sms"] = Provider("sms")
    assert post.row(row_id).status == status
    post.send(hours=12)
    post.send(hours=12)
    assert post.sms.texts == [GOODBYE]
    assert post.providers["whatsapp"].texts == []
    assert post.counselor_hears() == []


@pytest.mark.parametrize("code", ["30003", "30005", "30008", "21610"])
def test_what_the_provider_could_not_deliver_after_a_stop_is_left_at_that(post: Post, code: str) -> None:
    sms, _whatsapp = post.client("sms", "whatsapp")
    (row_id,) = post.queue(sms, "before")
    post.send()
    says(post, sms, "STOP")
    post.report("sms-1", "failed", code=code)
    post.send(hours=12)
    assert post.sms.texts == ["before", GOODBYE]
    assert (post.row(row_id).status, post.row(row_id).code) == ("failed", code)
    assert post.providers["whatsapp"].texts == []
    assert post.counselor_hears() == []


def test_the_answer_to_the_stop_itself_is_tried_again(post: Post) -> None:
    (sms,) = post.client()
    says(post, sms, "STOP")
    post.sms.script = [RetryLater("30022", "at its limit")]
    post.send()
    post.send(hours=1)
    assert post.sms.texts == [GOODBYE]


@pytest.mark.parametrize("before", [nothing, refused, lost, killed])
def test_what_was_erased_is_never_sent(post: Post, before: Callable[[Post], None]) -> None:
    sms, _whatsapp = post.client("sms", "whatsapp")
    (row_id,) = post.queue(sms, "before")
    before(post)
    says(post, sms, "ERASE")
    says(post, sms, "yes")
    for _day in range(4):
        post.send(hours=12)
    assert "before" not in post.sms.texts
    assert "" not in post.sms.texts
    assert (post.row(row_id).status, post.row(row_id).text) == ("dropped", None)
    assert post.providers["whatsapp"].texts == []
    assert post.counselor_hears() == []


def test_a_failure_that_is_reported_after_the_record_was_erased_calls_nobody(post: Post) -> None:
    sms, _whatsapp = post.client("sms", "whatsapp")
    post.queue(sms, "before")
    post.send()
    says(post, sms, "ERASE")
    says(post, sms, "yes")
    post.report("sms-1", "failed", code="30008")
    post.send(hours=12)
    assert post.providers["whatsapp"].texts == []
    assert post.counselor_hears() == []


def test_a_stranger_who_writes_stop_hears_no_more(post: Post) -> None:
    with post.database.write() as db:
        stranger = Address(channel="sms", address="+17585559999", created_at=post.now)
        db.add(stranger)
        db.flush()
        number = stranger.id
    (row_id,) = post.queue(number, "Which center?")
    with post.database.write() as db:
        db.add(CENTERS["DO"]())
    says(post, number, "STOP")
    post.send()
    assert (post.sms.texts, post.row(row_id).status) == ([], "dropped")

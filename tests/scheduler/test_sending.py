"""The sender: in which order messages go, what follows each error, and what a crash does to them."""

from __future__ import annotations

import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from bot.channels.base import (
    ChannelError,
    Misconfigured,
    OptedOut,
    OutsideWindow,
    RetryLater,
    UnknownOutcome,
    Unreachable,
)
from bot.model import Outgoing
from storage.schema import Client
from tests.scheduler.post import START, Post
from tests.scheduler.provider import LOST, Killed

# --- order -----------------------------------------------------------------------------------------------------------


def test_replies_go_before_bulk_and_the_oldest_first(post: Post) -> None:
    (phone,) = post.client()
    post.queue(phone, "campaign 1", "campaign 2", bulk=True)
    post.queue(phone, "reply 1", "reply 2", "reply 3")
    assert post.send() == 5
    assert post.sms.texts == ["reply 1", "reply 2", "reply 3", "campaign 1", "campaign 2"]


def test_one_message_is_in_flight_to_a_recipient(post: Post) -> None:
    one, other = post.client()[0], post.client()[0]
    post.queue(one, "campaign", bulk=True)
    post.queue(one, "reply")
    post.queue(other, "another phone")
    assert asyncio.run(post.sender.send_due()) == 2
    assert set(post.sms.texts) == {"reply", "another phone"}


def test_what_waits_for_another_try_is_not_overtaken_but_by_a_reply(post: Post) -> None:
    (phone,) = post.client()
    post.sms.script = [RetryLater("30022", "at its limit")]
    post.queue(phone, "campaign 1", bulk=True)
    post.send()
    post.queue(phone, "campaign 2", bulk=True)
    post.queue(phone, "reply")
    post.send(seconds=1)
    assert post.sms.texts == ["reply"]
    post.send(minutes=1)
    assert post.sms.texts == ["reply", "campaign 1", "campaign 2"]


def test_what_is_due_later_waits(post: Post) -> None:
    (phone,) = post.client()
    post.queue(phone, "tomorrow", due=timedelta(days=1))
    assert post.send() == 0
    assert post.send(days=1) == 1


@pytest.mark.slow
def test_two_senders_never_send_a_row_twice(post: Post) -> None:
    phones = [post.client()[0] for _ in range(30)]
    rows = [row for phone in phones for row in post.queue(phone, "one", "two")]
    with ThreadPoolExecutor(3) as pool:
        for job in [pool.submit(asyncio.run, post.another_sender().drain()) for _ in range(3)]:
            job.result()
    post.send()
    assert Counter(taken.row for taken in post.sms.taken) == Counter(rows)
    for phone in phones:
        number = post.address(phone).address
        assert [taken.text for taken in post.sms.taken if taken.to == number] == ["one", "two"]


# --- errors ----------------------------------------------------------------------------------------------------------

AGAIN = [
    (RetryLater("20429", "too many requests"), "queued", timedelta(seconds=30)),
    (RetryLater("429", "too many requests", timedelta(minutes=7)), "queued", timedelta(minutes=7)),
    (Misconfigured("21606", "the sender is not ours"), "queued", timedelta(minutes=15)),
    (UnknownOutcome("no answer", "no answer in time"), "unknown", timedelta(seconds=15)),
]


@pytest.mark.parametrize(("error", "status", "wait"), AGAIN)
def test_errors_after_which_the_message_is_tried_again(
    post: Post, error: ChannelError, status: str, wait: timedelta
) -> None:
    (phone,) = post.client("sms", "telegram")[:1]
    post.sms.script = [error]
    (row_id,) = post.queue(phone, "hello")
    post.send()
    row = post.row(row_id)
    assert (row.status, row.due_at, row.code, row.reason) == (status, START + wait, error.code, error.reason)
    assert (post.rows("telegram"), post.sms.taken) == ([], [])
    assert post.send(seconds=wait.total_seconds() - 1) == 0
    assert post.send(seconds=2) == 1
    assert (post.row(row_id).status, post.row(row_id).attempts, post.sms.texts) == ("sent", 2, ["hello"])


FOR_GOOD = [
    (Unreachable("30006", "the number is a landline"), True, False),
    (OutsideWindow("63016", "more than 24 hours"), False, False),
    (OptedOut("21610", "the person has sent STOP"), True, True),
]


@pytest.mark.parametrize(("error", "unreachable", "stopped"), FOR_GOOD)
def test_errors_after_which_the_next_channel_is_tried(
    post: Post, error: ChannelError, unreachable: bool, stopped: bool
) -> None:
    phone, chat = post.client("sms", "telegram")
    post.sms.script = [error]
    (row_id,) = post.queue(phone, "hello")
    post.send()
    assert (post.row(row_id).status, post.row(row_id).reason) == ("failed", error.reason)
    assert (post.address(phone).unreachable_at is not None) == unreachable
    assert (post.person(phone).opted_out_at == START) == stopped
    assert post.providers["telegram"].texts == ([] if stopped else ["hello"])
    assert [row.instead_of_id for row in post.rows("telegram")] == ([] if stopped else [row_id])
    assert post.address(chat).unreachable_at is None


def test_a_stop_at_the_provider_withdraws_what_waits(post: Post) -> None:
    phone, chat = post.client("sms", "telegram")
    post.sms.script = [OptedOut("21610", "the person has sent STOP")]
    post.queue(phone, "one", "two")
    (elsewhere,) = post.queue(chat, "campaign", bulk=True, due=timedelta(hours=1))
    post.send()
    post.send(hours=1)
    assert (post.sms.taken, post.row(elsewhere).status) == ([], "dropped")
    assert post.counselor_hears() == []


def test_who_blocked_the_bot_is_reached_by_sms(post: Post) -> None:
    chat, phone = post.client("telegram", "sms")
    post.providers["telegram"].script = [OptedOut("blocked", "the person has blocked the bot")]
    post.queue(chat, "hello")
    post.send()
    assert post.sms.texts == ["hello"]
    assert post.person(phone).opted_out_at is None


def test_at_the_end_of_the_ladder_the_counselor_is_told_why(post: Post) -> None:
    whatsapp, _phone = post.client("whatsapp", "sms")
    post.providers["whatsapp"].script = [Unreachable("63003", "the number is not on WhatsApp")]
    post.sms.script = [Unreachable("30005", "the number is no longer in use")]
    post.queue(whatsapp, "hello")
    post.send()
    assert post.counselor_hears() == [
        "Client 1 (LC-1) could not be reached by sms: the number is no longer in use. Please call."
    ]


@pytest.mark.slow
def test_a_day_of_refusals_goes_down_the_ladder_and_not_round_it(post: Post) -> None:
    """Both channels refuse for a day each; neither address is dead, and yet nobody goes on for ever."""
    phone, _chat = post.client("sms", "whatsapp")
    for channel in ("sms", "whatsapp"):
        post.providers[channel].script = [RetryLater("500", "the provider failed")] * 100
    post.queue(phone, "hello")
    for _ in range(60):
        post.send(hours=1)
    assert [row.reason for row in (*post.rows("sms"), *post.rows("whatsapp"))] == [
        "the provider did not take the message for a day"
    ] * 2
    assert len(post.counselor_hears()) == 1


def test_a_channel_that_is_not_set_up_waits_for_whoever_sets_it_up(post: Post) -> None:
    (phone,) = post.client()
    provider = post.providers.pop("sms")
    (row_id,) = post.queue(phone, "hello")
    post.send()
    assert (post.row(row_id).code, post.row(row_id).status) == ("no_channel", "queued")
    post.providers["sms"] = provider
    post.send(minutes=15)
    assert provider.texts == ["hello"]


def test_bulk_for_somebody_who_wrote_stop_is_dropped_visibly(post: Post) -> None:
    (phone,) = post.client()
    (row_id,) = post.queue(phone, "campaign", bulk=True)
    with post.database.write() as db:
        db.get_one(Client, post.person(phone).id).opted_out_at = START
    post.send()
    assert (post.row(row_id).status, post.row(row_id).reason) == ("dropped", "client opted out")
    assert post.sms.taken == []


# --- unknown outcomes ------------------------------------------------------------------------------------------------


def test_a_timeout_after_acceptance_is_looked_up_before_a_second_try(post: Post) -> None:
    (phone,) = post.client()
    post.sms.script = [LOST]
    one, two = post.queue(phone, "one", "two")
    post.send()
    assert (post.row(one).status, post.row(two).status) == ("unknown", "queued")
    post.send(seconds=16)
    assert (post.row(one).status, post.row(one).provider_id) == ("sent", "sms-1")
    assert (post.sms.texts, post.sms.asked) == (["one", "two"], [one])


def test_what_another_process_sent_in_the_same_words_is_not_taken_for_it(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    (phone,) = post.client()
    (earlier,) = post.queue(phone, "hello")
    post.send()
    post.sms.script = [UnknownOutcome("no answer", "no answer in time")]
    (row_id,) = post.queue(phone, "hello")
    post.send()
    looked_through: list[str] = []

    async def find(outgoing: Outgoing) -> str | None:
        """By recipient and words, each message once, like a channel that has not sent the first itself."""
        fresh = [taken.id for taken in post.sms.taken if taken.id not in looked_through]
        looked_through.extend(fresh[:1])
        return fresh[0] if fresh else None

    monkeypatch.setattr(post.sms, "find", find)
    post.send(seconds=16)
    assert [(post.row(each).status, post.row(each).provider_id) for each in (earlier, row_id)] == [
        ("sent", "sms-1"),
        ("sent", "sms-2"),
    ]


def test_a_look_up_that_fails_leaves_the_outcome_unknown(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    (phone,) = post.client()
    post.sms.script = [LOST]
    (row_id,) = post.queue(phone, "hello")
    post.send()
    with monkeypatch.context() as patch:

        async def down(outgoing: object) -> str:
            raise RetryLater("no connection", "Twilio cannot be reached")

        patch.setattr(post.sms, "find", down)
        post.send(seconds=16)
    assert post.row(row_id).status == "unknown"
    post.send(minutes=2)
    assert (post.row(row_id).status, post.sms.texts) == ("sent", ["hello"])


def test_a_channel_that_cannot_be_asked_may_double_but_never_loses(post: Post) -> None:
    (chat,) = post.client("telegram")
    telegram = post.providers["telegram"]
    telegram.can_tell, telegram.script = False, [LOST]
    (row_id,) = post.queue(chat, "hello")
    post.send()
    post.send(seconds=16)
    assert (post.row(row_id).status, telegram.texts) == ("sent", ["hello", "hello"])


def test_an_error_of_our_own_counts_as_an_unknown_outcome(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    (phone,) = post.client()
    (row_id,) = post.queue(phone, "hello")
    with monkeypatch.context() as patch, capture_logs() as logs:

        async def broken(outgoing: object) -> str:
            raise KeyError("sid")

        patch.setattr(post.sms, "send", broken)
        post.send()
    assert [line["event"] for line in logs] == ["send.broken"]
    assert post.row(row_id).status == "unknown"
    post.send(seconds=16)
    assert post.sms.texts == ["hello"]


# --- crashes ---------------------------------------------------------------------------------------------------------


def test_killed_between_sending_and_recording(post: Post) -> None:
    (phone,) = post.client()
    post.sms.script = [Killed()]
    one, _two = post.queue(phone, "one", "two")
    post.send_and_die()
    assert (post.row(one).status, post.sms.texts) == ("leased", ["one"])
    assert post.send(seconds=10) == 0
    post.send(minutes=2)
    assert (post.sms.texts, post.sms.asked) == (["one", "two"], [one])


def test_killed_before_sending(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    (phone,) = post.client()
    (row_id,) = post.queue(phone, "hello")
    with monkeypatch.context() as patch:

        async def never(outgoing: object) -> str:
            raise Killed

        patch.setattr(post.sms, "send", never)
        post.send_and_die()
    post.send(minutes=2)
    assert (post.row(row_id).status, post.sms.texts, post.sms.asked) == ("sent", ["hello"], [row_id])


def test_a_sender_that_was_thought_dead_takes_nothing_back(post: Post) -> None:
    """The lease ran out while it was slow; what the other one recorded stays."""
    (phone,) = post.client()
    (row_id,) = post.queue(phone, "hello")
    slow = post.another_sender()
    (mine,) = slow.claim()
    post.send(minutes=2)
    assert post.row(row_id).provider_id == "sms-1"
    slow.settle(mine, RetryLater("429", "too many requests"))
    slow.settle(mine, "sms-9")
    assert (post.row(row_id).status, post.row(row_id).provider_id) == ("sent", "sms-1")


# --- what is counted -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("meets", "result"),
    [
        (None, "sent"),
        (RetryLater("30022", "at its limit"), "RetryLater"),
        (Unreachable("30006", "a landline"), "Unreachable"),
        (LOST, "UnknownOutcome"),
    ],
)
def test_sendings_and_their_time_are_counted_by_channel_and_outcome(
    post: Post, meets: ChannelError | None, result: str
) -> None:
    def counted() -> list[float]:
        names = ("acompana_sent_total", "acompana_send_seconds_count")
        return [REGISTRY.get_sample_value(name, {"channel": "sms", "result": result}) or 0 for name in names]

    before = counted()
    post.sms.script = [meets]
    post.queue(post.client()[0], "hello")
    asyncio.run(post.sender.send_due())
    assert [now - then for now, then in zip(counted(), before, strict=True)] == [1, 1]


def test_what_may_have_gone_out_is_remembered_so_when_the_next_try_is_refused(post: Post) -> None:
    (address,) = post.client("sms")
    (row_id,) = post.queue(address, "one")
    post.sms.can_tell = False
    post.sms.script = [LOST, RetryLater("20429", "too many requests")]
    post.send()
    post.send(minutes=1)
    assert (post.row(row_id).status, len(post.sms.taken)) == ("unknown", 1)
    post.send(minutes=5)
    assert (post.row(row_id).status, len(post.sms.taken)) == ("sent", 2)

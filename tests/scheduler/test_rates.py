"""How fast messages go: the buckets alone, and the sender that keeps to them."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from scheduler.channel_state import IN_FLIGHT
from scheduler.policy.send_rates import MOST_KEPT, Limits, SendRate
from scheduler.sender import RATES
from storage import registers
from storage.engine import Database
from storage.schema import Address
from tests.scheduler.post import START, Post
from tests.scheduler.provider import Provider

SECOND = timedelta(seconds=1)


def sent_each_second(
    pace: SendRate, seconds: int, *, senders: int = 1, cost: float = 1, bulk: bool = True
) -> list[int]:
    """How many of plenty messages go in each second, tried ten times in it."""
    went = []
    chats = iter(range(1_000_000))
    for tenth in range(10 * seconds):
        now = START + tenth * SECOND / 10
        count = 0
        for sender in range(senders):
            while pace.admit(f"sender {sender}", f"chat {next(chats)}", cost, now, bulk=bulk):
                count += 1
        if tenth % 10 == 0:
            went.append(0)
        went[-1] += count
    return went


STEADY = [
    (RATES["telegram"], 1, 1, 30),
    (RATES["sms"], 1, 1, 1),
    (RATES["sms"], 3, 1, 3),
    (RATES["sms"], 1, 2, 0.5),
    (RATES["whatsapp"], 1, 1, 80),
    (RATES["whatsapp"], 2, 1, 160),
]


@pytest.mark.parametrize(("limits", "senders", "cost", "per_second"), STEADY)
@pytest.mark.parametrize("bulk", [True, False])
def test_rate_holds_over_time(limits: Limits, senders: int, cost: float, per_second: float, bulk: bool) -> None:
    went = sent_each_second(SendRate(limits), 20, senders=senders, cost=cost, bulk=bulk)
    assert sum(went[2:]) == pytest.approx(18 * per_second, abs=senders)
    assert sum(went) <= 21 * per_second + senders


def test_a_chat_gets_one_a_second_and_others_do_not_wait_for_it() -> None:
    pace = SendRate(RATES["telegram"])
    assert pace.admit("", "a", 1, START, bulk=False)
    assert not pace.admit("", "a", 1, START + 0.9 * SECOND, bulk=False)
    assert pace.admit("", "b", 1, START + 0.9 * SECOND, bulk=False)
    assert pace.admit("", "a", 1, START + SECOND, bulk=False)


def test_a_fifth_is_kept_for_replies() -> None:
    pace = SendRate(RATES["telegram"])
    campaign = [pace.admit("", f"c{n}", 1, START, bulk=True) for n in range(30)]
    replies = [pace.admit("", f"r{n}", 1, START, bulk=False) for n in range(30)]
    assert (sum(campaign), sum(replies)) == (24, 6)


def test_a_clock_that_is_set_back_gives_nothing_and_blocks_nothing() -> None:
    pace = SendRate(RATES["sms"])
    assert pace.admit("", "a", 1, START, bulk=False)
    assert not pace.admit("", "a", 1, START - timedelta(hours=1), bulk=False)
    assert pace.admit("", "a", 1, START - timedelta(hours=1) + SECOND, bulk=False)


def test_chats_are_forgotten_when_they_may_be_written_to_again() -> None:
    pace = SendRate(RATES["telegram"])
    for number in range(3 * MOST_KEPT):
        pace.admit("", str(number), 1, START + number * SECOND, bulk=False)
    assert len(pace._chats) <= MOST_KEPT + 1


# --- the sender ------------------------------------------------------------------------------------------------------


@pytest.fixture
def paced(database: Database) -> Post:
    return Post(database, limits=RATES)


def test_a_campaign_by_sms_goes_at_the_senders_rate_and_replies_pass_it(paced: Post) -> None:
    phones = [paced.client()[0] for _ in range(8)]
    for phone in phones:
        paced.queue(phone, "campaign", bulk=True)
    assert [paced.send(seconds=1) for _ in range(3)] == [1, 1, 1]
    paced.queue(phones[-1], "reply")
    assert paced.send(seconds=1) == 1
    assert paced.sms.texts == ["campaign"] * 3 + ["reply"]


def test_what_may_not_go_yet_is_not_leased(paced: Post) -> None:
    rows = [row for _ in range(5) for row in paced.queue(paced.client()[0], "hello")]
    paced.send()
    assert Counter(paced.row(row).status for row in rows) == {"sent": 1, "queued": 4}
    assert [paced.row(row).attempts for row in rows] == [1, 0, 0, 0, 0]


@pytest.mark.slow
def test_a_sender_that_is_at_its_limit_holds_up_no_other_one(paced: Post) -> None:
    for number in range(60):
        (phone,) = paced.client()
        paced.queue(phone, "first" if number < 50 else "second")
        with paced.database.write() as db:
            db.get_one(Address, phone).sender = "+17585550000" if number < 50 else f"+1758555{number:04d}"
    paced.send()
    assert Counter(paced.sms.texts) == {"first": 1, "second": 10}


def test_a_long_sms_counts_by_its_segments(paced: Post) -> None:
    long, short = paced.client()[0], paced.client()[0]
    paced.queue(long, "word " * 60)
    paced.queue(short, "hello")
    assert [paced.send(seconds=wait) for wait in (0, 1, 1)] == [1, 0, 1]


@pytest.mark.parametrize(("fold", "goes"), [(True, [1, 1, 0]), (False, [1, 0, 1])])
def test_a_long_sms_counts_as_its_center_writes_it(paced: Post, fold: bool, goes: list[int]) -> None:
    """One segment without accents, two with them."""
    with paced.database.write() as db:
        registers.set_center(registers.find_center(db, "LC"), fold_sms=fold)
    long, short = paced.client()[0], paced.client()[0]
    paced.queue(long, "á" * 100)
    paced.queue(short, "hello")
    assert [paced.send(seconds=wait) for wait in (0, 1, 1)] == goes


@pytest.mark.slow
def test_simulated_phones_have_no_limits(paced: Post) -> None:
    simulated = Provider("sms")
    paced.sender.simulated = {"sms": simulated}
    (phone,) = paced.client()
    with paced.database.write() as db:
        db.get_one(Address, phone).simulated = True
    paced.queue(phone, *(f"{number}" for number in range(20)))
    assert paced.send() == 20
    assert len(simulated.texts) == 20


@pytest.mark.slow
def test_no_more_are_leased_than_are_sent_at_once(post: Post) -> None:
    for _ in range(3 * IN_FLIGHT):
        post.queue(post.client()[0], "hello")
    post.sms.seconds = 0.01
    assert post.send() == 3 * IN_FLIGHT
    assert post.sms.busiest == IN_FLIGHT

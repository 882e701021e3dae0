"""What was given up is sent again because somebody asks for it, unless that would be wrong by now."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.service import resend
from storage.schema import Address, Client, Conversation, Outbox
from tests.scheduler.post import Post


def given_up(post: Post, address: int, status: str = "failed", **about: object) -> int:
    (number,) = post.queue(address, "How much did you sell?", bulk=True)
    with post.database.write() as db:
        row = db.get_one(Outbox, number)
        row.status, row.reason, row.attempts = status, "the provider did not take the message for a day", 9
        for name, value in about.items():
            setattr(row, name, value)
    return number


def again(post: Post, number: int) -> str | None:
    """Why it does not go once more; None when it is on its way."""
    with post.database.write() as db:
        made = resend.again(db, db.get_one(Outbox, number), post.now)
        return made if isinstance(made, str) else None


def asked(post: Post, number: int, question: str, status: str = "open", now_asks: str | None = None) -> None:
    with post.database.write() as db:
        row = db.get_one(Outbox, number)
        conversation = Conversation(
            client_id=row.client_id,
            flow="followup",
            version=1,
            state={"question": now_asks or question},
            status=status,
            created_at=post.now,
            asked_at=post.now,
        )
        db.add(conversation)
        db.flush()
        row.conversation_id, row.question = conversation.id, question


@pytest.mark.parametrize("status", ["failed", "dropped"])
def test_it_arrives_and_the_old_one_stays_what_it_was(post: Post, status: str) -> None:
    (address,) = post.client("sms")
    old = given_up(post, address, status)
    post.now += timedelta(days=2)
    assert again(post, old) is None
    post.send()
    assert post.sms.texts == ["How much did you sell?"]
    assert post.row(old).status == status


def test_it_is_tried_for_a_day_like_any_other(post: Post) -> None:
    (address,) = post.client("sms")
    old = given_up(post, address)
    post.now += timedelta(days=2)
    again(post, old)
    with post.database.read() as db:
        made = db.query(Outbox).filter(Outbox.instead_of_id == old).one()
        assert (made.attempts, made.created_at, made.reason) == (0, post.now, None)


def test_it_is_not_sent_a_third_time(post: Post) -> None:
    (address,) = post.client("sms")
    old = given_up(post, address)
    assert again(post, old) is None
    assert again(post, old) == "it was already sent again"


def test_what_is_on_its_way_or_has_arrived_is_left_alone(post: Post) -> None:
    (address,) = post.client("sms")
    for status in ("queued", "leased", "unknown", "sent", "delivered", "read"):
        assert again(post, given_up(post, address, status)) == "it has not failed"


def test_who_wrote_stop_or_was_erased_gets_nothing(post: Post) -> None:
    (address,) = post.client("sms")
    old = given_up(post, address)
    with post.database.write() as db:
        db.query(Client).one().opted_out_at = post.now
    assert again(post, old) == "client opted out"
    assert again(post, given_up(post, address, text=None)) == "record erased"


@pytest.mark.parametrize(
    ("status", "now_asks", "why"),
    [
        ("open", "sales_month", None),
        ("open", "employees_full", "its question is no longer open"),
        ("closed", "sales_month", "its question is no longer open"),
    ],
)
def test_a_question_goes_only_while_it_is_the_open_one(post: Post, status: str, now_asks: str, why: str | None) -> None:
    (address,) = post.client("sms")
    old = given_up(post, address)
    asked(post, old, "sales_month", status, now_asks)
    assert again(post, old) == why


def test_it_takes_the_next_phone_where_its_own_cannot_be_reached(post: Post) -> None:
    sms, telegram = post.client("sms", "telegram")
    old = given_up(post, sms)
    with post.database.write() as db:
        db.get_one(Address, sms).unreachable_at = post.now
    assert again(post, old) is None
    post.send()
    assert (post.sms.texts, post.providers["telegram"].texts) == ([], ["How much did you sell?"])
    with post.database.write() as db:
        db.get_one(Address, telegram).unreachable_at = post.now
    assert again(post, given_up(post, sms)) == "the client has no reachable address"

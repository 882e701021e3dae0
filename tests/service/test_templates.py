"""What we say first: each message says by which WhatsApp template it goes where nothing else may."""

from __future__ import annotations

import pytest

from bot.channels.base import OutsideWindow
from bot.messages.first_messages import proactive
from bot.service import fallback
from bot.text.language import Catalogs
from storage import schema
from tests.service.world import ANA, START, World

NAMES = {one.template.name: one for one in proactive(Catalogs.load())}


def last(world: World) -> schema.Outbox:
    row: schema.Outbox = world.all(schema.Outbox)[-1]
    return row


def about(row: schema.Outbox) -> str:
    return NAMES[row.template].about if row.template else "none"


@pytest.fixture
def asked(world: World) -> World:
    world.register(channel="whatsapp")
    world.log_session()
    world.wait(days=90)
    return world


def test_a_follow_up_is_a_template_with_what_stands_in_it(asked: World) -> None:
    row = last(asked)
    assert about(row) == "followup"
    assert row.variables == {"1": "Ana", "2": "SBDC Saint Lucia", "3": "March", "4": "EC$"}


@pytest.mark.parametrize(
    ("answers", "reminder"),
    [
        ((), "followup reminder: sales_month"),
        (("5200", "3", "1"), "followup reminder: exports_month"),
        (("5200", "3", "1", "0", "none"), "followup reminder: attribution"),
        (("5200", "3", "1", "0", "none", "1"), "announcement: question"),
        (("5200", "3", "1", "0", "none", "1", "2"), "followup reminder: change"),
    ],
)
def test_a_reminder_is_the_template_of_its_question(asked: World, answers: tuple[str, ...], reminder: str) -> None:
    if answers:
        asked.talk(*answers, channel="whatsapp")
    asked.wait(days=1)
    assert last(asked).bulk
    assert about(last(asked)) == reminder
    assert len(last(asked).variables) == len(set(last(asked).variables.values()))


def test_an_invitation_carries_the_ids_of_its_buttons(world: World) -> None:
    world.register(channel="whatsapp")
    world.add_training()
    world.wait(hours=1)
    row = last(world)
    assert about(row) == "training"
    assert [row.variables["5"], row.variables["6"]] == [button["id"] for button in row.buttons]


def test_a_reply_needs_none(asked: World) -> None:
    asked.say("5200", channel="whatsapp")
    assert (last(asked).bulk, last(asked).template, last(asked).variables) == (False, None, {})


def test_a_registration_is_reminded_by_template(world: World) -> None:
    world.talk("hello", "1", "1", "1", "Ana Charles", channel="whatsapp")
    world.wait(days=2)
    assert about(last(world)) == "registration reminder: business_name"


def test_without_it_the_next_channel_is_tried_and_could_use_it(asked: World) -> None:
    row = last(asked)
    with asked.database.write() as db:
        db.add(schema.Address(channel="sms", address=ANA, client_id=row.client_id, simulated=True, created_at=START))
        db.flush()
        failed = db.get_one(schema.Outbox, row.id)
        fallback.not_sent(db, failed, OutsideWindow("template", "its template is not approved"), asked.now)
    assert (last(asked).channel, last(asked).template, last(asked).variables) == ("sms", row.template, row.variables)

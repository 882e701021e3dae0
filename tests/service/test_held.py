"""After a day of silence WhatsApp takes templates only: what has none is announced, and read when the person answers."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.channels.base import OutsideWindow, Unreachable
from bot.channels.registry import CHANNELS
from bot.channels.simulator import SimulatorChannel
from bot.messages.announcements import COUNSELOR, MESSAGE, QUESTION, TEMPLATES, announced
from bot.messages.first_messages import template_names
from bot.messages.templates import template_name
from bot.model import Outgoing
from bot.service.staff_notices import put
from scheduler.sender import Sender
from storage import schema
from tests.service.world import ANA, START, World, on_both

OK = ("OK", "ok", "sí", "👍", "wi")
WORDS = "Rosa Pierre: The form is ready, come on Monday."


@dataclass
class Phone(SimulatorChannel):
    """Shows free words while the window is open, and then only what a template says."""

    shown: list[str] = field(default_factory=list)
    approved: bool = True

    def __init__(self, channel: str) -> None:
        super().__init__(channel)
        self.shown, self.approved = [], True

    async def send(self, outgoing: Outgoing) -> str:
        if outgoing.window_open:
            self.shown.append(outgoing.message.text)
        elif outgoing.template is None or not self.approved:
            raise OutsideWindow("template", "its template is not approved")
        else:
            self.shown.append(f"[{outgoing.template.split('_')[1]} {' | '.join(outgoing.variables.values())}]")
        return await super().send(outgoing)


@dataclass
class Phones:
    world: World
    by_channel: dict[str, Phone] = field(default_factory=lambda: {name: Phone(name) for name in CHANNELS})

    def send(self, channel: str = "whatsapp") -> list[str]:
        """What the phones of that channel show since the last look."""
        sender = Sender(self.world.database, {}, dict(self.by_channel), lambda: self.world.now)
        asyncio.run(sender.drain())
        shown = self.by_channel[channel].shown[:]
        self.by_channel[channel].shown.clear()
        return shown


@pytest.fixture
def phones(world: World) -> Phones:
    world.add_staff()
    world.register(channel="whatsapp")
    phones = Phones(world)
    phones.send()
    return phones


def write(phones: Phones, words: str = "The form is ready, come on Monday.") -> str:
    """The counselor writes to the client; what they are told."""
    code = phones.world.client(ANA).code
    return phones.world.say(f"/reply {code} {words}", who="900", channel="telegram")


def test_a_counselors_words_go_at_once_while_the_client_is_there(phones: Phones) -> None:
    assert write(phones).startswith("Sent to Ana Charles")
    assert phones.send() == [WORDS]
    phones.world.now += timedelta(days=2)
    phones.world.say("ok", channel="whatsapp")
    assert WORDS not in phones.send()


@pytest.mark.slow
@pytest.mark.parametrize("ok", OK)
def test_after_a_day_they_are_announced_and_follow(phones: Phones, ok: str) -> None:
    phones.world.now += timedelta(days=2)
    assert write(phones).startswith("Announced to Ana Charles")
    assert phones.send() == ["[your Rosa Pierre]"]
    phones.world.say(ok, channel="whatsapp")
    assert phones.send() == [WORDS]
    phones.world.say("ok", channel="whatsapp")
    assert WORDS not in phones.send()


@on_both
def test_whatever_the_client_writes_they_follow_first(phones: Phones) -> None:
    phones.world.now += timedelta(days=2)
    write(phones, "One.")
    write(phones, "Two.")
    phones.send()
    phones.world.say("where is your office?", channel="whatsapp")
    assert phones.send() == ["Rosa Pierre: One.", "Rosa Pierre: Two."]
    assert any("where is your office?" in text for text in phones.send("telegram"))


def test_a_stop_is_answered_by_nothing_else(phones: Phones) -> None:
    phones.world.now += timedelta(days=2)
    write(phones)
    phones.send()
    phones.world.say("STOP", channel="whatsapp")
    assert phones.send() == ["All right, I won't write to you any more. If you change your mind, write START."]


def test_what_is_not_out_yet_goes_as_it_is(phones: Phones) -> None:
    phones.world.now += timedelta(days=2)
    write(phones)
    phones.world.say("ok", channel="whatsapp")
    assert phones.send()[0] == WORDS


@on_both
def test_what_is_with_a_sender_meanwhile_is_not_announced_again(phones: Phones) -> None:
    phones.world.now += timedelta(days=2)
    write(phones)
    with phones.world.database.write() as db:
        row = db.query(schema.Outbox).filter_by(template=template_name(COUNSELOR, "en")).one()
        row.status, row.lease_until, row.attempts = "leased", phones.world.now + timedelta(minutes=1), 1
    phones.world.say("ok", channel="whatsapp")
    assert phones.send() == [WORDS]
    phones.world.now += timedelta(minutes=5)
    assert phones.send() == []
    with phones.world.database.read() as db:
        reason = db.query(schema.Outbox.reason).filter_by(template=template_name(COUNSELOR, "en")).scalar()
    assert reason == "the person wrote first; it may have been sent"


def test_without_an_approved_template_the_words_go_by_the_next_channel(phones: Phones) -> None:
    phones.by_channel["whatsapp"].approved = False
    with phones.world.database.write() as db:
        client = db.query(schema.Client).one()
        db.add(schema.Address(channel="sms", address=ANA, client_id=client.id, simulated=True, created_at=START))
    phones.world.now += timedelta(days=2)
    write(phones)
    phones.send()
    assert phones.send("sms") == [WORDS]


@pytest.mark.parametrize("answers", [("5200", "3", "1", "0", "none", "1"), ("90000",)], ids=["review", "read-back"])
def test_a_question_with_figures_is_announced_and_never_answered_unseen(
    phones: Phones, answers: tuple[str, ...]
) -> None:
    world = phones.world
    world.log_session()
    world.wait(days=90)
    phones.send()
    world.talk(*answers, channel="whatsapp")
    asked = phones.send()[-1]
    kept = len(world.all(schema.Answer))
    world.wait(days=1, hours=1)
    assert phones.send() == ["[hello Ana | SBDC Saint Lucia]"]
    world.say("1", channel="whatsapp")
    (again,) = phones.send()
    assert len(world.all(schema.Answer)) == kept
    assert again.splitlines()[-1] == asked.splitlines()[-1]
    world.say("yes", channel="whatsapp")
    assert len(world.all(schema.Answer)) >= kept
    assert phones.send() != []


@on_both
def test_a_question_that_was_closed_meanwhile_is_not_shown(phones: Phones) -> None:
    world = phones.world
    world.log_session()
    world.wait(days=90)
    world.talk("5200", "3", "1", "0", "none", "1", channel="whatsapp")
    world.wait(days=1, hours=1)
    assert phones.send()[-1].startswith("[hello")
    world.wait(days=10)
    world.say("ok", channel="whatsapp")
    assert not any("right?" in text for text in phones.send())


def test_a_code_is_announced_too(phones: Phones) -> None:
    world = phones.world
    world.now += timedelta(days=2)
    world.say(f"LINK {world.client(ANA).code}", who="777", channel="telegram")
    assert phones.send() == ["[there SBDC Saint Lucia]"]
    world.say("ok", channel="whatsapp")
    (code,) = phones.send()
    assert code.startswith("Your code is")


def test_a_reply_that_comes_in_the_place_of_another_channel_is_announced(phones: Phones) -> None:
    world = phones.world
    with world.database.write() as db:
        client = db.query(schema.Client).one()
        sms = schema.Address(
            channel="sms",
            address=ANA,
            client_id=client.id,
            simulated=True,
            created_at=START,
            last_inbound_at=world.now + timedelta(days=2),
        )
        db.add(sms)
        db.flush()
        world.now += timedelta(days=2)
        put(db, sms, "Hello", "en", world.now, client_id=client.id)

    async def gone(outgoing: Outgoing) -> str:
        raise Unreachable("30006", "a landline")

    phones.by_channel["sms"].send = gone  # type: ignore[method-assign]
    assert phones.send() == ["[there SBDC Saint Lucia]"]
    world.say("ok", channel="whatsapp")
    assert phones.send() == ["Hello"]


# --- counselors ------------------------------------------------------------------------------------------------------


def counselor_on_whatsapp(world: World, *, heard: timedelta | None) -> None:
    with world.database.write() as db:
        staff = db.query(schema.Staff).one()
        db.add(
            schema.Address(
                channel="whatsapp",
                address="+17585550900",
                simulated=True,
                staff_id=staff.id,
                created_at=START,
                last_inbound_at=None if heard is None else world.now - heard,
            )
        )
        db.query(schema.Address).filter_by(address="900").one().unreachable_at = START


@on_both
def test_a_counselor_reads_a_notice_after_answering(phones: Phones) -> None:
    counselor_on_whatsapp(phones.world, heard=timedelta(days=3))
    phones.world.talk("PERSON", "1", channel="whatsapp")
    assert "[there SBDC Saint Lucia]" in phones.send()
    phones.world.say("ok", who="+17585550900", channel="whatsapp")
    (notice,) = phones.send()
    assert notice.startswith("Ana Charles (LC-")


def test_a_command_counts_as_an_answer(phones: Phones) -> None:
    counselor_on_whatsapp(phones.world, heard=timedelta(days=3))
    phones.world.talk("PERSON", "1", channel="whatsapp")
    phones.send()
    phones.world.say("/list", who="+17585550900", channel="whatsapp")
    assert len(phones.send()) == 2


def test_a_notice_is_said_where_words_may_be_said(phones: Phones) -> None:
    counselor_on_whatsapp(phones.world, heard=timedelta(days=3))
    with phones.world.database.write() as db:
        db.query(schema.Address).filter_by(address="900").one().unreachable_at = None
    phones.world.talk("PERSON", "1", channel="whatsapp")
    assert any(text.startswith("Ana Charles (LC-") for text in phones.send("telegram"))


def test_a_notice_that_cannot_go_by_whatsapp_goes_to_the_counselors_next_phone(phones: Phones) -> None:
    counselor_on_whatsapp(phones.world, heard=timedelta(hours=1))
    with phones.world.database.write() as db:
        db.query(schema.Address).filter_by(address="900").one().unreachable_at = None

    async def gone(outgoing: Outgoing) -> str:
        raise Unreachable("63003", "the number is not on WhatsApp")

    phones.by_channel["whatsapp"].send = gone  # type: ignore[method-assign]
    phones.world.talk("PERSON", "1", channel="whatsapp")
    phones.send()
    assert any(text.startswith("Ana Charles (LC-") for text in phones.by_channel["telegram"].shown)


# --- the templates ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [COUNSELOR, MESSAGE, QUESTION])
@pytest.mark.parametrize("language", ["en", "es", "fr", "pt", "ht", "nl"])
def test_what_announces_is_among_the_templates_that_are_submitted(text: str, language: str) -> None:
    values = {"counselor": "Rosa", "center": "SBDC", "first_name": "Ana"}
    name, variables = announced(text, language, values)
    assert name in TEMPLATES & template_names()
    assert list(variables) == [str(number) for number in range(1, len(variables) + 1)]

"""The front door: an inbound message, a provider's report or a due timer comes in; rows are what goes out.

Every method works in the caller's transaction and commits nothing. A method that is called twice with the same message
does its work once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session as Db

from bot.answers.commands import Command, join_code, recognise
from bot.channels.base import ChannelError
from bot.flows.catalog import FLOWS
from bot.flows.form import Heard, Nudged
from bot.flows.state import State
from bot.model import Inbound, Kind, Say, Status
from bot.service import (
    commands,
    fallback,
    followups,
    linking,
    newcomers,
    share_phone,
    timer_actions,
    trainings,
    window_queue,
)
from bot.service.rules import Rules
from bot.service.staff_notices import tell_staff
from bot.service.turn import Tap, TurnContext, heard, understood
from bot.text.language import Catalogs, _
from storage import inbox as arrivals
from storage import outbox, schema, turns

LONGEST = 10_000
"""Characters of a message that are kept; no provider passes on more than a fraction of it."""
LONGEST_ID = 200
LONGEST_NOTICE = 1000
"""Characters of a message that are passed on to a counselor's phone."""


class Assistant:
    """Where a flow meets the store. One instance serves any number of threads."""

    def __init__(self, catalogs: Catalogs, rules: Rules) -> None:
        self.catalogs = catalogs
        self.rules = rules

    # --- a message ---------------------------------------------------------------------------------------------------

    def receive(self, db: Db, inbound: Inbound) -> int | None:
        """Take one message in, with all that follows from it. The inbox id; None when it was here before."""
        inbound = storable(inbound)
        known = arrivals.known(db, inbound)
        if known is None:
            look = db.begin_nested()
            address = self._address(db, inbound)
            if address.client_id is None:
                look.commit()
                return newcomers.receive(self, db, inbound, address)
            # Another worker made them a client while this one waited for the address, which is let go of again: everybody
            # locks the client first.
            look.rollback()
            known = arrivals.known(db, inbound)
            assert known is not None
        held_back = window_queue.announced_to(db, known.address, inbound.at)
        under_way = known.under_way
        row = arrivals.accept(db, inbound, known.address, under_way[0].id if under_way else None)
        if row is None:
            return None
        desk = TurnContext(
            db,
            self.catalogs,
            self.rules,
            known.client,
            known.center,
            known.address,
            inbound.at,
            inbox=row,
            counselor=known.counselor,
            taken_by=known.taken_by,
            under_way=under_way,
            profile_name=inbound.profile_name,
        )
        self._hear(desk, row, inbound, held_back)
        turns.flush(db)
        return row.id

    def _address(self, db: Db, inbound: Inbound) -> schema.Address:
        """The address that a message came from, locked; made when it was never seen."""
        mine = (
            select(schema.Address)
            .where(*at_address(inbound))
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        address = db.scalar(mine)
        if address is None:
            values = {
                "channel": inbound.channel,
                "address": inbound.sender,
                "simulated": inbound.simulated,
                "created_at": inbound.at,
            }
            db.execute(insert(db)(schema.Address).values(values).on_conflict_do_nothing())
            address = db.scalar(mine)
            assert address is not None
        return address

    def locked(self, db: Db, client_id: int) -> tuple[schema.Client, schema.Center]:
        query = (
            select(schema.Client, schema.Center)
            .join(schema.Center, schema.Center.id == schema.Client.center_id)
            .where(schema.Client.id == client_id)
            .with_for_update(of=schema.Client)
            .execution_options(populate_existing=True)
        )
        client, center = db.execute(query).one()
        return client, center

    def desk(
        self,
        db: Db,
        client: schema.Client,
        center: schema.Center,
        address: schema.Address,
        now: datetime,
        inbox: schema.Inbox | None = None,
        *,
        bulk: bool = False,
    ) -> TurnContext:
        counselor = db.get(schema.Staff, client.counselor_id) if client.counselor_id else None
        return TurnContext(db, self.catalogs, self.rules, client, center, address, now, inbox, bulk, counselor)

    # --- a client ----------------------------------------------------------------------------------------------------

    def _hear(self, desk: TurnContext, row: schema.Inbox, inbound: Inbound, held_back: Sequence[schema.Outbox]) -> None:
        """`held_back`: what was announced to the client, who can read it from now on."""
        text = row.text or ""
        command = recognise(text) if inbound.choice is None else None
        if inbound.opt_out is True or command is Command.STOP:
            if desk.client.opted_out_at is None:
                desk.opt_out()
                if inbound.opt_out is None:
                    desk.post()
            return
        if desk.client.opted_out_at is not None and not self._back(desk, command, text, inbound):
            # What is held may be seen and erased by everybody; then only the question about erasing is open.
            if command in (Command.DATA, Command.ERASE) or desk.open_conversations():
                self._converse(desk, row, inbound)
            else:
                desk.say(Say(_("You asked me not to write, so I don't. Write START if you want to go on.")))
            desk.post()
            return
        if desk.client.status == "refused":
            self._refused(desk, command, text)
            desk.post()
            return
        window_queue.deliver(desk.db, desk.address, held_back, desk.now)
        if window_queue.only_opens(held_back, inbound):
            return
        if desk.taken_by is not None:
            name = desk.client.name or desk.client.code
            what = text[:LONGEST_NOTICE] or f"[{inbound.media or 'tap'}]"
            tell_staff(desk.db, desk.taken_by, desk.center.id, f"{name} ({desk.client.code}): {what}", desk.now)
            return
        if desk.client.status == "registered" and share_phone.heard(desk, inbound):
            desk.post()
            return
        self._converse(desk, row, inbound)
        if command is not Command.PAUSE:
            desk.resume()
        desk.post()

    def _back(self, desk: TurnContext, command: Command | None, text: str, inbound: Inbound) -> bool:
        """Whether the message undoes an opt-out: only a clear word does."""
        if command is Command.START or inbound.opt_out is False or join_code(text) == desk.center.code:
            desk.client.opted_out_at = None
            if desk.client.status == "registered":
                desk.say(Say(_("Welcome back, {first_name}! I'll write to you again."), desk.params()))
            return True
        return False

    def _refused(self, desk: TurnContext, command: Command | None, text: str) -> None:
        if command is Command.START or join_code(text) == desk.center.code:
            desk.client.status = "new"
            desk.begin("registration")
        else:
            desk.say(
                Say(_("You said no last time, and I keep nothing. Write {join} if you want to sign up."), desk.params())
            )

    def _converse(self, desk: TurnContext, row: schema.Inbox, inbound: Inbound) -> None:
        text = row.text or ""
        command = recognise(text) if inbound.choice is None else None
        open_ones = desk.open_conversations()
        tap = Tap.of(inbound.choice) if inbound.choice else None
        if tap is not None:
            self._tapped(desk, row, tap)
            return
        if inbound.choice in commands.MENU_IDS:
            if open_ones:
                desk.step(open_ones[0], Heard(desk.now, inbound.choice))
            else:
                commands.command(desk, inbound.choice, "")
            return
        code = linking.six_digits(text)
        if code is not None and linking.awaited(desk.db, desk.address, desk.now):
            commands.link(desk, f"LINK {code}")
            return
        if (joined := linking.center_code(text, inbound.choice)) is not None:
            self._joins(desk, joined)
            return
        if not open_ones and desk.client.status == "new" and command not in (Command.DATA, Command.ERASE):
            desk.begin("registration")
            return
        asked = FLOWS[open_ones[0].flow].question(open_ones[0].state["question"]) if open_ones else None
        if (asked is None or asked.kind is not Kind.TEXT) and commands.by_word(desk, text):
            return
        if not open_ones:
            commands.idle(desk, text)
            return
        event = heard(row, inbound.choice)
        turn = desk.turn(open_ones[0], event)
        if not understood(turn, State.from_json(open_ones[0].state).tries):
            for other in open_ones[1:]:
                instead = desk.turn(other, event)
                if understood(instead, State.from_json(other.state).tries):
                    row.conversation_id = other.id
                    desk.apply(other, instead)
                    return
        desk.apply(open_ones[0], turn)

    def _joins(self, desk: TurnContext, code: str) -> None:
        """A center's code from somebody who has begun already, or who is registered."""
        if desk.client.status == "registered":
            commands.joins_again(desk, code)
            return
        center = desk.db.scalar(select(schema.Center).where(schema.Center.code == code))
        if center is None or center.id == desk.center.id:
            if not desk.open_conversations():
                desk.begin("registration")
            return
        for conversation in desk.open_conversations():
            desk.close(conversation, "replaced")
        desk.client.center_id = center.id
        desk.client.code = linking.new_client_code(center)
        desk.center = center
        desk.begin("registration")

    def _tapped(self, desk: TurnContext, row: schema.Inbox, tap: Tap) -> None:
        """A button counts for the prompt that it was shown with, however late it is tapped."""
        conversation = desk.db.get(schema.Conversation, tap.conversation)
        if conversation is None or conversation.client_id != desk.client.id:
            desk.say(Say(_("That button is from another conversation.")))
            return
        row.conversation_id = conversation.id
        if conversation.status == "open":
            current = conversation.state.get("asked", 0) == tap.asked
            desk.step(conversation, heard(row, tap.choice, stale=not current))
            return
        if conversation.flow.startswith("training") and self._changes_mind(desk, row, conversation, tap):
            return
        desk.say(Say(_("That question is already closed, thank you.")))

    def _changes_mind(self, desk: TurnContext, row: schema.Inbox, conversation: schema.Conversation, tap: Tap) -> bool:
        """An RSVP may be changed with the old buttons until the training starts."""
        if conversation.flow == "training.feedback" or not conversation.subject.startswith("enrollment:"):
            return False
        _enrollment, training = trainings.of_conversation(desk.db, conversation)
        if training.starts_at <= desk.now or training.cancelled_at is not None:
            return False
        again = desk.begin("training", conversation.subject)
        desk.messages = []
        desk.step(again, heard(row, tap.choice))
        return True

    # --- a provider's report -----------------------------------------------------------------------------------------

    def report(self, db: Db, status: Status, error: ChannelError | None = None) -> bool:
        """Note what became of a message of ours; False when it is unknown or old news. `error` is what the code of a
        failure stands for on that channel."""
        row = outbox.told_of(db, status)
        return row is not None and fallback.reported(db, row, status, error)

    # --- time --------------------------------------------------------------------------------------------------------

    def fire(self, db: Db, timer: schema.Timer, now: datetime) -> None:
        """What a due timer stands for."""
        timer_actions.fire(self, db, timer, now)

    def proactive(self, db: Db, client_id: int, now: datetime, *, surveys: bool) -> TurnContext | str:
        """A desk at which to begin something with a client, at the address to use; or why that cannot be."""
        client, center = self.locked(db, client_id)
        reach = followups.reach(db, client, now, surveys=surveys)
        if reach.address is None:
            return reach.why_not
        return self.desk(db, client, center, reach.address, now, bulk=True)

    def trigger(self, db: Db, client: schema.Client, staff: schema.Staff | None, now: datetime) -> str | None:
        """Ask a client for their figures now; None when it is on its way, else why it cannot be."""
        desk = self.proactive(db, client.id, now, surveys=True)
        if isinstance(desk, str):
            return desk
        followups.start(desk, wave="asked", started_by="counselor", staff=staff)
        desk.post()
        return None

    def nudge(self, desk: TurnContext, conversation: schema.Conversation) -> None:
        desk.step(conversation, Nudged(desk.now))
        desk.post()


def storable(inbound: Inbound) -> Inbound:
    """The message as every store can keep it: not endless, without NUL and halves of characters."""

    def kept(text: str, most: int) -> str:
        return text[:most].replace("\x00", "").encode("utf-8", "replace").decode()

    return replace(
        inbound,
        provider_id=kept(inbound.provider_id, LONGEST_ID),
        text=kept(inbound.text, LONGEST),
        choice=kept(inbound.choice, LONGEST_ID) if inbound.choice else None,
        profile_name=kept(inbound.profile_name, LONGEST_ID) if inbound.profile_name else None,
    )


def at_address(inbound: Inbound) -> tuple[ColumnElement[bool], ...]:
    """Where a message came from, as a condition. Simulated phones are addresses apart."""
    return (
        schema.Address.channel == inbound.channel,
        schema.Address.address == inbound.sender,
        schema.Address.simulated.is_(inbound.simulated),
    )


def insert(db: Db):  # type: ignore[no-untyped-def]
    """The dialect's INSERT, which knows ON CONFLICT."""
    return sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert

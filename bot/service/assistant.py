"""The assistant: an inbound message, a provider's report or a due timer comes in; rows are what goes out.

No method commits; only the edges do.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.channels.base import ChannelError
from bot.flows.catalog import FLOWS
from bot.model import Inbound, Status
from bot.service import (
    commands,
    confirmations,
    effects,
    fallback,
    followups,
    handovers,
    newcomers,
    personal,
    privacy,
    queries,
    registration,
    routing,
    shared_phones,
    timers,
    training_messages,
    window_queue,
)
from bot.service.rules import Rules
from bot.service.turn import FlowHooks, TurnContext, Wiring
from bot.text.language import Catalogs
from storage import inbox, outbox, schema, turns
from storage.turns import Db

LONGEST = 10_000
"""Characters of a message that are kept; no provider passes on more than a fraction of it."""
LONGEST_ID = 200

HOOKS: dict[str, FlowHooks] = {
    **registration.HOOKS,
    **personal.HOOKS,
    **followups.HOOKS,
    **training_messages.HOOKS,
    **handovers.HOOKS,
    **privacy.HOOKS,
    **confirmations.HOOKS,
    **queries.HOOKS,
    **shared_phones.HOOKS,
}
EFFECTS = {
    **effects.EFFECTS,
    **personal.EFFECTS,
    **commands.EFFECTS,
    **followups.EFFECTS,
    **training_messages.EFFECTS,
    **handovers.EFFECTS,
    **privacy.EFFECTS,
    **confirmations.EFFECTS,
    **queries.EFFECTS,
    **shared_phones.EFFECTS,
}
TIMERS: dict[str, timers.Action] = {
    **registration.TIMERS,
    **followups.TIMERS,
    **training_messages.TIMERS,
    **handovers.TIMERS,
    **privacy.TIMERS,
    **confirmations.TIMERS,
    **queries.TIMERS,
    **timers.TIMERS,
}


class Assistant:
    """Where a flow meets the database. One instance serves any number of threads."""

    def __init__(self, catalogs: Catalogs, rules: Rules) -> None:
        """Raises ValueError where a flow of the catalog has no subject, and so no closing time."""
        if homeless := FLOWS.keys() - HOOKS.keys():
            raise ValueError(f"no subject has hooks for: {', '.join(sorted(homeless))}")
        self.wiring = Wiring(catalogs, rules, HOOKS, EFFECTS)

    @property
    def catalogs(self) -> Catalogs:
        return self.wiring.catalogs

    @property
    def rules(self) -> Rules:
        return self.wiring.rules

    def receive(self, db: Db, inbound: Inbound) -> int | None:
        """Take one message in, with all that follows from it. The inbox id; None when it was here before."""
        inbound = storable(inbound)
        known = inbox.known(db, inbound)
        if known is None:
            address = inbox.address_of_nobody(db, inbound)
            if address is not None:
                return newcomers.receive(self.wiring, db, inbound, address)
            # Another worker made them a client while this one waited for the address.
            known = inbox.known(db, inbound)
            assert known is not None
        held_back = window_queue.announced_to(db, known.address, inbound.at)
        under_way = known.under_way
        row = inbox.accept(db, inbound, known.address, under_way[0].id if under_way else None)
        if row is None:
            return None
        turn = TurnContext(
            db,
            self.wiring,
            known.client,
            known.center,
            known.address,
            inbound.at,
            inbox=row,
            person=known.person,
            shared=known.shared,
            counselor=known.counselor,
            taken_by=known.taken_by,
            under_way=under_way,
            profile_name=inbound.profile_name,
        )
        routing.route(turn, routing.ClientMessage.of(row, inbound, held_back))
        turns.flush(db)
        return row.id

    def report(self, db: Db, status: Status, error: ChannelError | None = None) -> bool:
        """Note what became of a message of ours; False when it is unknown or old news. `error` is what the code of a
        failure stands for on that channel."""
        row = outbox.reported_row(db, status)
        return row is not None and fallback.reported(db, row, status, error)

    def fire(self, db: Db, timer: schema.Timer, now: datetime) -> None:
        """What a due timer stands for."""
        timers.fire(self.wiring, TIMERS, db, timer, now)


def storable(inbound: Inbound) -> Inbound:
    """The message as every database can keep it: not endless, without NUL and halves of characters."""

    def kept(text: str, most: int) -> str:
        return text[:most].replace("\x00", "").encode("utf-8", "replace").decode()

    return replace(
        inbound,
        provider_id=kept(inbound.provider_id, LONGEST_ID),
        text=kept(inbound.text, LONGEST),
        choice=kept(inbound.choice, LONGEST_ID) if inbound.choice else None,
        profile_name=kept(inbound.profile_name, LONGEST_ID) if inbound.profile_name else None,
    )

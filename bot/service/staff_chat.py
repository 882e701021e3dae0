"""Counselors on their own phones: start a follow-up, take over a conversation, answer, give it back."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from bot.messages.announcements import COUNSELOR, announced
from bot.model import Say, _
from bot.service import followups, handovers, linking
from bot.service.staff_notices import put, silent
from bot.service.turn import Wiring
from bot.text.render import Voice, speak
from storage import outbox, schema

COMMAND = re.compile(r"\s*/?(?P<name>[a-z]+)(?:@\w+)?\s*(?P<rest>.*)\Z", re.DOTALL | re.IGNORECASE)
HELP = (
    "/followup NAME or CODE – ask for the figures now\n"
    "/list – who waits for a person\n"
    "/take CODE – you speak, I am silent\n"
    "/reply CODE your words – write to the client\n"
    "/done CODE – I take over again"
)

LONGEST_REPLY = 1000
"""Characters; on SMS these are seven messages that somebody pays."""


class StaffChat:
    """One message of one staff member."""

    def __init__(
        self,
        db: Db,
        wiring: Wiring,
        staff: schema.Staff,
        address: schema.Address,
        now: datetime,
    ) -> None:
        self.db, self.wiring = db, wiring
        self.staff, self.address, self.now = staff, address, now

    def hear(self, text: str) -> None:
        match = COMMAND.match(text)
        name = match["name"].lower() if match else ""
        rest = match["rest"].strip() if match else ""
        match name:
            case "followup" | "follow" | "seguimiento" | "suivi":
                self.tell(self.followup(rest))
            case "list":
                self.tell(self.waiting())
            case "take" | "reply" | "done":
                self.tell(self.handle(name, rest))
            case _:
                self.tell(HELP)

    def tell(self, text: str) -> None:
        put(self.db, self.address, text, "en", self.now)

    def find(self, wanted: str) -> schema.Client | str:
        """The one client of the staff member's center meant by a code or a name; else why not."""
        if not wanted:
            return "Which client? Add a code or a name, e.g. /followup LC-7K3Q2"
        mine = select(schema.Client).where(
            schema.Client.status.in_(("registered", "new")), schema.Client.service_consent.is_(True)
        )
        if self.staff.center_id is not None:
            mine = mine.where(schema.Client.center_id == self.staff.center_id)
        exact = self.db.scalar(mine.where(schema.Client.code == wanted.upper()))
        if exact is not None:
            return exact
        found = list(
            self.db.scalars(
                mine.where(schema.Client.name.icontains(wanted, autoescape=True)).order_by(schema.Client.name).limit(6)
            )
        )
        if len(found) == 1:
            return found[0]
        if not found:
            return f"No client of yours matches “{wanted[:40]}”. Try the client code."
        return "Which one?\n" + "\n".join(f"{client.code}  {client.name}" for client in found)

    def followup(self, wanted: str) -> str:
        client = self.find(wanted)
        if isinstance(client, str):
            return client
        turn = followups.ask_now(self.wiring, self.db, client, self.staff, self.now)
        if isinstance(turn, str):
            return f"{named(client)} cannot be asked: {turn}."
        self.audit("followup.trigger", client)
        return f"Asked {named(client)} by {turn.address.channel}. The figures come in by themselves."

    def waiting(self) -> str:
        query = (
            select(schema.Handover, schema.Client)
            .join(schema.Client)
            .where(schema.Handover.closed_at.is_(None))
            .order_by(schema.Handover.opened_at)
            .limit(20)
        )
        if self.staff.center_id is not None:
            query = query.where(schema.Client.center_id == self.staff.center_id)
        lines = [f"{client.code}  {client.name}: {handover.reason}" for handover, client in self.db.execute(query)]
        return "\n".join(lines) or "Nobody waits for a person."

    def handle(self, name: str, rest: str) -> str:
        wanted, words = [*rest.split(maxsplit=1), "", ""][:2] if name == "reply" else (rest, "")
        client = self.find(wanted)
        if isinstance(client, str):
            return client
        if name == "reply" and (why_not := self.cannot_reply(client, words)):
            return why_not
        self.audit(f"handover.{name}", client)
        if name == "done":
            closed = handovers.close(self.db, client.id, self.now)
            return f"I look after {named(client)} again." if closed else f"{named(client)} was with me all the time."
        handovers.take(self.db, client.id, self.staff, self.now)
        if name == "take":
            return f"You have {named(client)} now. Write /reply {client.code} and your words; /done {client.code} at the end."
        return self.reply(client, words)

    def cannot_reply(self, client: schema.Client, words: str) -> str:
        """Why these words cannot be sent, or ""."""
        if not words:
            return f"What shall I write? /reply {client.code} your words"
        if len(words) > LONGEST_REPLY:
            return f"That is too long: {len(words)} characters, and {LONGEST_REPLY} is the most. Nothing was sent."
        if client.opted_out_at is not None:
            return f"{named(client)} wrote STOP; nothing can be sent."
        if not outbox.reachable(linking.addresses_of(self.db, client.id)):
            return f"{named(client)} cannot be reached on any channel."
        return ""

    def reply(self, client: schema.Client, words: str) -> str:
        address = outbox.reachable(linking.addresses_of(self.db, client.id))[0]
        center = self.db.get_one(schema.Center, client.center_id)
        voice = Voice(client.language, center.country, center.zone)
        text = speak(spoken(self.staff.name, words), voice, self.wiring.catalogs).text
        announce = announced(COUNSELOR, client.language, {"counselor": self.staff.name})
        put(self.db, address, text, client.language, self.now, client_id=client.id, announce=announce)
        if silent(address, self.now):
            return f"Announced to {named(client)} on WhatsApp; your words follow when they answer."
        return f"Sent to {named(client)}."

    def audit(self, action: str, client: schema.Client) -> None:
        self.db.add(
            schema.Audit(at=self.now, actor=f"staff:{self.staff.id}", action=action, subject=client.code, details={})
        )


def spoken(counselor: str, words: str) -> Say:
    """A counselor's own words to a client."""
    return Say(_("{counselor}: {words}"), {"counselor": counselor, "words": words})


def named(client: schema.Client) -> str:
    """The name and always the code, by which the text is found again when the client wants everything erased."""
    return f"{client.name or 'Client'} ({client.code})"

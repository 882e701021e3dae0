"""Counselors on their own phones: start a follow-up, take over a conversation, answer, give it back."""

from __future__ import annotations

import re
from datetime import datetime

from bot.service import casework
from bot.service.results import Done, Refused
from bot.service.staff_notices import put
from bot.service.turn import Wiring
from storage import schema
from storage.staff import client_of_staff, clients_named, open_handovers
from storage.turns import Db

COMMAND = re.compile(r"\s*/?(?P<name>[a-z]+)(?:@\w+)?\s*(?P<rest>.*)\Z", re.DOTALL | re.IGNORECASE)
HELP = (
    "/followup NAME or CODE – ask for the figures now\n"
    "/list – who waits for a person\n"
    "/take CODE – you speak, I am silent\n"
    "/reply CODE your words – write to the client\n"
    "/done CODE – I take over again"
)


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
        exact = client_of_staff(self.db, self.staff, wanted)
        if exact is not None:
            return exact
        found = clients_named(self.db, self.staff, wanted)
        if len(found) == 1:
            return found[0]
        if not found:
            return f"No client of yours matches “{wanted[:40]}”. Try the client code."
        return "Which one?\n" + "\n".join(f"{client.code}  {client.name}" for client in found)

    @property
    def actor(self) -> str:
        return f"staff:{self.staff.id}"

    def followup(self, wanted: str) -> str:
        client = self.find(wanted)
        if isinstance(client, str):
            return client
        match casework.ask_for_figures(self.wiring, self.db, client, self.staff, by=self.actor, now=self.now):
            case Refused(reason):
                return f"{named(client)} cannot be asked: {reason}."
            case Done(turn):
                return f"Asked {named(client)} by {turn.address.channel}. The figures come in by themselves."

    def waiting(self) -> str:
        waiting = open_handovers(self.db, self.staff)
        lines = [f"{client.code}  {client.name}: {handover.reason}" for handover, client in waiting]
        return "\n".join(lines) or "Nobody waits for a person."

    def handle(self, name: str, rest: str) -> str:
        wanted, words = [*rest.split(maxsplit=1), "", ""][:2] if name == "reply" else (rest, "")
        client = self.find(wanted)
        if isinstance(client, str):
            return client
        match name:
            case "take":
                return self.take(client)
            case "done":
                return self.hand_back(client)
            case _:
                return self.reply(client, words)

    def take(self, client: schema.Client) -> str:
        match casework.take(self.db, client, self.staff, by=self.actor, now=self.now):
            case Refused(reason):
                return f"You cannot take {named(client)}: {reason}."
            case Done():
                return f"You have {named(client)} now. Write /reply {client.code} and your words; /done {client.code} at the end."

    def hand_back(self, client: schema.Client) -> str:
        match casework.hand_back(self.db, client, by=self.actor, now=self.now):
            case Refused():
                return f"{named(client)} was with me all the time."
            case Done():
                return f"I look after {named(client)} again."

    def reply(self, client: schema.Client, words: str) -> str:
        if not words:
            return f"What shall I write? /reply {client.code} your words"
        match casework.reply_to_client(self.wiring, self.db, client, self.staff, words, by=self.actor, now=self.now):
            case Refused(reason):
                return f"Nothing was sent to {named(client)}: {reason}."
            case Done(reply) if reply.waits:
                return f"Announced to {named(client)} on WhatsApp; your words follow when they answer."
            case Done():
                return f"Sent to {named(client)}."


def named(client: schema.Client) -> str:
    """The name and always the code, by which the text is found again when the client wants everything erased."""
    return f"{client.name or 'Client'} ({client.code})"

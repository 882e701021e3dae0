"""The network between phones, providers and web processes: it delays, duplicates and repeats messages."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from sqlalchemy.orm import Session

from bot.model import Button, Inbound, Outgoing, Status
from bot.service.assistant import Assistant
from bot.simulation.invariants import Checker
from bot.simulation.kernel import Kernel
from bot.simulation.people import Person
from bot.simulation.phones import Phone, Prompt
from bot.simulation.processes import Process
from bot.simulation.providers import Provider
from bot.simulation.staff import Counselor

PROMPT = """
SELECT o.text, o.buttons, o.flow, o.question, o.bulk, o.client_id, coalesce(nullif(c.subject, ''), c.flow, '')
FROM outbox o LEFT JOIN conversations c ON c.id = o.conversation_id WHERE o.id = ?"""


class Network:
    """The traffic of a world. `connect` adds the providers and web processes, which themselves need the network."""

    def __init__(
        self,
        kernel: Kernel,
        connection: sqlite3.Connection,
        checker: Checker,
        assistant: Assistant,
        people: dict[Phone, Person],
        counselors: dict[Phone, Counselor],
    ) -> None:
        self.kernel, self.connection, self.checker, self.assistant = kernel, connection, checker, assistant
        self.people, self.counselors = people, counselors
        self.providers: dict[str, Provider] = {}
        self.webs: Sequence[Process] = ()
        self._message_counts: Counter[Phone] = Counter()

    def connect(self, providers: dict[str, Provider], webs: Sequence[Process]) -> None:
        self.providers, self.webs = providers, webs

    # --- to a phone --------------------------------------------------------------------------------------------------

    def prompt(self, outgoing: Outgoing) -> Prompt:
        text, buttons, flow, question, bulk, client, about = self.connection.execute(PROMPT, (outgoing.id,)).fetchone()
        shown = tuple(Button(one["id"], one["label"], one["quiet"]) for one in json.loads(buttons))
        phone = Phone(outgoing.channel, outgoing.recipient)
        return Prompt(outgoing.id, phone, text or "", shown, flow, question, about, bool(bulk), client)

    def deliver(self, prompt: Prompt) -> None:
        reader = self.people.get(prompt.phone) or self.counselors.get(prompt.phone)
        self.kernel.counts["delivered"] += 1
        if reader is not None:
            self.kernel.later(timedelta(seconds=2), "", partial(reader.read, prompt))

    # --- from a phone ------------------------------------------------------------------------------------------------

    def write(
        self,
        phone: Phone,
        text: str,
        choice: str | None = None,
        *,
        after: timedelta = timedelta(0),
        stops: bool = False,
    ) -> None:
        kernel = self.kernel
        kernel.counts["written"] += 1
        self._message_counts[phone] += 1
        number = self._message_counts[phone]
        provider = self.providers[phone.channel]
        opt_out: bool | None = None
        if stops and provider.can_look_up:
            opt_out = text != "START"
            (provider.stopped.add if opt_out else provider.stopped.discard)(phone.address)
        inbound = Inbound(
            phone.channel, f"{phone.address}-{number}", phone.address, kernel.now, text, choice, opt_out=opt_out
        )
        name = f"{phone.channel} {phone.address} writes {choice or text!r}"
        self.call_webhook(f"{name} ({number})", inbound, after)
        if kernel.fate.happens(f"{name} ({number}) comes twice", 0.03):
            again = kernel.fate.seconds(f"{name} ({number}) again after", 0.1, 40)
            self.call_webhook(f"{name} ({number}), again", inbound, after + again)

    # --- to a web process --------------------------------------------------------------------------------------------

    def call_webhook(self, name: str, what: Inbound | Status, after: timedelta) -> None:
        self.kernel.later(after, name, partial(self._try_webhook, name, what, 1))

    def _try_webhook(self, name: str, what: Inbound | Status, attempt: int) -> None:
        occasion = f"{name}, try {attempt}"
        alive = [web for web in self.webs if web.alive]
        web = self.kernel.fate.pick(f"{occasion} goes to", alive) if alive else None
        committed = web is not None and web.commit(occasion, partial(self._handle, what))
        self.checker.on_webhook(what)
        if not committed:
            wait = timedelta(seconds=min(5 * 2**attempt, 3600))
            self.kernel.later(wait, f"{name}, once more", partial(self._try_webhook, name, what, attempt + 1))

    def _handle(self, what: Inbound | Status, db: Session) -> None:
        if isinstance(what, Inbound):
            self.assistant.receive(db, replace(what, at=self.kernel.now))
        else:
            error = self.providers[what.channel].explain(what.code) if what.code else None
            self.assistant.report(db, replace(what, at=self.kernel.now), error)

    def use_console(self, name: str, work: Callable[[Session], object]) -> None:
        """Do something in the console as staff do, and try again later if the page fails."""
        alive = [web for web in self.webs if web.alive]
        if not alive or not alive[0].commit(name, work):
            again = f"{name}, once more"
            self.kernel.later(timedelta(minutes=3), again, partial(self.use_console, again, work))

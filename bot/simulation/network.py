"""The network between phones, providers and web processes: it repeats, doubles and delays what it carries."""

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
from bot.simulation.invariants import Watch
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
    """The traffic of a world. Its providers and web processes are connected when they exist."""

    def __init__(
        self,
        kernel: Kernel,
        look: sqlite3.Connection,
        watch: Watch,
        assistant: Assistant,
        people: dict[Phone, Person],
        counselors: dict[Phone, Counselor],
    ) -> None:
        self.kernel, self.look, self.watch, self.assistant = kernel, look, watch, assistant
        self.people, self.counselors = people, counselors
        self.providers: dict[str, Provider] = {}
        self.webs: Sequence[Process] = ()
        self._written: Counter[Phone] = Counter()

    def connect(self, providers: dict[str, Provider], webs: Sequence[Process]) -> None:
        self.providers, self.webs = providers, webs

    # --- to a phone --------------------------------------------------------------------------------------------------

    def prompt(self, outgoing: Outgoing) -> Prompt:
        text, buttons, flow, question, bulk, client, about = self.look.execute(PROMPT, (outgoing.id,)).fetchone()
        shown = tuple(Button(one["id"], one["label"], one["quiet"]) for one in json.loads(buttons))
        phone = Phone(outgoing.channel, outgoing.recipient)
        return Prompt(outgoing.id, phone, text or "", shown, flow, question, about, bool(bulk), client)

    def arrives(self, prompt: Prompt) -> None:
        reader = self.people.get(prompt.phone) or self.counselors.get(prompt.phone)
        self.kernel.counts["delivered"] += 1
        if reader is not None:
            self.kernel.later(timedelta(seconds=2), "", partial(reader.hears, prompt))

    # --- from a phone ------------------------------------------------------------------------------------------------

    def says(
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
        self._written[phone] += 1
        number = self._written[phone]
        provider = self.providers[phone.channel]
        opt_out: bool | None = None
        if stops and provider.can_tell:
            opt_out = text != "START"
            (provider.stopped.add if opt_out else provider.stopped.discard)(phone.address)
        inbound = Inbound(
            phone.channel, f"{phone.address}-{number}", phone.address, kernel.now, text, choice, opt_out=opt_out
        )
        name = f"{phone.channel} {phone.address} writes {choice or text!r}"
        self.calls_us(f"{name} ({number})", inbound, after)
        if kernel.fate.befalls(f"{name} ({number}) comes twice", 0.03):
            again = kernel.fate.seconds(f"{name} ({number}) again after", 0.1, 40)
            self.calls_us(f"{name} ({number}), again", inbound, after + again)

    # --- to a web process --------------------------------------------------------------------------------------------

    def calls_us(self, name: str, what: Inbound | Status, after: timedelta) -> None:
        self.kernel.later(after, name, partial(self._called, name, what, 1))

    def _called(self, name: str, what: Inbound | Status, attempt: int) -> None:
        occasion = f"{name}, try {attempt}"
        alive = [web for web in self.webs if web.alive]
        web = self.kernel.fate.pick(f"{occasion} goes to", alive) if alive else None
        taken = web is not None and web.commits(occasion, partial(self._takes, what))
        self.watch.called(what)
        if not taken:
            wait = timedelta(seconds=min(5 * 2**attempt, 3600))
            self.kernel.later(wait, f"{name}, once more", partial(self._called, name, what, attempt + 1))

    def _takes(self, what: Inbound | Status, db: Session) -> None:
        if isinstance(what, Inbound):
            self.assistant.receive(db, replace(what, at=self.kernel.now))
        else:
            error = self.providers[what.channel].explain(what.code) if what.code else None
            self.assistant.report(db, replace(what, at=self.kernel.now), error)

    def office(self, name: str, work: Callable[[Session], object]) -> None:
        """Somebody does something in the console, and does it again when the page broke."""
        alive = [web for web in self.webs if web.alive]
        if not alive or not alive[0].commits(name, work):
            again = f"{name}, once more"
            self.kernel.later(timedelta(minutes=3), again, partial(self.office, again, work))

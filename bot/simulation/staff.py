"""A made-up counselor: takes over when somebody asks for a person, writes back, and gives the client back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot.simulation.kernel import Kernel
from bot.simulation.phones import Phone, Prompt
from bot.simulation.traffic import Traffic

TAKE = re.compile(r"^/take (\S+)$", re.MULTILINE)


@dataclass
class Counselor:
    staff_id: int
    kernel: Kernel
    traffic: Traffic
    phone: Phone

    def hears(self, prompt: Prompt) -> None:
        asked = TAKE.search(prompt.text)
        fate, occasion = self.kernel.fate, f"counselor {self.staff_id} reads message {prompt.row}"
        if asked is None or fate.befalls(f"{occasion} and has no time", 0.3):
            return
        code, soon = asked[1], fate.seconds(f"{occasion} after", 300, 7200)
        self._writes(soon, f"/take {code}")
        self._writes(soon + timedelta(minutes=2), f"/reply {code} Can you come on Thursday at 10?")
        if not fate.befalls(f"{occasion} and forgets to say done", 0.2):
            self._writes(soon + timedelta(hours=2), f"/done {code}")

    def _writes(self, after: timedelta, text: str) -> None:
        self.kernel.later(after, f"counselor {self.staff_id} writes", partial(self.traffic.says, self.phone, text))

"""A fictional counselor: takes over when a client asks for a person, replies, and hands the client back."""

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

    def read(self, prompt: Prompt) -> None:
        request = TAKE.search(prompt.text)
        fate, occasion = self.kernel.fate, f"counselor {self.staff_id} reads message {prompt.row}"
        if request is None or fate.happens(f"{occasion} and has no time", 0.3):
            return
        code, after = request[1], fate.seconds(f"{occasion} after", 300, 7200)
        self._write(after, f"/take {code}")
        self._write(after + timedelta(minutes=2), f"/reply {code} Can you come on Thursday at 10?")
        if not fate.happens(f"{occasion} and forgets to say done", 0.2):
            self._write(after + timedelta(hours=2), f"/done {code}")

    def _write(self, after: timedelta, text: str) -> None:
        self.kernel.later(after, f"counselor {self.staff_id} writes", partial(self.traffic.write, self.phone, text))

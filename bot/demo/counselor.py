"""A made-up counselor: reads the assistant's notes on the phone, takes over, writes back and gives the client back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from bot.demo.phones import Phone, Prompt
from bot.demo.places import Place
from bot.demo.wording import SPEECH

TAKE = re.compile(r"^/take (\S+)$", re.MULTILINE)


@dataclass
class Counselor:
    staff_id: int
    name: str
    place: Place
    phone: Phone
    rng: Random
    diligence: float
    has: str | None = None

    def reply(self, prompt: Prompt) -> list[tuple[timedelta, str]]:
        """What they write about a note, each with how long after it."""
        if (asked := TAKE.search(prompt.text)) and self.has is None and self.rng.random() < self.diligence:
            self.has = asked[1]
            begin = timedelta(minutes=self.rng.uniform(10, 120))
            words = SPEECH[self.place.language].counselor
            return [
                (begin, f"/take {self.has}"),
                (begin + timedelta(minutes=2), f"/reply {self.has} {words}"),
                (begin + timedelta(hours=self.rng.uniform(1, 5)), f"/done {self.has}"),
            ]
        return []

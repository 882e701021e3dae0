"""A fictional counselor: reads the assistant's notices, takes over, replies and hands the client back."""

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
    """The probability that they take over when asked, from 0 to 1."""
    client_code: str | None = None
    """The client they have taken over."""

    def reply(self, prompt: Prompt) -> list[tuple[timedelta, str]]:
        """The messages they write after a notice, each with its delay."""
        if (request := TAKE.search(prompt.text)) and self.client_code is None and self.rng.random() < self.diligence:
            self.client_code = request[1]
            begin = timedelta(minutes=self.rng.uniform(10, 120))
            words = SPEECH[self.place.language].counselor
            return [
                (begin, f"/take {self.client_code}"),
                (begin + timedelta(minutes=2), f"/reply {self.client_code} {words}"),
                (begin + timedelta(hours=self.rng.uniform(1, 5)), f"/done {self.client_code}"),
            ]
        return []

"""Client codes: what people say aloud for a client, like LC-7K3Q."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.checks import RegisterError
from storage.schema import Center, Client

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0, O, 1, I and L, which sound or look alike."""
TRAINING_CODE = re.compile(r"-T(\d+)$")
LENGTH = 5
"""Characters after the center's code."""
TRIES_PER_LENGTH = 20
"""After so many codes that are taken, one more character is drawn."""
MOST_TRIES = 1000


def new_client_code(db: Session, center: Center, rng: Random | None = None) -> str:
    """A code that no client has. Raises RegisterError where none is left."""
    return draw_client_code(
        center, rng, taken=lambda code: bool(db.scalar(select(Client.id).where(Client.code == code)))
    )


def draw_client_code(center: Center, rng: Random | None, taken: Callable[[str], bool]) -> str:
    """The first code drawn that is not `taken` and cannot be mistaken for a word or for a training's; longer ones when
    these run out."""
    choose = rng.choice if rng else secrets.choice
    for attempt in range(MOST_TRIES):
        drawn = "".join(choose(ALPHABET) for _ in range(LENGTH + attempt // TRIES_PER_LENGTH))
        code = f"{center.code}-{drawn}"
        worded = drawn.isalpha() or TRAINING_CODE.search(code)
        if not worded and not taken(code):
            return code
    raise RegisterError("code", f"no client codes are left at {center.code}")

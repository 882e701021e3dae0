"""Creates the fictional clients of each center."""

from __future__ import annotations

import re
from datetime import datetime
from random import Random

from bot.demo.business import Business
from bot.demo.ledger import Ledger
from bot.demo.person import SECTOR_IDS, Person
from bot.demo.phones import Phone
from bot.demo.places import PLACES, Place
from bot.demo.wording import SPEECH
from bot.text.language import Catalogs

CHANNELS = {"sms": 30, "whatsapp": 45, "telegram": 25}
"""How many of a hundred begin on each."""
SECTOR_WEIGHTS = (26, 16, 12, 18, 6, 9, 10, 3)


def invent(number: int, began_at: datetime, seed: int, catalogs: Catalogs, ledger: Ledger) -> Person:
    """Client number `number` of the network. The same number and seed give the same person."""
    rng = Random(f"{seed}:{number}")
    place = PLACES[number % len(PLACES)]
    index = number // len(PLACES)
    language = rng.choices(tuple(place.languages), tuple(place.languages.values()))[0]
    last = rng.choice(place.last_names)
    sector = rng.choices(SECTOR_IDS, SECTOR_WEIGHTS)[0]
    channel = rng.choices(tuple(CHANNELS), tuple(CHANNELS.values()))[0]
    return Person(
        number=number,
        place=place,
        language=language,
        phones=_phones(number, index, channel, place, rng),
        name=f"{rng.choice(place.first_names)} {last}",
        business_name=rng.choice(SPEECH[language].businesses[sector]).format(last=last),
        sector=sector,
        town=rng.choice(place.towns),
        business=Business.invent(place, began_at, rng),
        catalogs=catalogs,
        ledger=ledger,
        rng=rng,
        mess=rng.random() ** 1.5,
        patience=rng.random(),
        diligence=rng.random() ** 0.6,
        wants_service=rng.random() > 0.05,
        wants_surveys=rng.random() > 0.1,
    )


def _phones(number: int, index: int, channel: str, place: Place, rng: Random) -> list[Phone]:
    """The phone they begin with and one on another channel, with the same number if both channels use numbers."""
    own = phone_number(place, index)
    first = Phone(channel, chat_id(number) if channel == "telegram" else own)
    other = rng.choice([name for name in CHANNELS if name != channel])
    return [first, Phone(other, chat_id(number) if other == "telegram" else own)]


def phone_number(place: Place, index: int) -> str:
    """The fictional phone number `index` of a place; its prefixes take turns."""
    start = place.phones[index % len(place.phones)]
    return f"{start}{index // len(place.phones):0{place.digits}d}"


def chat_id(number: int) -> str:
    return str(9_000_000_000 + number)


def email_name(name: str) -> str:
    """The part of a fictional e-mail address before the @."""
    return re.sub(r"[^a-z]+", ".", name.lower().translate(str.maketrans("áéíóúñüëè", "aeiounuee"))).strip(".")

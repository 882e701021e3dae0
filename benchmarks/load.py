"""Load: signed webhook calls of many phones, over kept-open connections, as fast as answers come or at a steady rate."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

TOKEN = "0123456789abcdef0123456789abcdef"
PUBLIC_URL = "https://bench.example.org"
PATH = "/webhooks/twilio/inbound"
OUR_NUMBER = "+17580000000"
SURVEY = ("5200", "3", "1", "0", "none", "1", "1")
"""What each phone answers to the seven prompts of the follow-up, one after the other."""


def phone(number: int) -> str:
    return f"+1758{2000000 + number}"


@dataclass
class Phones:
    """Phones with a survey to answer. A phone sends its next line only after the last one was accepted."""

    count: int
    first: int = 0
    sent: int = 0
    """Messages that were accepted."""
    _free: deque[tuple[int, int]] = field(init=False)
    _ids: Iterator[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self._free = deque((number, 0) for number in range(self.first, self.first + self.count))
        self._validator = RequestValidator(TOKEN)

    def next(self) -> tuple[tuple[int, int], bytes]:
        """A phone that is free, and its next message as a request. Raises IndexError when everything is sent."""
        number, place = self._free.popleft()
        fields = {
            "MessageSid": f"SM{self.first:04d}{next(self._ids):028d}",
            "AccountSid": "AC" + "0" * 32,
            "From": phone(number),
            "To": OUR_NUMBER,
            "Body": SURVEY[place],
            "NumMedia": "0",
            "SmsStatus": "received",
        }
        body = urlencode(fields).encode()
        signature = self._validator.compute_signature(PUBLIC_URL + PATH, fields)
        head = (
            f"POST {PATH} HTTP/1.1\r\nHost: bench.example.org\r\nX-Twilio-Signature: {signature}\r\n"
            "Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return (number, place), head.encode() + body

    def on_accepted(self, who: tuple[int, int]) -> None:
        self.sent += 1
        number, place = who
        if place + 1 < len(SURVEY):
            self._free.append((number, place + 1))


class Caller:
    """One kept-open connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def to(cls, port: int) -> Caller:
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def post(self, request: bytes) -> None:
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
        if length:
            await self._reader.readexactly(length)
        if b" 200 " not in head[:16]:
            raise RuntimeError(f"not accepted: {head[:60]!r}")

    def hang_up(self) -> None:
        self._writer.close()


async def callers(ports: list[int], count: int) -> list[Caller]:
    """`count` connections, spread evenly."""
    return [await Caller.to(ports[number % len(ports)]) for number in range(count)]


async def as_fast_as_it_goes(lines: list[Caller], phones: Phones, seconds: float) -> float:
    """Answers a second when every connection calls again as soon as it was answered."""
    started = perf_counter()
    before = phones.sent

    async def keep_calling(caller: Caller) -> None:
        while perf_counter() - started < seconds:
            who, request = phones.next()
            await caller.post(request)
            phones.on_accepted(who)

    await asyncio.gather(*map(keep_calling, lines))
    return (phones.sent - before) / (perf_counter() - started)


async def at_a_rate(lines: list[Caller], phones: Phones, rate: float, seconds: float, seed: int) -> list[float]:
    """Seconds that each call took since the moment when it was due. Calls come at random, `rate` a second on average,
    whether or not earlier ones were answered."""
    chance = random.Random(seed)
    free: asyncio.Queue[Caller] = asyncio.Queue()
    for caller in lines:
        free.put_nowait(caller)
    took: list[float] = []
    calls: set[asyncio.Task[None]] = set()

    async def call(due: float) -> None:
        caller = await free.get()
        who, request = phones.next()
        await caller.post(request)
        took.append(perf_counter() - due)
        phones.on_accepted(who)
        free.put_nowait(caller)

    started = due = perf_counter()
    while due < started + seconds:
        await asyncio.sleep(max(0.0, due - perf_counter()))
        task = asyncio.create_task(call(due))
        calls.add(task)
        task.add_done_callback(calls.discard)
        due += chance.expovariate(rate)
    await asyncio.gather(*calls)
    return took
